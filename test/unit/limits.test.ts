import type { AnyOperation } from '../../nodes/operations/defineOperation';
import {
	addTo,
	messagesIn,
	minutesFor,
	pauseAfter,
	refusalOf,
	sizeOf,
} from '../../nodes/operations/run/limits';
import { newBroadcast } from '../../nodes/operations/run/broadcast';
import type { Call } from '../../nodes/operations/run/plan';

const operation = { subjects: () => ['Ann', 'Bob'] } as unknown as AnyOperation;

/** A combined call with items of so many recipients each, of so many SMS parts. */
const combined = (counts: number[], parts?: number): Call =>
	({
		operation,
		broadcast: newBroadcast(),
		shares: counts.map((length) => ({
			item: { cost: parts === undefined ? undefined : { parts } },
			recipients: Array.from({ length }, () => ({})),
		})),
	}) as unknown as Call;
/** A call of one item, to two recipients. */
const alone = { operation, shares: [{ item: {}, recipients: [] }] } as unknown as Call;

test('the size of a run is its number of messages, and of SMS parts if known', () => {
	expect(sizeOf([])).toEqual({ recipients: 0 });
	expect(sizeOf([combined([1, 3]), alone])).toEqual({ recipients: 6 });
	expect(sizeOf([combined([1, 3], 2), alone, combined([5], 3)])).toEqual({ recipients: 11, parts: 23 });
	expect(messagesIn(combined([1, 3, 5]), combined([2, 4]).shares)).toBe(6);
	expect(messagesIn(alone, alone.shares)).toBe(2);
	const size = { recipients: 10, parts: 1 };
	addTo(size, combined([2], 2), combined([2], 2).shares);
	expect(size).toEqual({ recipients: 12, parts: 5 });
});

test('at a pace, all calls but the last take their time', () => {
	expect(minutesFor([], 10)).toBe(0);
	expect(minutesFor([combined([50])], 10)).toBe(0);
	expect(minutesFor([combined([50]), alone, combined([100])], 30)).toBe(1.73);
	expect(pauseAfter(50, 200)).toBe(15_000);
});

test.each<[limits: object, refusal: string | undefined]>([
	[{}, undefined],
	[{ maxRecipients: 1_200 }, undefined],
	[
		{ maxRecipients: 1_199, maxParts: 1 },
		'This run has 1,200 recipients, but Recipients at Most is 1,199, so nothing was sent',
	],
	[{ maxParts: 2_400, maxRecipients: 9_999 }, undefined],
	[
		{ maxParts: 2_399 },
		'This run takes 2,400 SMS parts, but SMS Parts at Most is 2,399, so nothing was sent',
	],
	[{ maxParts: 0 }, 'This run takes 2,400 SMS parts, but SMS Parts at Most is 0, so nothing was sent'],
	[{ maxRecipients: 0 }, 'This run has 1,200 recipients, but Recipients at Most is 0, so nothing was sent'],
])('with the limits %j, a run is refused with: %s', (limits, refusal) => {
	expect(refusalOf([combined([1_200], 2)], { summary: false, ...limits })).toBe(refusal);
});

test('a run whose SMS parts are not known exceeds no limit of them', () => {
	expect(refusalOf([combined([1_200])], { maxParts: 1, summary: false })).toBeUndefined();
});
