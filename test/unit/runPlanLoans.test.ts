import type { AnyOperation } from '../../nodes/operations/defineOperation';
import type { Outcome } from '../../nodes/operations/outcome';
import { newBroadcast } from '../../nodes/operations/run/broadcast';
import type { Plan } from '../../nodes/operations/run/plan';
import type { Results } from '../../nodes/operations/run/results';
import { correctLoans, runPlan } from '../../nodes/operations/run/runPlan';
import { RequestError, UnknownOutcomeError } from '../../nodes/transport/errors';

const sent: Outcome = { output: [{ id: 1 }] };
const held: Outcome = { output: [{ held: true }] };
const refused: Outcome = { error: new RequestError('Gone', 'Look', 404) };

/** Collects outcomes, and how each of them was noted. */
function resultsOf(outcomes: Record<number, Outcome>) {
	const noted: string[] = [];
	const note = (how: string) => (itemIndex: number, outcome: Outcome) => {
		noted.push(`${how} ${itemIndex}`);
		outcomes[itemIndex] = outcome;
	};
	const results = {
		get: (itemIndex: number) => outcomes[itemIndex],
		update: note('update'),
		remember: note('remember'),
		isOver: () => false,
	} as unknown as Results;
	return { results, noted };
}

/** Corrects the outcome of item 1, which names Ann and Bob, once it is known who was served and who is in doubt. */
function corrected(outcome: Outcome | undefined, served: string[], inDoubt: string[] = [], hasLoan = true) {
	const broadcast = { ...newBroadcast(), hasLoans: true, served: new Set(served) };
	for (const identity of inDoubt) broadcast.inDoubt.set(identity, 0);
	const item = { itemIndex: 1 };
	const identities = ['Ann', 'Bob'];
	const recipients = identities.map((identity) => ({ identity }));
	const plan = {
		calls: [{ shares: [{ item, recipients }], broadcast }],
		loans: hasLoan ? [{ item, identities, broadcast }] : [],
	};
	const outcomes: Record<number, Outcome> = outcome ? { 1: outcome } : {};
	const { results, noted } = resultsOf(outcomes);
	correctLoans(plan as unknown as Plan, results);
	const after = outcomes[1];
	if (after === outcome) return { noted };
	const {
		constructor,
		message,
		description,
		outcome: told,
	} = (after as { error: UnknownOutcomeError }).error;
	return { noted, kind: constructor.name, message, description, told };
}

const PARTLY = 'Only some recipients of this item were sent the message';

describe.each([true, false])('an item of a broadcast with loans (its own: %s)', (hasLoan) => {
	test.each<[what: string, outcome: Outcome | undefined, served: string[], inDoubt: string[]]>([
		['was sent to all', sent, ['Ann', 'Bob'], []],
		['was refused for all', refused, [], []],
		['was held for all', held, [], []],
		['is unknown itself', { error: new UnknownOutcomeError('Lost', '') }, ['Ann'], ['Bob']],
		['has no outcome', undefined, ['Ann'], []],
	])('that %s is right as it is', (_what, outcome, served, inDoubt) => {
		expect(corrected(outcome, served, inDoubt, hasLoan)).toEqual({ noted: [] });
	});

	test('that was refused after one of its recipients was served is partly sent', () => {
		expect(corrected(refused, ['Bob'], [], hasLoan)).toMatchObject({
			noted: ['remember 1'],
			kind: 'PartlyServedError',
			message: `${PARTLY}: Gone`,
			told: 'partlySent',
		});
	});

	test('that is held after one of its recipients was served is partly sent', () => {
		expect(corrected(held, ['Bob'], [], hasLoan)).toMatchObject({
			noted: ['remember 1'],
			kind: 'PartlyServedError',
			message: `${PARTLY}: it is held`,
		});
	});

	test('that was sent to one recipient when the run ended is cut short, which is not remembered', () => {
		expect(corrected(sent, ['Bob'], [], hasLoan)).toMatchObject({
			noted: ['update 1'],
			kind: 'CutShortError',
			message: `${PARTLY} before the run ended`,
		});
	});

	test('whose other recipient may have the message is unknown', () => {
		expect(corrected(sent, ['Bob'], ['Ann'], hasLoan)).toMatchObject({
			noted: ['remember 1'],
			kind: 'UnknownOutcomeError',
			message:
				"It's unknown whether all recipients of this item were sent the message: some are also recipients of item 0, and its outcome is unknown",
			description:
				'Look them up in the service before you send to them again, so that no one gets the message twice.',
		});
		// Who was served is in doubt no longer.
		expect(corrected(sent, ['Ann', 'Bob'], ['Ann'], hasLoan)).toEqual({ noted: [] });
	});
});

test('items of a broadcast without loans are left alone', () => {
	const share = { item: { itemIndex: 1 }, recipients: [{ identity: 'Ann' }] };
	const calls = [{ shares: [share], broadcast: newBroadcast() }, { shares: [share] }];
	const { results, noted } = resultsOf({ 1: sent });
	correctLoans({ calls, loans: [] } as unknown as Plan, results);
	expect(noted).toEqual([]);
});

describe('an item whose recipients all belong to other items', () => {
	/** What becomes of item 2, whose recipients are those of items 0 and 1. */
	async function followed(first: Outcome | undefined, second: Outcome | undefined, item: object = {}) {
		const operation = {
			combine: { withRecipients: () => ({}) },
			addressee: (subject: string) => `<${subject}>`,
		} as unknown as AnyOperation;
		const borrowed = [0, 1].map((origin) => ({ origin, recipient: { subject: `person ${origin}` } }));
		const loan = { item: { itemIndex: 2, operation, ...item }, borrowed, duplicates: 2, hasOwn: false };
		const outcomes = [first, second];
		const { results } = resultsOf(outcomes as Outcome[]);
		await runPlan(
			{ calls: [], loans: [loan], broadcasts: new Map() } as unknown as Plan,
			{ results, concurrency: 1 } as never,
		);
		return outcomes[2];
	}

	const counts = { recipientCount: 0, duplicateCount: 2 };

	test('has their outcome, and counts no one', async () => {
		expect(await followed(sent, { output: [{ id: 2 }] })).toEqual({
			output: [{ id: 1, ...counts }],
			served: [],
		});
	});

	test('has no outcome while none of theirs is known', async () => {
		expect(await followed(undefined, undefined)).toBeUndefined();
	});

	test('is as unknown as one of them', async () => {
		const unknown = { error: new UnknownOutcomeError('Lost', '') };
		expect(await followed(sent, unknown)).toBe(unknown);
	});

	test('with a broadcast name is skipped, and says who gets the message', async () => {
		expect(await followed(sent, sent, { broadcastName: 'sale' })).toEqual({
			output: [
				{
					id: 1,
					status: 'skipped',
					broadcastName: 'sale',
					skippedReason: '"sale" goes to its recipients through other items of this run',
					skippedRecipients: ['<person 0>', '<person 1>'],
					...counts,
				},
			],
			served: [],
		});
	});

	test('adds to what an earlier request for it did', async () => {
		const earlier = { output: { id: 9, recipientCount: 3 }, served: ['to Ann'], duplicates: 1 };
		expect(await followed(sent, sent, { broadcastName: 'sale', earlier })).toEqual({
			output: [{ id: 9, recipientCount: 3, duplicateCount: 3 }],
			served: ['to Ann'],
		});
	});
});
