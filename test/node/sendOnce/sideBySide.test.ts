import { setTimeout as sleep } from 'node:timers/promises';
import { useFixture } from '../../support/fixture';
import { useKeptByN8n } from '../../support/keptByN8n';
import type { NodeRun } from '../../support/engine';
import { jsonOf, phoneItems } from '../broadcast/messages';
import { apart, KINDS, named, onceEach, runOn, timesSent } from './messages';

const fixture = useFixture({ wire: true });
const kept = useKeptByN8n();

const onError = 'continueErrorOutput' as const;

/** Lets each statement of the database take as long as it may on another machine, so that those of two processes mix. */
function mixStatements(): void {
	let turn = 0;
	kept.before = async () => await sleep([1, 4, 2, 7, 3][turn++ % 5]);
}

const inProcesses = (run: NodeRun, ...names: string[]) =>
	Promise.all(names.map((name) => runOn(fixture, { ...run, workflowId: `workflow${name}`, onError })));

describe('executions with the same rows at the same moment', () => {
	test.each(KINDS)('send %s once in one process', async (_name, node, parametersWith) => {
		const run = { node, parameters: parametersWith(), items: phoneItems(120) };
		const outcomes = await inProcesses(run, '', '', '');
		expect(timesSent(fixture, node)).toEqual(onceEach(120));
		expect(outcomes.flatMap(({ failed }) => failed)).toEqual([]);
		const sent = outcomes.flatMap(({ success }) =>
			jsonOf(success).filter(({ status }) => status !== 'skipped'),
		);
		expect(sent).toHaveLength(120);
		expect(kept.size()).toBe(120);
	});

	test.each(KINDS)('send %s once in two processes', async (_name, node, parametersWith) => {
		mixStatements();
		const run = { node, parameters: parametersWith(), items: phoneItems(120) };
		await inProcesses(run, '@1', '@2');
		expect(timesSent(fixture, node)).toEqual(onceEach(120));
	});

	test('lose no claim of the other when they send to different people', async () => {
		mixStatements();
		const items = phoneItems(240);
		const halves = [items.slice(0, 120), items.slice(120)];
		await Promise.all(
			halves.map((half, index) =>
				fixture.engine.run({ parameters: apart(), items: half, workflowId: `workflow@${index}` }),
			),
		);
		kept.before = () => {};
		const { success, failed } = await fixture.engine.run({ parameters: apart(), items, onError });
		expect(failed).toEqual([]);
		expect(jsonOf(success).filter(({ status }) => status !== 'skipped')).toEqual([]);
		expect(fixture.sandbox.report().recipients).toEqual(onceEach(240));
	});

	test('can create the memory of a node together', async () => {
		// Both find no row, and the second one to add it fails.
		const [first, second] = phoneItems(2);
		const runs = [first, second].map((item, index) =>
			fixture.engine.run({ parameters: named(), items: [item], workflowId: `workflow@${index}` }),
		);
		for (const { error } of await Promise.all(runs)) expect(error).toBeUndefined();
		expect(fixture.sandbox.report().recipients).toEqual(onceEach(2));
		expect(kept.size()).toBe(2);
	});
});
