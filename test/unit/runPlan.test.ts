import fc from 'fast-check';
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { combineTargets } from '../../nodes/NativeMsg/message/combineTargets';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import type { Outcome } from '../../nodes/operations/outcome';
import { PartlyServedError } from '../../nodes/operations/outcome';
import type { PreparedItem } from '../../nodes/operations/run/plan';
import { createGivingUp } from '../../nodes/operations/run/givingUp';
import { createPlan } from '../../nodes/operations/run/plan';
import { startResults } from '../../nodes/operations/run/results';
import { correctLoans, runPlan } from '../../nodes/operations/run/runPlan';
import type { ApiClient } from '../../nodes/transport/client';
import { RequestError, UnknownOutcomeError } from '../../nodes/transport/errors';

interface Item {
	text: string;
	/** Phones, as digits. */
	people: string[];
	/** What became of it in an earlier try. */
	done?: Outcome;
}
interface Body {
	text: string;
	targets: Array<{ phones: string[] }>;
}

const node = { name: 'NativeMsg' } as INode;
const operation = { endpoint: 'POST /messages', combine: combineTargets } as unknown as AnyOperation;
const refusal = () => new RequestError('No', '', 422);

const prepared = ({ text, people }: Item, itemIndex: number): PreparedItem => {
	const targets = [{ targetType: 'phones', phones: people, channelId: 601 }];
	return { itemIndex, operation, request: { body: { text, targets } } } as unknown as PreparedItem;
};

/** Runs items against a service that fails as `failureOf` says. */
async function run(
	items: Item[],
	failureOf: (people: string[], text: string) => Error | undefined,
	recipientsPerCall = 500,
	continues = true,
	concurrency = 1,
) {
	const delivered: string[] = [];
	const calls: string[][] = [];
	const call = async (_endpoint: string, { body }: { body: Body }) => {
		const people = body.targets.flatMap(({ phones }) => phones);
		calls.push(people);
		const failure = failureOf(people, body.text);
		if (failure) throw failure;
		delivered.push(...people.map((person) => `${body.text} to ${person}`));
		return { requestId: `request ${calls.length}` };
	};
	const context = {
		getNode: () => node,
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => continues,
		logger: { info: () => {} },
	} as unknown as IExecuteFunctions;
	const results = startResults(
		context,
		{ recall: () => undefined, keep: () => {}, forget: () => {} },
		items.length,
	);
	const plan = createPlan(recipientsPerCall);
	for (const [itemIndex, item] of items.entries()) {
		if (item.done) results.set(itemIndex, item.done);
		plan.add(prepared(item, itemIndex), item.done);
	}
	const client = { call, service: 'nativeMsg' } as unknown as ApiClient;
	const givingUp = createGivingUp('nativeMsg');
	await runPlan(plan, { client, concurrency, results, recipientsPerCall, givingUp });
	correctLoans(plan, results);
	return { delivered, calls, outcomes: items.map((_, itemIndex) => results.get(itemIndex)) };
}

const refusing =
	(...bad: string[]) =>
	(people: string[]) =>
		people.some((person) => bad.includes(person)) ? refusal() : undefined;
const countsOf = (outcome: Outcome | undefined) => {
	const [{ recipients, duplicateRecipients }] = (outcome as { output: Array<Record<string, number>> }).output;
	return [recipients, duplicateRecipients];
};

test('exactly the items that name a refused recipient fail, and everybody else is served once', async () => {
	const person: fc.Arbitrary<string> = fc.constantFrom('1', '2', '3', '4', '5', '6');
	const item: fc.Arbitrary<Item> = fc.record({
		text: fc.constantFrom('Hello', 'Bye'),
		people: fc.array(person, { minLength: 1, maxLength: 4 }),
	});
	const list = fc.array(item, { maxLength: 8 });
	const bad = fc.uniqueArray(person, { maxLength: 3 });
	await fc.assert(
		fc.asyncProperty(list, bad, fc.integer({ min: 1, max: 5 }), async (items, refused, size) => {
			const { delivered, outcomes } = await run(items, refusing(...refused), size);
			expect(new Set(delivered).size).toBe(delivered.length);
			items.forEach(({ text, people }, index) => {
				const outcome = outcomes[index]!;
				expect('error' in outcome).toBe(people.some((one) => refused.includes(one)));
				if ('error' in outcome) return;
				for (const one of people) expect(delivered).toContain(`${text} to ${one}`);
				const [recipients, duplicates] = countsOf(outcome);
				expect(recipients + duplicates).toBe(people.length);
			});
			// Each recipient who was served counts for one item.
			const counted = outcomes.flatMap((one) => ('output' in one! ? [countsOf(one)[0]] : []));
			const isPartly = outcomes.some((one) => 'error' in one! && one.error instanceof UnknownOutcomeError);
			if (!isPartly) expect(counted.reduce((sum, one) => sum + one, 0)).toBe(delivered.length);
		}),
		{ numRuns: 500 },
	);
});

const hello = (...people: string[]): Item => ({ text: 'Hello', people });

test('the example at the top of plan.ts ends as described there', async () => {
	const [ann, bob, cem] = ['1', '2', '3'];
	const items = [hello(ann, bob), hello(bob, cem), hello(bob)];
	const { delivered, outcomes } = await run(items, refusing(ann));
	expect(delivered).toEqual([`Hello to ${cem}`, `Hello to ${bob}`]);
	expect(outcomes[0]).toHaveProperty('error');
	expect([countsOf(outcomes[1]), countsOf(outcomes[2])]).toEqual([
		[2, 0],
		[0, 1],
	]);
});

