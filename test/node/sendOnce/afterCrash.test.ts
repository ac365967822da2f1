import { useFixture } from '../../support/fixture';
import { useKeptByN8n } from '../../support/keptByN8n';
import type { NodeRun } from '../../support/engine';
import { jsonOf, phone, phoneItems } from '../broadcast/messages';
import { apart, KINDS, named, onceEach, runOn, timesSent } from './messages';

const fixture = useFixture({ wire: true });
const kept = useKeptByN8n();

const onError = 'continueErrorOutput' as const;
/** How many may be claimed without a known end. */
const MAX_OPEN = 99;

/**
 * Runs the node until some requests got a response; later ones reach the service when no one waits for a response any
 * more. What n8n keeps at that moment is what the next run, in another process, starts from.
 */
async function crash(run: NodeRun, answered: number): Promise<void> {
	const { wire } = fixture;
	let requests = 0;
	wire.mishap = () => (++requests > answered ? 'timeout before' : undefined);
	const crashed = wire
		.until(() => wire.passages.length > answered)
		.then(() => kept.copy('workflow', 'started again'));
	await runOn(fixture, { ...run, cancelWhen: crashed });
	wire.mishap = () => undefined;
	await wire.idle();
}

const again = (run: NodeRun) => runOn(fixture, { ...run, workflowId: 'started again', onError });

describe('after a crash in the middle of a broadcast', () => {
	test.each(KINDS)('with %s, the next run sends the rest', async (_name, node, parametersWith) => {
		const parameters = parametersWith(parametersWith === named ? { recipientsPerCall: 20 } : {});
		const run: NodeRun = { node, parameters, items: phoneItems(200) };
		await crash(run, parametersWith === named ? 3 : 60);
		const second = await again(run);
		const unknown = jsonOf(second.failed);
		expect(unknown.length).toBeGreaterThan(0);
		expect(unknown.length).toBeLessThanOrEqual(MAX_OPEN);
		for (const { error, details, phone: person } of unknown) {
			expect(error).toContain(`It's unknown whether ${String(person)} got "sale"`);
			expect(details).toMatchObject({ outcome: 'unknown' });
		}
		expect(Math.max(...Object.values(timesSent(fixture, node)))).toBe(1);
		const { passages } = fixture.wire;
		const sentSoFar = passages.length;
		const third = await again(run);
		expect(passages).toHaveLength(sentSoFar);
		expect(jsonOf(third.failed)).toEqual(unknown);
		// Everyone got it, or is named as unknown.
		const got = Object.keys(timesSent(fixture, node)).length;
		expect(got + unknown.length).toBeGreaterThanOrEqual(200);
	});

	test('with large combined requests, only one of them is unknown', async () => {
		const run: NodeRun = { parameters: named({ recipientsPerCall: 120 }), items: phoneItems(1200) };
		await crash(run, 2);
		const { failed } = await again(run);
		expect(jsonOf(failed)).toHaveLength(120);
		expect(fixture.sandbox.report().maxPerRecipient).toBe(1);
	});

	test('unknown recipients are sent to again if the user chose that', async () => {
		const run: NodeRun = { parameters: apart(), items: phoneItems(80) };
		await crash(run, 30);
		const { failed } = await again({ ...run, parameters: apart({ sendUnknownAgain: true }) });
		expect(failed).toEqual([]);
		expect(Object.keys(fixture.sandbox.report().recipients)).toHaveLength(80);
		const { success } = await again(run);
		expect(jsonOf(success).every(({ status }) => status === 'skipped')).toBe(true);
	});

	test('an unknown item stays unknown if it is refused when it is sent again', async () => {
		const run: NodeRun = { parameters: apart(), items: phoneItems(5) };
		await crash(run, 3);
		fixture.wire.mishap = () => '422';
		const refused = await again({ ...run, parameters: apart({ sendUnknownAgain: true }) });
		expect(refused.failed.length).toBeGreaterThan(0);
		fixture.wire.mishap = () => undefined;
		const { failed } = await again(run);
		expect(jsonOf(failed).map(({ details }) => details)).toContainEqual(
			expect.objectContaining({ outcome: 'unknown' }),
		);
	});

	test('the node stops at an unknown item after all others were sent', async () => {
		const run: NodeRun = { parameters: apart({ concurrency: 1 }), items: phoneItems(120) };
		await crash(run, 3);
		const { error } = await runOn(fixture, { ...run, workflowId: 'started again' });
		expect(error?.message).toMatch(/^It's unknown whether .* \[item \d+\]$/);
		expect(error?.description).toContain('Send Unknown Again');
		expect(fixture.sandbox.report().maxPerRecipient).toBe(1);
		expect(Object.keys(fixture.sandbox.report().recipients).length).toBeGreaterThan(120 - MAX_OPEN);
	});

	test('an item with several recipients names the unknown one, and is sent to the others', async () => {
		const run: NodeRun = { parameters: apart(), items: [{ phone: phone(0) }] };
		fixture.wire.mishap = () => 'reset after';
		await runOn(fixture, { ...run, onError });
		fixture.wire.mishap = () => undefined;
		const { failed } = await runOn(fixture, { ...run, items: [{ phone: [0, 1].map(phone) }], onError });
		expect(failed[0].json.error).toContain(`It's unknown whether ${phone(0)} got "sale"`);
		expect(fixture.sandbox.report().recipients).toEqual(onceEach(2));
	});
});
