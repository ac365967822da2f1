import { useFixture } from '../../support/fixture';
import { useKeptByN8n } from '../../support/keptByN8n';
import {
	inOrder,
	jsonOf,
	pairsOf,
	phone,
	phoneItems,
	toPhones,
	waiting,
	withOptions,
} from '../broadcast/messages';
import { apart, KINDS, named, onceEach, runOn, timesSent } from './messages';

// Nothing here needs more than the oldest n8n has.
const fixture = useFixture();
const kept = useKeptByN8n();

describe('a broadcast with a name', () => {
	test.each(KINDS)('sends %s once, no matter how often it runs', async (_name, node, parametersWith) => {
		const parameters = parametersWith();
		const first = await runOn(fixture, { node, parameters, items: phoneItems(30) });
		expect(first.error).toBeUndefined();
		expect(first.success[0].json.skippedReason).toBeUndefined();
		const second = await runOn(fixture, { node, parameters, items: phoneItems(40) });
		expect(second.error).toBeUndefined();
		expect(pairsOf(second.success)).toEqual(inOrder(40));
		expect(jsonOf(second.success).map(({ status }) => status === 'skipped')).toEqual(
			Array.from({ length: 40 }, (_unused, index) => index < 30),
		);
		expect(second.success[0].json).toMatchObject({
			status: 'skipped',
			skippedReason: `"sale" was already sent to ${phone(0)}`,
			skippedRecipients: [phone(0)],
			broadcastName: 'sale',
		});
		expect(timesSent(fixture, node)).toEqual(onceEach(40));
		// One lasting key for each recipient.
		expect(kept.size()).toBe(40);
	});

	test('counts a person as the same on another channel, with another text, and in another format', async () => {
		await fixture.engine.run({ parameters: named(), items: [{ phone: phone(0) }] });
		const parameters = { ...named(), text: 'Hi', channelId: '602' };
		const written = phone(0).replace(/^\+1(\d{3})(\d{3})/, '+1 ($1) $2-');
		const { success } = await fixture.engine.run({ parameters, items: [{ phone: written }] });
		expect(success[0].json.status).toBe('skipped');
		expect(fixture.sandbox.report().accepted).toBe(1);
	});

	test('sends another name to the same people', async () => {
		await fixture.engine.run({ parameters: named(), items: phoneItems(3) });
		const parameters = named({ broadcastName: 'other' });
		const { success } = await fixture.engine.run({ parameters, items: phoneItems(3) });
		expect(success[0].json.status).toBe('accepted');
		expect(fixture.sandbox.report().maxPerRecipient).toBe(2);
	});

	test.each([named, apart])('reads its name for each item (%p)', async (parametersWith) => {
		const parameters = parametersWith({ broadcastName: '=order-{{ $json.order }}' });
		const items = [1, 2, 1].map((order) => ({ order, phone: phone(0) }));
		const { success, hints } = await fixture.engine.run({ parameters, items });
		expect(jsonOf(success).map(({ status }) => status === 'skipped')).toEqual([false, false, true]);
		expect(fixture.sandbox.report().recipients).toEqual({ [phone(0).slice(1)]: 2 });
		expect(hints[0]).toContain('2 broadcast names: 2 sent, 1 skipped');
	});

	test('remembers nothing without a name', async () => {
		for (const broadcastName of ['', '  ']) {
			const parameters = named({ broadcastName });
			await fixture.engine.run({ parameters, items: phoneItems(2) });
		}
		await fixture.engine.run({ parameters: toPhones, items: phoneItems(2) });
		expect(fixture.sandbox.report().maxPerRecipient).toBe(3);
		expect(kept.statements).toBe(0);
	});

	test('refuses an item whose name is an expression for a missing column', async () => {
		const parameters = named({ broadcastName: '={{ $json.campaign }}' });
		const { error } = await fixture.engine.run({ parameters, items: phoneItems(1) });
		expect(error?.message).toBe('Broadcast Name is required, but nothing was given [item 0]');
		expect(fixture.sandbox.report().accepted).toBe(0);
	});

	test.each([named, apart])(
		'skips a recipient who occurs again in the same run (%p)',
		async (parametersWith) => {
			const items = [0, 1, 0].map((index) => ({ phone: phone(index) }));
			const { success } = await fixture.engine.run({ parameters: parametersWith(), items });
			expect(jsonOf(success).map(({ status }) => status === 'skipped')).toEqual([false, false, true]);
			expect(success[2].json.skippedRecipients).toEqual([phone(0)]);
			expect(fixture.sandbox.report().recipients).toEqual(onceEach(2));
		},
	);

	test('sends no second text under the same name to anyone who got the first', async () => {
		const items = [
			{ phone: phone(0), text: 'One' },
			{ phone: [phone(0), phone(1)], text: 'Two' },
		];
		const parameters = { ...named(), text: '={{ $json.text }}' };
		const { success } = await fixture.engine.run({ parameters, items });
		expect(success[1].json).toMatchObject({ recipientCount: 1, skippedRecipients: [phone(0)] });
		expect(fixture.sandbox.report().recipients).toEqual(onceEach(2));
	});

	test.each([named, apart])('sends an item to its remaining recipients (%p)', async (parametersWith) => {
		const parameters = parametersWith();
		await fixture.engine.run({ parameters, items: phoneItems(1) });
		const items = [{ phone: [0, 1].map(phone) }];
		const { success } = await fixture.engine.run({ parameters, items });
		expect(success[0].json).toMatchObject({ requestId: expect.anything(), skippedRecipients: [phone(0)] });
		expect(success[0].json.status).toBe('accepted');
		expect(fixture.sandbox.report().recipients).toEqual(onceEach(2));
	});

	test('counts a tag, a channel, and a human as one recipient each', async () => {
		const ids = { tags: 6, channels: 601, humans: 540 };
		for (const [targetType, id] of Object.entries(ids)) {
			const parameters = { ...named(), targetType, ids: String(id) };
			await fixture.engine.run({ parameters });
			const { success } = await fixture.engine.run({ parameters });
			const name = `${targetType.slice(0, -1)} ${id}`;
			expect(success[0].json.skippedReason).toBe(`"sale" was already sent to ${name}`);
		}
	});

	test('does not wait for the delivery of what was skipped', async () => {
		await fixture.engine.run({ parameters: named(), items: phoneItems(1) });
		const parameters = waiting(named(), { afterSending: 'failIfNotDelivered', waitSeconds: 2 });
		const { success, error } = await fixture.engine.run({ parameters, items: phoneItems(1) });
		expect(error).toBeUndefined();
		expect(success[0].json).toMatchObject({ status: 'skipped' });
		expect(success[0].json.delivery).toBeUndefined();
	});

	test('applies to the tool of an AI agent', async () => {
		const run = { parameters: apart(), items: [{ phone: phone(0) }, { phone: phone(0) }], asTool: true };
		const { success } = await fixture.engine.run(run);
		expect(String(success[1].json.answer)).toContain('already sent');
		expect(fixture.sandbox.report().accepted).toBe(1);
	});
});