describe('an item whose recipients all belong to another item', () => {
	test('has the outcome of that item, and brings nobody', async () => {
		const { calls, outcomes } = await run([hello('1', '2'), hello('2')], () => undefined);
		expect(calls).toEqual([['1', '2']]);
		expect(outcomes[1]).toEqual({
			output: [{ requestId: 'request 1', itemsInRequest: 1, recipients: 0, duplicateRecipients: 1 }],
			served: [],
		});
	});

	test('fails like that item if the outcome is unknown', async () => {
		const lost = new UnknownOutcomeError('Lost');
		const { calls, outcomes } = await run([hello('1', '2'), hello('2')], () => lost);
		expect(calls).toHaveLength(1);
		expect(outcomes[1]).toEqual({ error: lost });
	});

	test('is served on its own if that item is refused', async () => {
		const { calls, outcomes } = await run([hello('1', '2'), hello('2', '2')], refusing('1'));
		expect(calls).toEqual([['1', '2'], ['2']]);
		expect(outcomes[0]).toMatchObject({ error: { message: 'No' } });
		expect(outcomes[1]).toEqual({
			output: [{ requestId: 'request 2', itemsInRequest: 1, recipients: 1, duplicateRecipients: 1 }],
			served: ['601 undefined phones 2'],
		});
	});

	test('has an unknown outcome if one of several such items does', async () => {
		const lost = new UnknownOutcomeError('Lost');
		const failure = (people: string[]) => (people.includes('2') ? lost : undefined);
		const { outcomes } = await run([hello('1'), hello('2'), hello('1', '2')], failure, 1);
		expect(outcomes[0]).toHaveProperty('output');
		expect(outcomes[2]).toEqual({ error: lost });
	});
});

describe('an item with some recipients that belong to another item', () => {
	test('serves them later if the other item is refused, and counts all of them', async () => {
		const { calls, outcomes } = await run([hello('1', '2'), hello('2', '3')], refusing('1'), 2);
		expect(calls).toEqual([['1', '2'], ['3'], ['2']]);
		expect(outcomes[1]).toEqual({
			output: [{ requestId: 'request 2', itemsInRequest: 1, recipients: 2, duplicateRecipients: 0 }],
			served: ['601 undefined phones 3', '601 undefined phones 2'],
		});
	});

	test('must not be repeated as a whole if the rest is refused afterwards', async () => {
		const { outcomes } = await run([hello('1', '2'), hello('2', '3')], refusing('2'), 2);
		const { error } = outcomes[1] as { error: Error };
		expect(error).toBeInstanceOf(PartlyServedError);
		expect(error.message).toBe('Only some of the recipients of this item were served: No');
	});

	test('does not hold back others if the rest is refused', async () => {
		const items = [hello('5', '6'), hello('5', '1', '6'), hello('6')];
		const { delivered, outcomes } = await run(items, refusing('5'), 1);
		expect(delivered).toEqual(['Hello to 1', 'Hello to 6']);
		expect(outcomes[2]).toMatchObject({ output: [{ recipients: 1 }] });
	});

	test('holds back others if its own outcome is unknown', async () => {
		const items = [hello('5', '6'), hello('5', '1', '6'), hello('6')];
		let isFirst = true;
		const failure = (people: string[]) => {
			if (!people.includes('5')) return undefined;
			const error = isFirst ? refusal() : new UnknownOutcomeError('Lost');
			isFirst = false;
			return error;
		};
		const { delivered, outcomes } = await run(items, failure, 1);
		expect(delivered).toEqual(['Hello to 1']);
		expect(outcomes[2]).toEqual(outcomes[1]);
	});

	test('is not sent again if it is refused itself', async () => {
		const { calls, outcomes } = await run([hello('1', '2'), hello('2', '3')], refusing('1', '3'), 2);
		expect(calls).toEqual([['1', '2'], ['3']]);
		expect(outcomes[1]).toMatchObject({ error: { message: 'No' } });
	});
});

test('an item that an earlier try sent is not sent again, and counts for the others', async () => {
	const done: Outcome = { output: [{ requestId: 'before', recipients: 1 }] };
	const { calls, outcomes } = await run(
		[{ ...hello('1'), done }, hello('1'), hello('1', '2')],
		() => undefined,
	);
	expect(calls).toEqual([['2']]);
	expect(outcomes[1]).toMatchObject({
		output: [{ requestId: 'before', recipients: 0, duplicateRecipients: 1 }],
	});
	expect(countsOf(outcomes[2])).toEqual([1, 1]);
});

test('items that depend on others have no outcome in a node that stops', async () => {
	const { outcomes } = await run(
		[hello('1'), hello('2'), hello('2'), hello('2', '3')],
		refusing('1'),
		1,
		false,
	);
	expect(outcomes.slice(1)).toEqual([undefined, undefined, undefined]);
});

test('a node that stops at the first failure sends nothing more', async () => {
	const { calls } = await run([hello('1', '2'), hello('2', '3'), hello('2')], refusing('1'), 2, false);
	expect(calls).toEqual([['1', '2']]);
});
