import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Outcome } from '../../nodes/operations/outcome';
import { PartlyServedError } from '../../nodes/operations/outcome';
import { earlierTriesOf } from '../../nodes/operations/run/earlierTries';
import { UnknownOutcomeError } from '../../nodes/transport/errors';

const sent = { output: [{ requestId: '1' }], served: ['a'] };
const lost = { error: new UnknownOutcomeError('Lost', 'Look it up') };
const refused = { error: new Error('No') };

/** What one try knows about earlier ones; `kept` is what n8n passes from try to try. */
function tryWith(kept: IDataObject, { type = 'nativeMsg', retryOnFail = false, run = 0, items = [{}] } = {}) {
	return earlierTriesOf({
		getNode: () => ({ type, retryOnFail }),
		getContext: (kind: string) => (kind === 'node' ? kept : {}),
		getWorkflowDataProxy: () => ({ $runIndex: run }),
		getInputData: () => items.map((json) => ({ json })),
	} as unknown as IExecuteFunctions);
}

const numbered = (...outcomes: Outcome[]) => outcomes.entries();

test('the next try knows what was sent and what is unknown, but not what failed', () => {
	const kept = {};
	tryWith(kept).keep(numbered(sent, lost, refused));
	const next = tryWith(kept);
	expect(next.recall(0)).toEqual(sent);
	expect(next.recall(1)).toEqual(lost);
	expect((next.recall(1) as typeof lost).error.description).toBe('Look it up');
	expect(next.recall(2)).toBeUndefined();
	expect(next.recall(3)).toBeUndefined();
});

test('the next try knows what kind of error and which status an unknown outcome has', () => {
	const kept = {};
	const partly = { error: new PartlyServedError('Only some', 'Look it up', 422) };
	tryWith(kept).keep(numbered(lost, partly));
	const [first, second] = [0, 1].map((itemIndex) => tryWith(kept).recall(itemIndex));
	expect((first as typeof lost).error).not.toBeInstanceOf(PartlyServedError);
	expect((second as typeof partly).error).toBeInstanceOf(PartlyServedError);
	expect((second as typeof partly).error.status).toBe(422);
});

test('n8n can store what is kept as JSON', () => {
	const kept = {};
	tryWith(kept).keep(numbered(lost));
	expect(tryWith(JSON.parse(JSON.stringify(kept)) as IDataObject).recall(0)).toEqual(lost);
});

test('thousands of items of a few requests are kept in a few hundred characters', () => {
	const kept = {};
	const outcomes = Array.from({ length: 10_000 }, (_, index) => ({
		output: [{ requestId: `request ${Math.floor(index / 500)}`, requestItemCount: 500, recipientCount: 1 }],
	}));
	tryWith(kept).keep(outcomes.filter((_, index) => index !== 4_321).entries());
	expect(JSON.stringify(kept).length).toBeLessThan(2_500);
	expect(tryWith(kept).recall(4_999)).toEqual({ output: outcomes[5_000].output, served: undefined });
});

test('what is kept replaces what was kept before', () => {
	const kept = {};
	tryWith(kept).keep(numbered(sent, sent));
	tryWith(kept).keep([[1, sent]]);
	expect([0, 1].map((itemIndex) => tryWith(kept).recall(itemIndex))).toEqual([undefined, sent]);
});

test('nothing is kept after a run that ended well, or in which nothing was sent', () => {
	const kept = {};
	tryWith(kept).keep(numbered(sent));
	tryWith(kept).forget();
	expect(kept).toEqual({});
	tryWith(kept).keep(numbered(refused));
	expect(kept).toEqual({});
});

test('another run of the node, as in a loop, has other items', () => {
	const kept = {};
	tryWith(kept).keep(numbered(sent));
	expect(tryWith(kept, { run: 1 }).recall(0)).toBeUndefined();
});

describe('the tool of an AI agent', () => {
	const tool = (kept: IDataObject, run: number, ...items: IDataObject[]) =>
		tryWith(kept, { type: 'nativeMsgTool', retryOnFail: true, run, items });

	test("recognizes an unknown outcome by the agent's input, on any try", () => {
		const kept = {};
		tool(kept, 0, { to: 'Ada' }, { to: 'Bob' }).keep([[1, lost]]);
		tool(kept, 1, { to: 'Cem' }).keep([[0, lost]]);
		tool(kept, 2, { to: 'Dan' }).forget();
		const next = tool(kept, 3, { to: 'Bob' }, { to: 'Ada' }, { to: 'Cem' });
		expect([0, 1, 2].map((itemIndex) => next.recall(itemIndex))).toEqual([lost, undefined, lost]);
	});

	test('may send again what was sent, because the agent may want that', () => {
		const kept = {};
		tool(kept, 0, { to: 'Ada' }).keep(numbered(sent));
		expect(tool(kept, 1, { to: 'Ada' }).recall(0)).toBeUndefined();
	});

	test('keeps nothing without Retry On Fail, because the agent may want the same again', () => {
		const kept = {};
		tryWith(kept, { type: 'nativeMsgTool' }).keep(numbered(lost));
		expect(kept).toEqual({});
	});

	test("keeps nothing of the agent's input in readable form", () => {
		const kept = {};
		tool(kept, 0, { to: 'Ada' }).keep(numbered(lost));
		expect(JSON.stringify(kept)).not.toContain('Ada');
	});
});