describe('a preview of a broadcast with a name', () => {
	const previewOf = (parameters: object) => ({ ...parameters, operation: 'preview' });

	test.each([named, apart])(
		'shows who would be skipped, and changes nothing (%p)',
		async (parametersWith) => {
			await fixture.engine.run({ parameters: parametersWith(), items: phoneItems(3) });
			const before = kept.size();
			const parameters = previewOf(parametersWith());
			const { success, hints } = await fixture.engine.run({ parameters, items: phoneItems(5) });
			expect(jsonOf(success).map(({ alreadySentCount }) => alreadySentCount)).toEqual([1, 1, 1, 0, 0]);
			expect(hints.join()).toContain('3 already have the message');
			expect(kept.size()).toBe(before);
			const { success: sent } = await fixture.engine.run({
				parameters: parametersWith(),
				items: phoneItems(5),
			});
			expect(jsonOf(sent).filter(({ status }) => status !== 'skipped')).toHaveLength(2);
			expect(fixture.sandbox.report().recipients).toEqual(onceEach(5));
		},
	);

	test('shows none of this without a name', async () => {
		const parameters = previewOf(withOptions(toPhones, {}));
		const { success } = await fixture.engine.run({ parameters, items: phoneItems(1) });
		expect(success[0].json).not.toHaveProperty('alreadySentCount');
		expect(kept.statements).toBe(0);
	});
});
