import type { Outcome } from '../../nodes/operations/outcome';
import { judgeGathered } from '../../nodes/operations/run/gathered';
import type { Plan, Share } from '../../nodes/operations/run/plan';
import type { Results } from '../../nodes/operations/run/results';

/** Judges one request for the items 3, 5, and 7, of which those at these positions have problems. */
function judge(problems: Record<number, string[]>, faulty: number[] = [], stopsOnError?: boolean) {
	const asked: unknown[][] = [];
	const operation = {
		gather: {
			problems(parts: unknown[], indexes: number[]) {
				asked.push(parts, indexes);
				return new Map(Object.entries(problems).map(([position, some]) => [Number(position), some]));
			},
		},
	};
	const shares = [3, 5, 7].map((itemIndex) => ({ item: { itemIndex }, part: `part ${itemIndex}` }));
	const alone = { operation, shares: [{ item: { itemIndex: 9 } }] };
	const outcomes: Record<number, Outcome> = {};
	const set = (itemIndex: number, outcome: Outcome) => void (outcomes[itemIndex] = outcome);
	const results = stopsOnError === undefined ? undefined : ({ stopsOnError, set } as unknown as Results);
	judgeGathered({ calls: [alone, { operation, shares }] } as unknown as Plan, faulty, results);
	expect(asked).toEqual([
		['part 3', 'part 5', 'part 7'],
		[3, 5, 7],
	]);
	const errors = Object.entries(outcomes).map(([index, outcome]) => [
		Number(index),
		'error' in outcome && outcome.error.message,
	]);
	return {
		problems: (shares as unknown as Share[]).map((share) => share.problems),
		taken: (shares as unknown as Share[]).map((share) => share.isTaken),
		errors,
	};
}

const withheld = (item: number) =>
	`Item ${item} is at fault, and all items go into one request, so nothing is sent`;

test('a request without problems goes out', () => {
	expect(judge({}, [], false)).toEqual({
		problems: [undefined, undefined, undefined],
		taken: [undefined, undefined, undefined],
		errors: [],
	});
});

test('in a preview, each item has its problems, or names the first at fault', () => {
	expect(judge({ 1: ['Bad', 'Worse'], 2: ['Odd'] })).toEqual({
		problems: [[withheld(5)], ['Bad', 'Worse'], ['Odd']],
		taken: [undefined, undefined, undefined],
		errors: [],
	});
});

test('an item that could not be read withholds the request, too', () => {
	expect(judge({ 2: ['Odd'] }, [8, 4])).toMatchObject({ problems: [[withheld(4)], [withheld(4)], ['Odd']] });
	expect(judge({}, [4])).toMatchObject({ problems: [[withheld(4)], [withheld(4)], [withheld(4)]] });
});

test('if the node continues on errors, all items fail, and otherwise only those at fault', () => {
	const taken = [true, true, true];
	expect(judge({ 1: ['Bad', 'Worse'] }, [], false)).toMatchObject({
		taken,
		errors: [
			[3, withheld(5)],
			[5, 'Bad; Worse'],
			[7, withheld(5)],
		],
	});
	expect(judge({ 1: ['Bad', 'Worse'] }, [], true)).toMatchObject({ taken, errors: [[5, 'Bad; Worse']] });
});
