import type { IExecuteFunctions } from 'n8n-workflow';
import { keptKeysOf } from '../../nodes/operations/run/keptKeys';
import { NotSentError } from '../../nodes/transport/errors';
import { time, useHandTime } from '../support/handSleep';

useHandTime();

/** The context of a node whose database fails so many times. */
function contextOf(workflow: string | undefined, node: string, failures = 0) {
	const calls: unknown[][] = [];
	/** How much time (ms) had passed at each call. */
	const at: number[] = [];
	const began = time.now();
	let left = failures;
	const method =
		<T>(name: string, result: T) =>
		(...values: unknown[]) => {
			calls.push([name, ...values]);
			at.push(time.now() - began);
			return left-- > 0 ? Promise.reject(new Error('The database is locked')) : Promise.resolve(result);
		};
	const helpers = {
		checkProcessedAndRecord: method('record', { new: ['b'], processed: ['a'] }),
		removeProcessed: method('remove', undefined),
		getProcessedDataCount: method('count', 7),
	};
	const context = { helpers, getWorkflow: () => ({ id: workflow }), getNode: () => ({ id: node }) };
	return { keys: keptKeysOf(context as unknown as IExecuteFunctions), calls, at };
}

const ENTRIES = { mode: 'entries' };

test('keys are kept for the node, and only new ones are reported as added', async () => {
	const { keys, calls } = contextOf('w1', 'n1');
	expect(await keys.record(['a', 'b'])).toEqual(new Set(['b']));
	await keys.remove(['a']);
	await keys.remove([]);
	expect(await keys.count()).toBe(7);
	expect(calls).toEqual([
		['record', ['a', 'b'], 'node', ENTRIES],
		['remove', ['a'], 'node', ENTRIES],
		['count', 'node', ENTRIES],
	]);
});

test('a database error is followed by three more tries, each after a longer pause', async () => {
	const { keys, at } = contextOf('w2', 'n1', 3);
	expect(await keys.record(['a', 'b'])).toEqual(new Set(['b']));
	expect(at).toEqual([0, 20, 60, 120]);
});

test('if the database keeps failing, the error says that nothing was sent', async () => {
	const { keys, calls } = contextOf('w3', 'n1', 4);
	const error = await keys.count().catch((failure: Error) => failure);
	expect(error).toBeInstanceOf(NotSentError);
	expect(error).toMatchObject({
		message: "n8n couldn't store who gets the broadcast, so this wasn't sent: The database is locked",
		description:
			'Nothing was sent for this item. If the workflow is new, save it. Otherwise check the database of n8n. Then run the workflow again.',
	});
	expect(calls).toHaveLength(4);
});

test('a workflow that was never saved cannot keep anything', async () => {
	const { keys } = contextOf(undefined, 'n1');
	const error = await keys.alone(() => Promise.resolve()).catch((failure: Error) => failure);
	expect(error).toBeInstanceOf(NotSentError);
	expect(error).toMatchObject({ description: 'Nothing was sent. Save the workflow and run it again.' });
});

test('executions of a node take turns, also after one of them failed, and see who the others hold', async () => {
	const [first, second] = [contextOf('w4', 'n1').keys, contextOf('w4', 'n1').keys];
	const steps: string[] = [];
	const work = (keys: typeof first, name: string) =>
		keys.alone(async () => {
			steps.push(`${name} begins`);
			await Promise.resolve();
			steps.push(`${name} ends`);
			if (name === 'first') throw new Error('Locked');
			return name;
		});
	const outcomes = await Promise.allSettled([work(first, 'first'), work(second, 'second')]);
	expect(steps).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
	expect(outcomes).toEqual([
		{ status: 'rejected', reason: new Error('Locked') },
		{ status: 'fulfilled', value: 'second' },
	]);
	first.live.add('a');
	expect(second.live.has('a')).toBe(true);
});

test.each([
	['another node', 'w5', 'n2'],
	['another workflow', 'w6', 'n1'],
])('%s has its own recipients', (_what, workflow, node) => {
	contextOf('w5', 'n1').keys.live.add('a');
	expect(contextOf(workflow, node).keys.live.has('a')).toBe(false);
});
