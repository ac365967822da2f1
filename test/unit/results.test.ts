import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import type { Memo } from '../../nodes/operations/run/earlierTries';
import { UnknownOutcomeError } from '../../nodes/operations/outcome';
import { startResults } from '../../nodes/operations/run/results';
import { NotSentError } from '../../nodes/transport/errors';

const node = { name: 'NativeMsg' } as INode;
const send = { endpoint: 'POST /messages' } as AnyOperation;
const get = { endpoint: 'GET /channels' } as AnyOperation;
const ok = { output: [{ id: 1 }] };
const error = { error: new Error('No') };
const unknown = { error: new UnknownOutcomeError('Lost') };

/** The results of a run of so many items, with what they leave behind. */
function start(total: number, { continues = false, signal = undefined as AbortSignal | undefined } = {}) {
	const logs: string[] = [];
	const remembered: number[] = [];
	const context = {
		getNode: () => node,
		getExecutionCancelSignal: () => signal,
		continueOnFail: () => continues,
		logger: { info: (line: string) => logs.push(line) },
	} as unknown as IExecuteFunctions;
	const memo: Memo = { recall: () => undefined, remember: (itemIndex) => remembered.push(itemIndex) };
	return { results: startResults(context, memo, total), logs, remembered };
}

/** What the node throws in place of its output. */
function thrownBy(output: () => unknown): NodeOperationError {
	try {
		output();
	} catch (thrown) {
		return thrown as NodeOperationError;
	}
	throw new Error('Nothing was thrown');
}

test('outputs come in the order of the items, paired with them, whenever they are known', () => {
	const { results, logs } = start(4);
	results.set({ itemIndex: 2 }, { output: [{ id: 1 }, { id: 2 }] });
	results.set({ itemIndex: 0 }, { output: [{ id: 0 }] });
	results.set({ itemIndex: 3 }, { output: [] });
	expect(results.get(0)).toEqual({ output: [{ id: 0 }] });
	expect(results.get(1)).toBeUndefined();
	expect(results.output()).toEqual([
		{ json: { id: 0 }, pairedItem: { item: 0 } },
		{ json: { id: 1 }, pairedItem: { item: 2 } },
		{ json: { id: 2 }, pairedItem: { item: 2 } },
	]);
	expect(logs).toEqual([]);
});

test('a failed item of a node that goes on has the one shape of an error', () => {
	const { results } = start(2, { continues: true });
	results.set({ itemIndex: 1 }, error);
	results.set({ itemIndex: 0 }, ok);
	expect(results.isOver()).toBe(false);
	expect(results.output()[1]).toEqual({ json: { error: 'No [item 1]' }, pairedItem: { item: 1 } });
});

test('an outcome that is updated replaces the first, and is not sent again either', () => {
	const { results, remembered } = start(1);
	results.set({ itemIndex: 0 }, ok);
	results.update(0, { output: [{ status: 'read' }] });
	expect(results.output()).toEqual([{ json: { status: 'read' }, pairedItem: { item: 0 } }]);
	expect(remembered).toEqual([0]);
});

test('what only reads is not remembered', () => {
	const { results, remembered } = start(3);
	results.set({ itemIndex: 0, operation: get }, ok);
	results.set({ itemIndex: 1, operation: send }, ok);
	results.set({ itemIndex: 2 }, ok);
	expect(remembered).toEqual([1, 2]);
});

describe('a node that stops', () => {
	test('is over with the first failure', () => {
		const { results } = start(2);
		results.set({ itemIndex: 0 }, ok);
		expect(results.isOver()).toBe(false);
		results.set({ itemIndex: 1 }, error);
		expect(results.isOver()).toBe(true);
	});

	const stoppedBy = (total: number, ...outcomes: Array<typeof ok | typeof error | undefined>) => {
		const { results } = start(total);
		outcomes.forEach((outcome, itemIndex) => {
			if (outcome) results.set({ itemIndex }, outcome);
		});
		const thrown = thrownBy(() => results.output());
		expect(thrown).toBeInstanceOf(NodeOperationError);
		return [thrown.message, thrown.description];
	};
	const advice = 'To get a result for each item, set On Error to continue.';

	test('says how many items were done before', () => {
		expect(stoppedBy(4, ok, undefined, error, ok)).toEqual([
			'No [item 2]',
			`Before the node stopped, 2 of 4 items were done. ${advice}`,
		]);
	});

	test('says of which items it is not known whether they were sent', () => {
		expect(stoppedBy(5, error, ok, unknown, unknown)).toEqual([
			'No [item 0]',
			`Before the node stopped, 1 of 5 items were done; it is not known whether these were sent: 2, 3. ${advice}`,
		]);
	});

	test('counts those as well when nothing else was done', () => {
		expect(stoppedBy(3, error, unknown)[1]).toMatch(/0 of 3 items were done; it is not known.* sent: 1\. To/);
	});

	test('says so after what is to be done about the item', () => {
		const { results } = start(2);
		results.set({ itemIndex: 0 }, ok);
		results.set({ itemIndex: 1 }, { error: new NotSentError('No phone', 'Enter one.') });
		expect(thrownBy(() => results.output()).description).toMatch(
			/^Enter one\. Before the node stopped, 1 of 2/,
		);
	});

	test.each<[number, ...Array<typeof ok | typeof error | undefined>]>([
		[2, undefined, error],
		[1, error],
		[1, unknown],
	])('says no more when there is nothing to say about others: %#', (total, ...outcomes) => {
		expect(stoppedBy(total, ...outcomes)[1]).toBeUndefined();
	});
});

describe('a cancelled execution', () => {
	const cancelled = (work: (results: ReturnType<typeof start>['results']) => void) => {
		const { results, logs } = start(5, { signal: AbortSignal.abort() });
		work(results);
		expect(results.isOver()).toBe(true);
		return { output: results.output(), logs };
	};

	test('throws nothing, but logs how far it came', () => {
		const { output, logs } = cancelled((results) => {
			results.set({ itemIndex: 0 }, ok);
			results.set({ itemIndex: 1 }, error);
		});
		expect(output).toHaveLength(2);
		expect(logs).toEqual(['NativeMsg was cancelled when 1 of 5 items were done']);
	});

	test('counts as unknown what was under way, but not what was refused or done since', () => {
		const { output, logs } = cancelled((results) => {
			for (const itemIndex of [0, 1, 2]) results.begin({ itemIndex });
			results.withdraw({ itemIndex: 1 });
			results.set({ itemIndex: 2 }, ok);
		});
		expect(output[0].json.error).toBe(
			'It is not known whether this was sent: the execution was cancelled [item 0]',
		);
		expect(output[1].pairedItem).toEqual({ item: 2 });
		expect(logs[0]).toMatch(/1 of 5 items were done; it is not known whether these were sent: 0$/);
	});

	test('says so when nothing was done', () => {
		expect(cancelled(() => {}).logs).toEqual(['NativeMsg was cancelled when 0 of 5 items were done']);
	});
});

test('a long run is announced every ten seconds', () => {
	const clock = jest.spyOn(Date, 'now').mockReturnValue(0);
	const { results, logs } = start(9);
	for (const [itemIndex, now] of [0, 9_999, 10_000, 10_001, 19_999, 20_000].entries()) {
		clock.mockReturnValue(now);
		results.set({ itemIndex }, ok);
	}
	clock.mockRestore();
	expect(logs).toEqual(['NativeMsg has done 3 of 9 items', 'NativeMsg has done 6 of 9 items']);
});
