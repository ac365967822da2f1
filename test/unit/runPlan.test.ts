import fc from 'fast-check';
import type { Outcome } from '../../nodes/operations/outcome';
import { PartlyServedError } from '../../nodes/operations/outcome';
import { UnknownOutcomeError } from '../../nodes/transport/errors';
import type { Failing, Item } from '../support/planRun';
import { hello, refusal, refusing, runMessages } from '../support/planRun';

/** Runs items one request after the other. */
const run = (items: Item[], failureOf: Failing, recipientsPerCall = 500, continues = true) =>
	runMessages(items, failureOf, { recipientsPerCall, continues });

const countsOf = (outcome: Outcome | undefined) => {
	const [{ recipientCount, duplicateCount }] = (outcome as { output: Array<Record<string, number>> }).output;
	return [recipientCount, duplicateCount];
};

test('exactly the items that name a refused recipient fail, and everyone else is served once', async () => {
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
	test('has the outcome of that item, and contributes no one', async () => {
		const { calls, outcomes } = await run([hello('1', '2'), hello('2')], () => undefined);
		expect(calls).toEqual([['1', '2']]);
		expect(outcomes[1]).toEqual({
			output: [{ requestId: 'request 1', requestItemCount: 1, recipientCount: 0, duplicateCount: 1 }],
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
		expect(outcomes[0]).toMatchObject({ error: { message: expect.stringMatching(/^Only some.*: No$/) } });
		expect(outcomes[1]).toEqual({
			output: [{ requestId: 'request 2', requestItemCount: 1, recipientCount: 1, duplicateCount: 1 }],
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
			output: [{ requestId: 'request 2', requestItemCount: 1, recipientCount: 2, duplicateCount: 0 }],
			served: ['601 undefined phones 3', '601 undefined phones 2'],
		});
	});

	test('must not be repeated as a whole if the rest is refused afterwards', async () => {
		const { outcomes } = await run([hello('1', '2'), hello('2', '3')], refusing('2'), 2);
		const { error } = outcomes[1] as { error: Error };
		expect(error).toBeInstanceOf(PartlyServedError);
		expect(error.message).toBe('Only some recipients of this item were sent the message: No');
	});

	test('does not hold back others if the rest is refused', async () => {
		const items = [hello('5', '6'), hello('5', '1', '6'), hello('6')];
		const { delivered, outcomes } = await run(items, refusing('5'), 1);
		expect(delivered).toEqual(['Hello to 1', 'Hello to 6']);
		expect(outcomes[2]).toMatchObject({ output: [{ recipientCount: 1 }] });
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
	const done: Outcome = { output: [{ requestId: 'before', recipientCount: 1 }] };
	const { calls, outcomes } = await run(
		[{ ...hello('1'), done }, hello('1'), hello('1', '2')],
		() => undefined,
	);
	expect(calls).toEqual([['2']]);
	expect(outcomes[1]).toMatchObject({
		output: [{ requestId: 'before', recipientCount: 0, duplicateCount: 1 }],
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

describe('an item that shares a recipient with an item whose outcome is unknown', () => {
	const lost = new UnknownOutcomeError('Lost');
	const losing =
		(person: string, ...bad: string[]): Failing =>
		(people) =>
			people.includes(person) ? lost : refusing(...bad)(people, '');

	test('is unknown too, although its own recipients were served', async () => {
		const { calls, outcomes } = await run([hello('1'), hello('1', '2'), hello('2')], losing('1'), 1);
		expect(calls).toEqual([['1'], ['2']]);
		const { error } = outcomes[1] as { error: Error };
		expect(error).toBeInstanceOf(UnknownOutcomeError);
		expect(error.message).toBe(
			"It's unknown whether all recipients of this item were sent the message: some are also recipients of item 0, and its outcome is unknown",
		);
		// Its recipient was served, by item 1.
		expect(outcomes[2]).toHaveProperty('output');
	});

	test('is unknown too if its own recipients were refused', async () => {
		const { outcomes } = await run([hello('1'), hello('1', '2')], losing('1', '2'), 1);
		expect((outcomes[1] as { error: Error }).error.message).toMatch(/^It's unknown whether all recipients/);
	});

	test('is a success if another item reached that recipient for certain', async () => {
		const done: Outcome = { output: [{ requestId: 'before' }] };
		const { outcomes } = await run([{ ...hello('1'), done }, hello('1', '2')], losing('3'), 1);
		expect(outcomes[1]).toHaveProperty('output');
	});

	test('is unknown too if an earlier try left the other item unknown', async () => {
		const { outcomes } = await run([{ ...hello('1'), done: { error: lost } }, hello('1', '2')], refusing());
		expect(outcomes[1]).toMatchObject({ error: expect.any(UnknownOutcomeError) });
	});
});

test('an item that is refused was served in part if another item served one of its recipients', async () => {
	const { delivered, outcomes } = await run([hello('1'), hello('1', '2')], refusing('2'), 1);
	expect(delivered).toEqual(['Hello to 1']);
	const { error } = outcomes[1] as { error: PartlyServedError };
	expect(error).toBeInstanceOf(PartlyServedError);
	expect(error.message).toBe('Only some recipients of this item were sent the message: No');
	expect(error.status).toBe(422);
});

test('a refused item was served in part if a later item serves one of its recipients', async () => {
	const { delivered, outcomes } = await run([hello('1', '2'), hello('1')], refusing('2'), 1);
	expect(delivered).toEqual(['Hello to 1']);
	expect(outcomes.map((outcome) => 'error' in outcome! && outcome.error.message)).toEqual([
		'Only some recipients of this item were sent the message: No',
		false,
	]);
});

test('every item reports the truth, no matter who is refused or lost and how items share recipients', async () => {
	const person = fc.constantFrom(...'12345678');
	const item = fc.record({
		text: fc.constantFrom('Hello', 'Bye'),
		people: fc.array(person, { minLength: 1, maxLength: 4 }),
	});
	const people = fc.uniqueArray(person, { maxLength: 3 });
	const settings = fc.record({
		recipientsPerCall: fc.integer({ min: 1, max: 8 }),
		concurrency: fc.integer({ min: 1, max: 4 }),
	});
	const list = fc.array(item, { maxLength: 12 });
	await fc.assert(
		fc.asyncProperty(list, people, people, settings, async (items, bad, lost, how) => {
			const inDoubt = new Set<string>();
			const { delivered, calls, outcomes } = await runMessages(
				items,
				(named, text) => {
					if (named.some((one) => bad.includes(one))) return refusal();
					if (!named.some((one) => lost.includes(one))) return undefined;
					for (const one of named) inDoubt.add(`${text} to ${one}`);
					return new UnknownOutcomeError('Lost');
				},
				how,
			);
			const got = new Set(delivered);
			// No one is served twice, or again after an unknown outcome.
			expect(got.size).toBe(delivered.length);
			expect(delivered.filter((one) => inDoubt.has(one))).toEqual([]);
			items.forEach(({ text, people: named }, index) => {
				const outcome = outcomes[index]!;
				const wanted = named.map((one) => `${text} to ${one}`);
				const served = wanted.filter((one) => got.has(one)).length;
				const isDoubtful = wanted.some((one) => inDoubt.has(one));
				if ('output' in outcome) expect(served).toBe(wanted.length);
				else if (!(outcome.error instanceof UnknownOutcomeError))
					expect([served, isDoubtful]).toEqual([0, false]);
				// An item without a refused recipient fails only because of unknown outcomes.
				const isBad = named.some((one) => bad.includes(one));
				if (!isBad) expect('output' in outcome).toBe(!isDoubtful);
				if (outcome && 'error' in outcome && outcome.error instanceof PartlyServedError) {
					expect(served).toBeGreaterThan(0);
					expect(served).toBeLessThan(wanted.length);
				}
			});
			expect(calls.length).toBeLessThanOrEqual(4 * items.length + 1);
		}),
		{ numRuns: 1_000 },
	);
});

test('no one is served twice across several tries, and in the end every item reports the truth', async () => {
	const person = fc.constantFrom(...'123456');
	const item = fc.record({
		text: fc.constantFrom('Hello', 'Bye'),
		people: fc.array(person, { minLength: 1, maxLength: 3 }),
	});
	const some = fc.uniqueArray(person, { maxLength: 2 });
	/** Who is refused and who is lost in one try. */
	const tries = fc.array(fc.record({ bad: some, lost: some, continues: fc.boolean() }), {
		minLength: 1,
		maxLength: 5,
	});
	const size = fc.integer({ min: 1, max: 5 });
	await fc.assert(
		fc.asyncProperty(
			fc.array(item, { maxLength: 8 }),
			tries,
			size,
			size,
			async (items, all, recipientsPerCall, concurrency) => {
				let kept = {};
				const got: string[] = [];
				const inDoubt = new Set<string>();
				let outcomes: Array<Outcome | undefined> = [];
				for (const { bad, lost, continues } of all) {
					const failing: Failing = (named, text) => {
						if (named.some((one) => bad.includes(one))) return refusal();
						if (!named.some((one) => lost.includes(one))) return undefined;
						for (const one of named) inDoubt.add(`${text} to ${one}`);
						return new UnknownOutcomeError('Lost');
					};
					const settings = { recipientsPerCall, concurrency, continues, kept };
					const result = await runMessages(items, failing, settings);
					outcomes = result.outcomes;
					got.push(...result.delivered);
					kept = JSON.parse(JSON.stringify(kept)) as object;
				}
				expect(new Set(got).size).toBe(got.length);
				expect(got.filter((one) => inDoubt.has(one))).toEqual([]);
				items.forEach(({ text, people }, index) => {
					const outcome = outcomes[index];
					const wanted = people.map((one) => `${text} to ${one}`);
					if (outcome && 'output' in outcome) expect(wanted.filter((one) => !got.includes(one))).toEqual([]);
				});
			},
		),
		{ numRuns: 1_000 },
	);
});
