import type { IExecuteFunctions } from 'n8n-workflow';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import { addHints, costRemarks, idleLimit } from '../../nodes/operations/run/hints';
import type { Call } from '../../nodes/operations/run/plan';
import type { Results } from '../../nodes/operations/run/results';
import type { RunOptions } from '../../nodes/operations/runOptions';

/** One call for items with these characters that cost more. */
const callFor = (...characters: string[][]): Call =>
	({
		operation: { subjects: () => ['Ann'] },
		shares: characters.map((some, itemIndex) => ({
			item: {
				itemIndex,
				cost: { parts: 3, saving: some.length > 0 ? { characters: some, parts: 2 } : undefined },
			},
			recipients: [],
		})),
	}) as unknown as Call;
const plain = { shares: [{ item: { itemIndex: 0 }, recipients: [] }] } as unknown as Call;

const BECAUSE = "because of characters that aren't in the SMS alphabet (GSM-7)";

test.each<[calls: Call[], remarks: string[]]>([
	[[], []],
	[[plain, callFor([])], []],
	[[callFor([], ['Ł'])], [`1 text takes 3 SMS parts instead of 2, ${BECAUSE}: Ł in item 1.`]],
	[
		[callFor(['Ł', 'á'], ['Ł'], ['Ł'])],
		[`3 texts take 9 SMS parts instead of 6, ${BECAUSE}: Ł in item 0 and 2 more; á in item 0.`],
	],
	[
		[callFor([...'abcde'])],
		[
			`1 text takes 3 SMS parts instead of 2, ${BECAUSE}: a in item 0; b in item 0; c in item 0; d in item 0; e in item 0.`,
		],
	],
	[
		[callFor([...'abcdefg'])],
		[
			`1 text takes 3 SMS parts instead of 2, ${BECAUSE}: a in item 0; b in item 0; c in item 0; d in item 0; e in item 0; and 2 more.`,
		],
	],
])('what characters cost is said in one sentence (%#)', (calls, remarks) => {
	expect(costRemarks(calls)).toEqual(remarks);
});

test('a limit of SMS parts has no effect if no text goes to SMS', () => {
	const told =
		'<b>SMS Parts at Most</b> has no effect because no text goes to a channel that is known to send SMS.';
	const other = { ...callFor([]), shares: [{ item: {}, recipients: [] }] } as unknown as Call;
	expect(idleLimit([other], { maxParts: 5, summary: false })).toEqual([told]);
	expect(idleLimit([callFor([])], { maxParts: 5, summary: false })).toEqual([]);
	expect(idleLimit([other], { summary: false })).toEqual([]);
});

/** The hints of a run with so many items, of which the first few have duplicates. */
function hintsOf(
	options: Partial<RunOptions>,
	{ items = 1, duplicates = [] as unknown[], combine = {} as unknown, oddities = [] as string[] } = {},
) {
	const hints: string[] = [];
	const context = {
		getInputData: () => Array.from({ length: items }),
		addExecutionHints(...added: Array<{ message: string; location: string }>) {
			expect(added.map(({ location }) => location)).toEqual(['outputPane']);
			hints.push(...added.map(({ message }) => message));
		},
	} as unknown as IExecuteFunctions;
	const results = {
		get: (index: number) =>
			index < duplicates.length
				? { output: [{ duplicateCount: duplicates[index] }] }
				: { error: new Error() },
	} as unknown as Results;
	const run = { recipientsPerCall: 500, entered: {}, ...options } as RunOptions;
	addHints(context, { combine } as AnyOperation, run, results, oddities);
	return hints;
}

const TOO_MANY =
	'Each of the 1000 items was sent in a separate request. Turn on <b>Options > Combine Items</b> to send items that differ only in their recipients together, which is faster.';
const separate = { recipientsPerCall: undefined };

test('nothing is said about a run as usual', () => {
	expect(hintsOf({})).toEqual([]);
	expect(hintsOf({}, { items: 1_000 })).toEqual([]);
	expect(hintsOf({}, { duplicates: [0, undefined] })).toEqual([]);
});

test('oddities of the service are passed on', () =>
	expect(hintsOf({}, { oddities: ['Odd.'] })).toEqual(['Odd.']));

test.each<[entered: RunOptions['entered'], hints: string[]]>([
	[{ combineItems: true, recipientsPerCall: 5 }, []],
	[{ keptRecipients: 5 }, ['<b>Kept Recipients</b> has no effect without Broadcast Name.']],
	[{ keptRecipients: 5, broadcastName: 'sale' }, []],
])('with the options %j, those without effect are named', (entered, hints) => {
	expect(hintsOf({ entered })).toEqual(hints);
});

test('options for shared requests have no effect on separate ones', () => {
	const entered = { combineItems: true, recipientsPerCall: 5 };
	expect(hintsOf({ ...separate, entered })).toEqual([
		'<b>Combine Items</b> has no effect while the node waits for delivery: each item is sent in a separate request.',
		'<b>Recipients per Request</b> has no effect because each item is sent in a separate request.',
	]);
	expect(hintsOf({ ...separate, entered: { combineItems: false } })).toEqual([]);
});

test.each<[items: number, combine: unknown, hints: string[]]>([
	[999, {}, []],
	[1_000, {}, [TOO_MANY]],
	[1_000, { isImpossible: () => false }, [TOO_MANY]],
	[1_000, { isImpossible: () => true }, []],
	[1_000, undefined, []],
])('%i separate items of an operation that combines by %j', (items, combine, hints) => {
	expect(hintsOf(separate, { items, combine: combine ?? null })).toEqual(hints);
});

test('duplicates are counted, with what to do to send them on purpose', () => {
	const all = { items: 4, duplicates: [2, undefined, '1'] };
	const told = 'Duplicate recipients get the message once (3 left out). To send it again on purpose, ';
	expect(hintsOf({}, all)).toEqual([`${told}turn off <b>Options > Combine Items</b>.`]);
	expect(hintsOf({ entered: { broadcastName: 'sale' } }, all)).toEqual([
		`${told}use different values of <b>Broadcast > Broadcast Name</b>.`,
	]);
});
