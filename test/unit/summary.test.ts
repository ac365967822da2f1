import { NotSentError, RequestError, UnknownOutcomeError } from '../../nodes/transport/errors';
import { summaryOf, toldOf, withSummary } from '../../nodes/operations/run/summary';

const sent = { output: [{ status: 'accepted' }] };
const skipped = { output: [{ skippedReason: 'has it' }] };
const held = { output: [{ held: true }] };
const failed = (message: string) => ({ error: new NotSentError(message) });
const unknown = { error: new UnknownOutcomeError('Lost', '') };

test('each outcome is counted once, and failures by reason', () => {
	const outcomes = [
		sent,
		sent,
		skipped,
		held,
		unknown,
		failed('A'),
		failed('B'),
		failed('A'),
		{ error: new RequestError('C', '', 422) },
		undefined,
	];
	expect(summaryOf(outcomes, { recipients: 5, parts: 7 }, 61_234)).toEqual({
		sent: 2,
		skipped: 1,
		held: 1,
		unknown: 1,
		failed: 4,
		failedByReason: { A: 2, B: 1, C: 1 },
		messages: 5,
		smsParts: 7,
		minutes: 1.02,
	});
	expect(summaryOf([], { recipients: 0 }, 0)).toMatchObject({ sent: 0, smsParts: null, minutes: 0 });
});

test('from the eleventh on, other reasons are counted together', () => {
	const outcomes = [...'abcdefghijklak'].map(failed);
	const { failedByReason, failed: count } = summaryOf(outcomes, { recipients: 0 }, 0);
	expect(count).toBe(14);
	expect(Object.keys(failedByReason)).toEqual([...'abcdefghij', 'Other reasons']);
	expect(failedByReason).toMatchObject({ a: 2, j: 1, 'Other reasons': 3 });
});

const summary = {
	sent: 3,
	skipped: 2,
	held: 0,
	unknown: 1,
	failed: 0,
	failedByReason: {},
	messages: 3,
	smsParts: null,
	minutes: 0.09,
};
const AGAIN = " You can run it again at any time: recipients who have it don't get it twice.";

test.each<[others: object, names: string[], sentence: string]>([
	[{}, [], 'This run: 3 sent, 1 unknown, 0 failed.'],
	[
		{ failed: 3, failedByReason: { Gone: 2, Down: 1 }, smsParts: 0 },
		[],
		'This run: 3 sent, 1 unknown, 3 failed (2: Gone; 1: Down). 0 SMS parts.',
	],
	[
		{ held: 1, minutes: 0.1 },
		['sale'],
		`The broadcast "sale": 3 sent, 2 skipped because their recipients have it, 1 held until their quiet hours end, 1 unknown, 0 failed. It took 6 seconds.${AGAIN}`,
	],
	[
		{ minutes: 1.99, smsParts: 9 },
		['a', 'b'],
		`2 broadcast names: 3 sent, 2 skipped because their recipients have it, 1 unknown, 0 failed. 9 SMS parts. It took 119 seconds.${AGAIN}`,
	],
	[{ minutes: 2 }, [], 'This run: 3 sent, 1 unknown, 0 failed. It took 2 minutes.'],
])('the summary with %j for the names %j is a sentence', (others, names, sentence) => {
	expect(toldOf({ ...summary, ...others }, names)).toBe(sentence);
});

test('the summary goes to the last output of an item', () => {
	const outcome = { output: [{ id: 1 }, { id: 2 }], served: ['a'] };
	expect(withSummary(outcome, summary)).toEqual({
		output: [{ id: 1 }, { id: 2, summary }],
		served: ['a'],
	});
	expect(outcome.output).toEqual([{ id: 1 }, { id: 2 }]);
	expect(withSummary(unknown, summary)).toBeUndefined();
	expect(withSummary(undefined, summary)).toBeUndefined();
});
