import { useFixture } from '../../support/fixture';
import { useKeptByN8n } from '../../support/keptByN8n';
import { jsonOf, phone, phoneItems } from '../broadcast/messages';
import { apart, KINDS, named, onceEach, runOn, timesSent } from './messages';

const fixture = useFixture({ wire: true });
const kept = useKeptByN8n();

const onError = 'continueErrorOutput' as const;

describe("n8n's store", () => {
	test.each(KINDS)('is written before a request of %s goes out', async (_name, node, parametersWith) => {
		const sizes: number[] = [];
		fixture.wire.hold = () => void sizes.push(kept.size());
		await runOn(fixture, { node, parameters: parametersWith(), items: phoneItems(70) });
		const recipients = parametersWith === named ? 70 : 1;
		// Two keys and the token of the step.
		for (const size of sizes) expect(size).toBeGreaterThanOrEqual(2 * recipients + 1);
	});

	test.each([
		['once', 1],
		['three times', 3],
	])('may fail %s in a row', async (_name, times) => {
		let failures = 0;
		kept.before = (statement) => {
			if (statement === 'read' && failures++ < times) throw new Error('SQLITE_BUSY');
		};
		const { error } = await fixture.engine.run({ parameters: apart(), items: phoneItems(5) });
		expect(error).toBeUndefined();
		expect(timesSent(fixture, 'nativeMsg')).toEqual(onceEach(5));
	});

	test.each(KINDS)('keeps failing, and none of the %s is sent', async (_name, node, parametersWith) => {
		kept.before = () => {
			throw new Error('The database is gone');
		};
		const run = { node, parameters: parametersWith(), items: phoneItems(3), onError };
		const { failed } = await runOn(fixture, run);
		expect(jsonOf(failed)).toEqual(
			[0, 1, 2].map((index) =>
				expect.objectContaining({
					error: `n8n couldn't store who gets the broadcast, so this wasn't sent: The database is gone [item ${index}]`,
					details: expect.objectContaining({ outcome: 'notSent' }),
				}),
			),
		);
		expect(timesSent(fixture, node)).toEqual({});
	});

	test('fails after the messages went out, which are unknown from then on', async () => {
		fixture.wire.hold = () => {
			kept.before = () => {
				throw new Error('The database is gone');
			};
			return undefined;
		};
		const run = { parameters: named(), items: phoneItems(3), onError };
		const { success, hints } = await fixture.engine.run(run);
		expect(success).toHaveLength(3);
		expect(hints).toContain(
			"n8n couldn't store who got the last messages (The database is gone). A later run reports their recipients as unknown.",
		);
		fixture.wire.hold = () => undefined;
		kept.before = () => {};
		const { failed } = await fixture.engine.run(run);
		expect(jsonOf(failed)).toHaveLength(3);
		expect(fixture.sandbox.report().recipients).toEqual(onceEach(3));
	});

	test('does not exist for an unsaved workflow', async () => {
		const run = { parameters: named(), items: phoneItems(2), workflowId: '', onError };
		const { failed, hints } = await fixture.engine.run(run);
		expect(jsonOf(failed)[0].error).toContain('Broadcast Name needs a saved workflow');
		expect(hints.join()).not.toContain("couldn't store");
		expect(fixture.sandbox.report().accepted).toBe(0);
		const preview = await fixture.engine.run({ ...run, parameters: { ...named(), operation: 'preview' } });
		expect(preview.success).toHaveLength(2);
		expect(preview.hints.join()).toContain('Broadcast Name needs a saved workflow');
	});

	test('fills again after it was cleared', async () => {
		await fixture.engine.run({ parameters: named(), items: phoneItems(2) });
		kept.reset();
		const { success } = await fixture.engine.run({ parameters: named(), items: phoneItems(2) });
		expect(jsonOf(success).some(({ status }) => status === 'skipped')).toBe(false);
	});
});

describe('the cap on kept recipients', () => {
	test.each([named, apart])('stops at new recipients, and loses no one (%p)', async (parametersWith) => {
		const parameters = parametersWith({ keptRecipients: 4, recipientsPerCall: 2 });
		await fixture.engine.run({ parameters, items: phoneItems(3) });
		const { success, failed, hints } = await fixture.engine.run({
			parameters,
			items: phoneItems(6),
			onError,
		});
		expect(success.filter(({ json }) => json.status === 'skipped')).toHaveLength(3);
		expect(jsonOf(failed)).toEqual(
			[4, 5].map((index) =>
				expect.objectContaining({
					error: `Kept Recipients is used up, so "sale" wasn't sent to ${phone(index)}: n8n keeps 4 recipients for this node [item ${index}]`,
					details: expect.objectContaining({ outcome: 'notSent' }),
				}),
			),
		);
		expect(fixture.sandbox.report().recipients).toEqual(onceEach(4));
		expect(kept.size()).toBe(4);
		expect(hints.join()).toContain('n8n keeps 4 recipients for this node, and Kept Recipients allows 4');
		const more = parametersWith({ keptRecipients: 6 });
		await fixture.engine.run({ parameters: more, items: phoneItems(6) });
		expect(fixture.sandbox.report().recipients).toEqual(onceEach(6));
	});

	test('is announced before it is reached', async () => {
		const parameters = named({ keptRecipients: 10 });
		const { hints } = await fixture.engine.run({ parameters, items: phoneItems(7) });
		expect(hints.join()).not.toContain('Kept Recipients');
		const { hints: later } = await fixture.engine.run({ parameters, items: phoneItems(8) });
		expect(later.join()).toContain('n8n keeps 8 recipients for this node, and Kept Recipients allows 10');
	});
});
