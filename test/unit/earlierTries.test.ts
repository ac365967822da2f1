import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { memoOf } from '../../nodes/operations/run/earlierTries';
import { UnknownOutcomeError } from '../../nodes/operations/outcome';

const sent = { output: [{ requestId: '1' }], served: ['a'] };
const lost = { error: new UnknownOutcomeError('Lost', 'Look it up') };
const refused = { error: new Error('No') };

/** The memo of one try; `kept` is what n8n hands from try to try. */
function tryWith(kept: IDataObject, { type = 'nativeMsg', retryOnFail = true, run = 0, items = [{}] } = {}) {
	return memoOf({
		getNode: () => ({ type, retryOnFail }),
		getContext: (kind: string) => (kind === 'node' ? kept : {}),
		getWorkflowDataProxy: () => ({ $runIndex: run }),
		getInputData: () => items.map((json) => ({ json })),
	} as unknown as IExecuteFunctions);
}

test('the next try knows what was sent and what nobody knows, but not what failed', () => {
	const kept = {};
	const first = tryWith(kept);
	[sent, lost, refused].forEach((outcome, itemIndex) => first.remember(itemIndex, outcome));
	const next = tryWith(kept);
	expect(next.recall(0)).toEqual(sent);
	expect(next.recall(1)).toEqual(lost);
	expect((next.recall(1) as typeof lost).error.description).toBe('Look it up');
	expect(next.recall(2)).toBeUndefined();
	expect(next.recall(3)).toBeUndefined();
});

test('n8n may write down what is kept', () => {
	const kept = {};
	tryWith(kept).remember(0, lost);
	expect(tryWith(JSON.parse(JSON.stringify(kept)) as IDataObject).recall(0)).toEqual(lost);
});

test('without Retry On Fail nothing is kept', () => {
	const kept = {};
	const memo = tryWith(kept, { retryOnFail: false });
	memo.remember(0, sent);
	expect(memo.recall(0)).toBeUndefined();
	expect(kept).toEqual({});
});

test('another run of the node, as in a loop, has other items', () => {
	const kept = {};
	tryWith(kept).remember(0, sent);
	expect(tryWith(kept, { run: 1 }).recall(0)).toBeUndefined();
});

describe('as the tool of an agent', () => {
	const tool = (kept: IDataObject, run: number, ...items: IDataObject[]) =>
		tryWith(kept, { type: 'nativeMsgTool', run, items });

	test('what nobody knows is known by what the agent handed over, in whatever try', () => {
		const kept = {};
		tool(kept, 0, { to: 'Ada' }, { to: 'Bob' }).remember(1, lost);
		const next = tool(kept, 1, { to: 'Bob' }, { to: 'Ada' });
		expect(next.recall(0)).toEqual(lost);
		expect(next.recall(1)).toBeUndefined();
	});

	test('what was sent may be sent again: the agent may want that', () => {
		const kept = {};
		tool(kept, 0, { to: 'Ada' }).remember(0, sent);
		expect(tool(kept, 1, { to: 'Ada' }).recall(0)).toBeUndefined();
	});

	test('nothing of what was handed over is kept readable', () => {
		const kept = {};
		tool(kept, 0, { to: 'Ada' }).remember(0, lost);
		expect(JSON.stringify(kept)).not.toContain('Ada');
	});
});
