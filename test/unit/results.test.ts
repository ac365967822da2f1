import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { EarlierTries } from '../../nodes/operations/run/earlierTries';
import { startResults } from '../../nodes/operations/run/results';
import { NotSentError, UnknownOutcomeError } from '../../nodes/transport/errors';

const node = { name: 'NativeMsg' } as INode;
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
	const earlierTries: EarlierTries = {
		recall: () => undefined,
		remember: (itemIndex) => remembered.push(itemIndex),
	};
	return { results: startResults(context, earlierTries, total), logs, remembered };
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

test('the outputs are in the order of the items and paired with them, whenever they are known', () => {
	const { results, logs } = start(4);
	results.set(2, { output: [{ id: 1 }, { id: 2 }] });
	results.set(0, { output: [{ id: 0 }] });
	results.set(3, { output: [] });
	expect(results.get(0)).toEqual({ output: [{ id: 0 }] });
	expect(results.get(1)).toBeUndefined();
	expect(results.output()).toEqual([
		{ json: { id: 0 }, pairedItem: { item: 0 } },
		{ json: { id: 1 }, pairedItem: { item: 2 } },
		{ json: { id: 2 }, pairedItem: { item: 2 } },
	]);
	expect(logs).toEqual([]);
});

test('a failed item of a node that continues has the documented shape of an error', () => {
	const { results } = start(2, { continues: true });
	results.set(1, error);
	results.set(0, ok);
	expect(results.isOver()).toBe(false);
	expect(results.output()[1]).toEqual({ json: { error: 'No [item 1]' }, pairedItem: { item: 1 } });
});

test('an updated outcome replaces the first one, and is not sent again either', () => {
	const { results, remembered } = start(1);
	results.remember(0, ok);
	results.update(0, { output: [{ status: 'read' }] });
	expect(results.output()).toEqual([{ json: { status: 'read' }, pairedItem: { item: 0 } }]);
	expect(remembered).toEqual([0]);
});

test('an outcome is remembered for the next try only where the caller says so', () => {
	const { results, remembered } = start(3);
	results.set(0, ok);
	results.remember(1, ok);
	expect(remembered).toEqual([1]);
	expect([results.get(0), results.get(1)]).toEqual([ok, ok]);
});

describe('a node that stops on errors', () => {
	test('is over after the first failure', () => {
		const { results } = start(2);
		results.set(0, ok);
		expect(results.isOver()).toBe(false);
		results.set(1, error);
		expect(results.isOver()).toBe(true);
	});

	const stoppedBy = (total: number, ...outcomes: Array<typeof ok | typeof error | undefined>) => {
		const { results } = start(total);
		outcomes.forEach((outcome, itemIndex) => {
			if (outcome) results.set(itemIndex, outcome);
		});
		const thrown = thrownBy(() => results.output());
		expect([NodeApiError, NodeOperationError]).toContain(thrown.constructor);
		return [thrown.message, thrown.description];
	};
	const advice = 'To get a result for each item, set On Error to continue.';

	test('says how many items were done before', () => {
		expect(stoppedBy(4, ok, undefined, error, ok)).toEqual([
			'No [item 2]',
			`Before the node stopped, 2 of 4 items were done. ${advice}`,
		]);
	});

	test('names the items whose outcome is unknown', () => {
		expect(stoppedBy(5, error, ok, unknown, unknown)).toEqual([
			'No [item 0]',
			`Before the node stopped, 1 of 5 items were done; it is not known whether these were sent: 2, 3. ${advice}`,
		]);
	});

	test('counts unknown items even if nothing else was done', () => {
		expect(stoppedBy(3, error, unknown)[1]).toMatch(/0 of 3 items were done; it is not known.* sent: 1\. To/);
	});

	test('says so after what to do about the item', () => {
		const { results } = start(2);
		results.set(0, ok);
		results.set(1, { error: new NotSentError('No phone', 'Enter one.') });
		expect(thrownBy(() => results.output()).description).toMatch(
			/^Enter one\. Before the node stopped, 1 of 2/,
		);
	});

	test.each<[number, ...Array<typeof ok | typeof error | undefined>]>([
		[2, undefined, error],
		[1, error],
		[1, unknown],
	])('adds nothing if there is nothing to say about other items: %#', (total, ...outcomes) => {
		expect(stoppedBy(total, ...outcomes)[1] ?? null).toBeNull();
	});
});

describe('a canceled execution', () => {
	const cancelled = (work: (results: ReturnType<typeof start>['results']) => void) => {
		const { results, logs } = start(5, { signal: AbortSignal.abort() });
		work(results);
		expect(results.isOver()).toBe(true);
		return { output: results.output(), logs };
	};

	test('throws nothing, but logs how far it came', () => {
		const { output, logs } = cancelled((results) => {
			results.set(0, ok);
			results.set(1, error);
		});
		expect(output).toHaveLength(2);
		expect(logs).toEqual(['NativeMsg was cancelled when 1 of 5 items were done']);
	});

	test('counts items in flight as unknown, but not items that were refused or done since', () => {
		const { output, logs } = cancelled((results) => {
			for (const itemIndex of [0, 1, 2]) results.begin(itemIndex);
			results.withdraw(1);
			results.set(2, ok);
		});
		expect(output[0].json.error).toBe(
			'It is not known whether this was sent: the execution was cancelled [item 0]',
		);
		expect(output[1].pairedItem).toEqual({ item: 2 });
		expect(logs[0]).toMatch(/1 of 5 items were done; it is not known whether these were sent: 0$/);
	});

	test('logs that nothing was done if that is so', () => {
		expect(cancelled(() => {}).logs).toEqual(['NativeMsg was cancelled when 0 of 5 items were done']);
	});
});

test('the progress of a long run is logged every ten seconds', () => {
	const clock = jest.spyOn(Date, 'now').mockReturnValue(0);
	const { results, logs } = start(9);
	for (const [itemIndex, now] of [0, 9_999, 10_000, 10_001, 19_999, 20_000].entries()) {
		clock.mockReturnValue(now);
		results.set(itemIndex, ok);
	}
	clock.mockRestore();
	expect(logs).toEqual(['NativeMsg has done 3 of 9 items', 'NativeMsg has done 6 of 9 items']);
});
