import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { EarlierTries } from '../../nodes/operations/run/earlierTries';
import { startResults } from '../../nodes/operations/run/results';
import { NotSentError, RequestError, UnknownOutcomeError } from '../../nodes/transport/errors';

const node = { name: 'NativeMsg' } as INode;
const ok = { output: [{ id: 1 }] };
const error = { error: new Error('No') };
const unknown = { error: new UnknownOutcomeError('Lost') };

/** The results of a run with this many items, and what they keep for the next try. */
function start(
	total: number,
	{ continues = false, retryOnFail = false, signal = undefined as AbortSignal | undefined } = {},
) {
	const logs: string[] = [];
	const kept: number[] = [];
	const context = {
		getNode: () => ({ ...node, retryOnFail }),
		getExecutionCancelSignal: () => signal,
		continueOnFail: () => continues,
		logger: { info: (line: string) => logs.push(line) },
	} as unknown as IExecuteFunctions;
	const earlierTries: EarlierTries = {
		recall: () => undefined,
		keep: (outcomes) => {
			kept.splice(0, Infinity, ...[...outcomes].map(([itemIndex]) => itemIndex));
		},
		forget: () => kept.splice(0, Infinity, -1),
	};
	return { results: startResults(context, earlierTries, total), logs, kept };
}

/** What the node throws instead of returning its output. */
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
	results.update(1, { error: new RequestError('No', undefined, 422, 'E_7') });
	expect(results.output()[1].json).toEqual({
		error: 'No [item 1]',
		details: { outcome: 'refused', status: 422, code: 'E_7', requestId: null },
	});
});

test('an updated outcome replaces the first one, and is not sent again either', () => {
	const { results, kept } = start(1);
	results.remember(0, ok);
	results.update(0, error);
	expect(() => results.output()).toThrow('No [item 0]');
	results.close();
	expect(kept).toEqual([0]);
});

describe('the next try', () => {
	test('knows what was sent and what is unknown or in flight, but not what was only read or refused', () => {
		const { results, kept } = start(6);
		results.set(0, ok);
		results.remember(1, ok);
		results.remember(2, unknown);
		results.remember(3, error);
		results.begin(4);
		results.keep();
		expect(kept).toEqual([1, 2, 4]);
	});

	test('knows what was sent of an item whose rest was refused', () => {
		const { results, kept } = start(1);
		results.remember(0, ok);
		results.remember(0, error);
		results.keep();
		expect(kept).toEqual([0]);
	});

	test('knows what a try before this one sent, whatever happens in this one', () => {
		const { results, kept } = start(2);
		results.recall(0, ok);
		results.set(0, error);
		results.close();
		expect(kept).toEqual([0]);
	});

	const keptBy = (settings: Parameters<typeof start>[1], outcome: typeof ok | typeof error) => {
		const { results, kept } = start(2, settings);
		results.remember(0, ok);
		results.remember(1, outcome);
		results.output();
		results.close();
		return kept;
	};

	test('knows nothing after a run that ended well', () => {
		expect(keptBy({}, ok)).toEqual([-1]);
		expect(keptBy({ retryOnFail: true }, ok)).toEqual([-1]);
		expect(keptBy({ continues: true }, error)).toEqual([-1]);
	});

	test('knows what was sent if n8n tries again or the execution was canceled', () => {
		expect(keptBy({ continues: true, retryOnFail: true }, error)).toEqual([0]);
		expect(keptBy({ signal: AbortSignal.abort() }, ok)).toEqual([0, 1]);
	});
});

describe('a node that stops on errors', () => {
	test('is over after the first failure', () => {
		const { results } = start(2);
		results.set(0, ok);
		expect(results.isOver()).toBe(false);
		results.set(1, error);
		expect(results.isOver()).toBe(true);
	});

	test('does not end early because an earlier try left an item unknown, but stops at it', () => {
		const { results } = start(2);
		results.recall(0, unknown);
		expect(results.isOver()).toBe(false);
		results.remember(1, ok);
		expect(() => results.output()).toThrow('Lost [item 0]');
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

	test('names the items that were done before', () => {
		expect(stoppedBy(4, ok, undefined, error, ok)).toEqual([
			'No [item 2]',
			`Before the node stopped, items 0 and 3 were done. ${advice}`,
		]);
	});

	test('names the items whose outcome is unknown', () => {
		expect(stoppedBy(5, error, ok, unknown, unknown)).toEqual([
			'No [item 0]',
			`Before the node stopped, item 1 was done; it is unknown whether items 2-3 were sent. ${advice}`,
		]);
	});

	test('names unknown items even if nothing else was done', () => {
		expect(stoppedBy(3, error, unknown)[1]).toMatch(
			/no item was done; it is unknown whether item 1 was sent\. To/,
		);
	});

	test('says so after what to do about the item', () => {
		const { results } = start(2);
		results.set(0, ok);
		results.set(1, { error: new NotSentError('No phone', 'Enter one.') });
		expect(thrownBy(() => results.output()).description).toMatch(
			/^Enter one\. Before the node stopped, item 0 was done/,
		);
	});

	test.each<[number, ...Array<typeof ok | typeof error | undefined>]>([
		[2, undefined, error],
		[1, error],
		[1, unknown],
		[3, undefined, unknown],
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

	test('throws nothing, but logs how far it got', () => {
		const { output, logs } = cancelled((results) => {
			results.set(0, ok);
			results.set(1, error);
		});
		expect(output).toHaveLength(2);
		expect(logs).toEqual(['NativeMsg was canceled when item 0 was done']);
	});

	test('counts items in flight as unknown, but not items that were refused or done since', () => {
		const { output, logs } = cancelled((results) => {
			for (const itemIndex of [0, 1, 2]) results.begin(itemIndex);
			results.withdraw(1);
			results.set(2, ok);
			results.abandon();
		});
		expect(output[0].json.error).toBe(
			"It's unknown whether this was sent: the execution was canceled [item 0]",
		);
		expect(output[1].pairedItem).toEqual({ item: 2 });
		expect(logs[0]).toMatch(/item 2 was done; it is unknown whether item 0 was sent$/);
	});

	test('logs that nothing was done if that is so', () => {
		expect(cancelled(() => {}).logs).toEqual(['NativeMsg was canceled when no item was done']);
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

test('the recipients come first in the output of an item, or where the output has them, and are not part of its outcome', () => {
	const { results } = start(3);
	results.address(0, '+12015550101');
	results.address(1, '+12015550102');
	results.address(2, undefined);
	results.set(0, { output: [{ status: 'accepted' }] });
	results.set(1, { output: [{ id: 1, to: '0012015550102' }] });
	results.set(2, { output: [{ id: 2 }] });
	expect(results.output().map(({ json }) => Object.entries(json))).toEqual([
		Object.entries({ to: '+12015550101', status: 'accepted' }),
		Object.entries({ id: 1, to: '+12015550102' }),
		[['id', 2]],
	]);
	expect(results.get(0)).toEqual({ output: [{ status: 'accepted' }] });
});
