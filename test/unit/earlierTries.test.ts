import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { earlierTriesOf } from '../../nodes/operations/run/earlierTries';
import { UnknownOutcomeError } from '../../nodes/transport/errors';

const sent = { output: [{ requestId: '1' }], served: ['a'] };
const lost = { error: new UnknownOutcomeError('Lost', 'Look it up') };
const refused = { error: new Error('No') };

/** What one try knows of earlier ones; `kept` is what n8n hands from try to try. */
function tryWith(kept: IDataObject, { type = 'nativeMsg', retryOnFail = true, run = 0, items = [{}] } = {}) {
	return earlierTriesOf({
		getNode: () => ({ type, retryOnFail }),
		getContext: (kind: string) => (kind === 'node' ? kept : {}),
		getWorkflowDataProxy: () => ({ $runIndex: run }),
		getInputData: () => items.map((json) => ({ json })),
	} as unknown as IExecuteFunctions);
}

test('the next try knows what was sent and what is unknown, but not what failed', () => {
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

test('n8n can store what is kept as JSON', () => {
	const kept = {};
	tryWith(kept).remember(0, lost);
	expect(tryWith(JSON.parse(JSON.stringify(kept)) as IDataObject).recall(0)).toEqual(lost);
});

test('nothing is kept without Retry On Fail', () => {
	const kept = {};
	const tries = tryWith(kept, { retryOnFail: false });
	tries.remember(0, sent);
	expect(tries.recall(0)).toBeUndefined();
	expect(kept).toEqual({});
});

test('another run of the node, as in a loop, has other items', () => {
	const kept = {};
	tryWith(kept).remember(0, sent);
	expect(tryWith(kept, { run: 1 }).recall(0)).toBeUndefined();
});

describe('the tool of an AI agent', () => {
	const tool = (kept: IDataObject, run: number, ...items: IDataObject[]) =>
		tryWith(kept, { type: 'nativeMsgTool', run, items });

	test("recognizes an unknown outcome by the agent's input, on any try", () => {
		const kept = {};
		tool(kept, 0, { to: 'Ada' }, { to: 'Bob' }).remember(1, lost);
		const next = tool(kept, 1, { to: 'Bob' }, { to: 'Ada' });
		expect(next.recall(0)).toEqual(lost);
		expect(next.recall(1)).toBeUndefined();
	});

	test('may send again what was sent, because the agent may want that', () => {
		const kept = {};
		tool(kept, 0, { to: 'Ada' }).remember(0, sent);
		expect(tool(kept, 1, { to: 'Ada' }).recall(0)).toBeUndefined();
	});

	test("keeps nothing of the agent's input in readable form", () => {
		const kept = {};
		tool(kept, 0, { to: 'Ada' }).remember(0, lost);
		expect(JSON.stringify(kept)).not.toContain('Ada');
	});
});
