import fc from 'fast-check';
import { combineTargets } from '../../nodes/NativeMsg/message/combineTargets';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import type { Call, Plan, PreparedItem } from '../../nodes/operations/run/plan';
import { countsOf, createPlan, hasCounts, recipientsInWords } from '../../nodes/operations/run/plan';
import type { Recipient } from '../../nodes/operations/combine';

/** One recipient as an item names it: some are the same person, on one channel or two. */
interface Named {
	person: number;
	channelId: number;
	withPlus: boolean;
}

interface Item {
	text: string;
	recipients: Named[];
	/** Sent by an earlier try. */
	isDone: boolean;
}

const operation = { endpoint: 'POST /messages', combine: combineTargets } as unknown as AnyOperation;

const phoneOf = ({ person, withPlus }: Named) => `${withPlus ? '+' : ''}1201555010${person}`;
/** What a recipient gets, no matter how it was named. */
const delivery = (text: string, channelId: number, person: number) => `${text} on ${channelId} to ${person}`;

const named: fc.Arbitrary<Named> = fc.record({
	person: fc.nat(5),
	channelId: fc.constantFrom(601, 602),
	withPlus: fc.boolean(),
});
const items: fc.Arbitrary<Item[]> = fc.array(
	fc.record({
		text: fc.constantFrom('Hello', 'How are you?', 'Bye'),
		recipients: fc.array(named, { minLength: 1, maxLength: 4 }),
		isDone: fc.boolean().chain((maybe) => (maybe ? fc.boolean() : fc.constant(false))),
	}),
	{ maxLength: 20 },
);
const limit = fc.integer({ min: 1, max: 6 });

const onSms = (person: number): Named => ({ person, channelId: 601, withPlus: true });

function prepared({ text, recipients }: Item, itemIndex: number): PreparedItem {
	const targets = recipients.map((one) => ({
		targetType: 'phones',
		phones: [phoneOf(one)],
		channelId: one.channelId,
	}));
	return { itemIndex, operation, request: { body: { text, targets } } } as unknown as PreparedItem;
}

function planOf(all: Item[], recipientsPerCall?: number): Plan {
	const plan = createPlan(recipientsPerCall);
	all.forEach((item, index) => plan.add(prepared(item, index), item.isDone ? { output: [] } : undefined));
	return plan;
}

const textOf = ({ request }: Call) => (request as unknown as { body: { text: string } }).body.text;
const itemsOf = ({ shares }: Call) => shares.map(({ item }) => item.itemIndex);
const recipientsOf = ({ shares }: Call) => shares.flatMap(({ recipients }) => recipients);

/** What an item wants to be delivered. */
const wanted = ({ text, recipients }: Item) =>
	recipients.map(({ channelId, person }) => delivery(text, channelId, person));

function deliveryOf(text: string, { value }: Recipient): string {
	const { phone, target } = value as { phone: string; target: { channelId: number } };
	return delivery(text, target.channelId, Number(phone.at(-1)));
}

/** What requests deliver. */
const delivered = (calls: Call[]) =>
	calls.flatMap((call) => recipientsOf(call).map((recipient) => deliveryOf(textOf(call), recipient)));

/** All calls that a call waits for, directly or indirectly. */
function earlierThan(calls: Call[], position: number): Set<number> {
	const direct = [...calls[position].after];
	return new Set([...direct, ...direct.flatMap((before) => [...earlierThan(calls, before)])]);
}

const always = (check: (all: Item[], plan: Plan, limit: number) => void) =>
	fc.assert(fc.property(items, limit, (all, size) => check(all, planOf(all, size), size)));

test('every item of a plan is in one request, borrows all its recipients from other items, or is done', () => {
	always((all, { calls, loans }) => {
		const done = all.flatMap(({ isDone }, index) => (isDone ? [index] : []));
		const borrowers = loans.filter(({ hasOwn }) => !hasOwn).map(({ item }) => item.itemIndex);
		const planned = [...calls.flatMap(itemsOf), ...borrowers];
		expect([...planned, ...done].sort((a, b) => a - b)).toEqual([...all.keys()]);
	});
});

test('an item borrows, once each, the recipients that another item contributes and it does not', () => {
	always((all, { calls, loans }) => {
		const own = new Map(
			calls.flatMap((call) =>
				call.shares.map(
					(share) => [share.item.itemIndex, delivered([{ ...call, shares: [share] }])] as const,
				),
			),
		);
		for (const { item, borrowed, hasOwn } of loans) {
			const { text } = all[item.itemIndex];
			const mine = own.get(item.itemIndex) ?? [];
			expect(hasOwn).toBe(mine.length > 0);
			for (const { recipient, origin } of borrowed) {
				const one = deliveryOf(text, recipient);
				expect(mine).not.toContain(one);
				expect(origin).not.toBe(item.itemIndex);
				expect(all[origin].isDone ? wanted(all[origin]) : own.get(origin)).toContain(one);
			}
		}
		// No one is forgotten: recipients that are neither contributed nor borrowed aren't wanted.
		all.forEach((item, index) => {
			if (item.isDone) return;
			const loan = loans.find((one) => one.item.itemIndex === index);
			const borrowed = loan?.borrowed.map(({ recipient }) => deliveryOf(item.text, recipient)) ?? [];
			expect(new Set([...(own.get(index) ?? []), ...borrowed])).toEqual(new Set(wanted(item)));
		});
	});
});

test('no one is in the requests of one broadcast twice, or at all if an earlier item was sent to them', () => {
	always((all, { calls }) => {
		const deliveries = delivered(calls);
		expect(new Set(deliveries).size).toBe(deliveries.length);

		const position = new Map(
			calls.flatMap(({ shares }) => shares.map((share) => [share.item.itemIndex, share])),
		);
		const served = new Set<string>();
		all.forEach((item, index) => {
			const fresh = new Set(wanted(item).filter((one) => !served.has(one)));
			fresh.forEach((one) => served.add(one));
			if (!item.isDone) expect(position.get(index)?.recipients.length ?? 0).toBe(fresh.size);
		});
	});
});

test('everyone named by an item gets its text, from its own request or from another', () => {
	always((all, { calls }) => {
		const before = all.filter(({ isDone }) => isDone).flatMap(wanted);
		const reached = new Set([...delivered(calls), ...before]);
		expect(all.flatMap(wanted).filter((one) => !reached.has(one))).toEqual([]);
	});
});

test('no request has more recipients than allowed, unless a single item alone has', () => {
	always((_all, { calls }, size) => {
		for (const call of calls) {
			expect(call.size).toBe(recipientsOf(call).length);
			if (call.shares.length > 1) expect(call.size).toBeLessThanOrEqual(size);
		}
	});
});

test('requests about one person keep the order of the items, each after all before it', () => {
	always((_all, { calls }) => {
		const positions = new Map<string, Array<{ item: number; position: number }>>();
		calls.forEach((call, position) => {
			for (const { item, recipients } of call.shares) {
				for (const { subject } of recipients) {
					const seen = positions.get(subject) ?? [];
					positions.set(subject, [...seen, { item: item.itemIndex, position }]);
				}
			}
		});
		for (const seen of positions.values()) {
			const ordered = seen.sort((a, b) => a.item - b.item).map(({ position }) => position);
			expect(ordered).toEqual([...ordered].sort((a, b) => a - b));
			const distinct = [...new Set(ordered)];
			distinct.forEach((position, index) => {
				expect([...earlierThan(calls, position)]).toEqual(expect.arrayContaining(distinct.slice(0, index)));
			});
		}
	});
});

test('a request waits only for earlier requests', () => {
	always((_all, { calls }) => {
		calls.forEach(({ after }, position) => {
			for (const before of after) {
				expect(before).toBeGreaterThanOrEqual(0);
				expect(before).toBeLessThan(position);
			}
		});
	});
});

test('a list of different people with one text takes as few requests as possible', () => {
	fc.assert(
		fc.property(fc.nat(200), fc.integer({ min: 1, max: 50 }), (count, size) => {
			const plan = createPlan(size);
			for (let index = 0; index < count; index++) {
				const body = {
					text: 'Hello',
					targets: [{ targetType: 'phones', phones: [`+1201${5550000 + index}`], channelId: 601 }],
				};
				plan.add({ itemIndex: index, operation, request: { body } } as unknown as PreparedItem);
			}
			expect(plan.calls).toHaveLength(Math.ceil(count / size));
		}),
	);
});

test('each item is its own request without combining, in order for each person', () => {
	fc.assert(
		fc.property(items, (all) => {
			const { calls, loans } = planOf(all);
			const waiting = all.flatMap(({ isDone }, index) => (isDone ? [] : [index]));
			expect(calls.map(itemsOf)).toEqual(waiting.map((index) => [index]));
			expect(loans).toEqual([]);
			const persons = waiting.map((index) => new Set(all[index].recipients.map(({ person }) => person)));
			persons.forEach((mine, position) => {
				const earlier = earlierThan(calls, position);
				persons.slice(0, position).forEach((theirs, before) => {
					if ([...mine].some((person) => theirs.has(person))) expect(earlier).toContain(before);
				});
			});
		}),
	);
});

test('an item that was sent without some recipients leaves them to the other items', () => {
	const both = prepared({ text: 'Hello', recipients: [0, 1].map(onSms), isDone: true }, 2);
	const [served] = combineTargets.recipients(both.request as never);
	const plan = createPlan(10);
	const left = plan.add(both, { output: [{ recipients: 1 }], served: [served.identity] });
	expect(left?.request.body).toMatchObject({ targets: [{ phones: [phoneOf(onSms(1))] }] });
	plan.add(prepared({ text: 'Hello', recipients: [onSms(0)], isDone: false }, 0));
	plan.add(prepared({ text: 'Hello', recipients: [onSms(1)], isDone: false }, 1));
	expect(delivered(plan.calls)).toEqual([delivery('Hello', 601, 1)]);
	expect(plan.loans.map(({ item, borrowed }) => [item.itemIndex, borrowed[0].origin])).toEqual([[0, 2]]);
});

test('one person on two channels is in two requests, in the order of the items', () => {
	const on = (channelId: number): Item => ({
		text: 'Hello',
		recipients: [{ person: 1, channelId, withPlus: true }],
		isDone: false,
	});
	const { calls } = planOf([on(601), on(602)], 500);
	expect(calls.map(({ after }) => [...after])).toEqual([[], [0]]);
});

describe('requests that are not combined', () => {
	const planned = (others: object, ...requests: object[]) => {
		const plan = createPlan(undefined);
		requests.forEach((request, itemIndex) =>
			plan.add({ itemIndex, operation: { ...operation, ...others }, request } as unknown as PreparedItem),
		);
		return plan.calls;
	};
	const afters = (calls: Call[]) => calls.map(({ after }) => [...after]);
	const plain = { combine: undefined };

	test('have one item each', () => {
		const [call] = planned(plain, { path: { channel_id: 1 } });
		expect(call).toMatchObject({
			shares: [{ recipients: [], duplicates: 0 }],
			size: 0,
			broadcast: undefined,
		});
	});

	test('follow earlier requests with the same values in the path', () => {
		const [one, other] = [{ path: { channel_id: 1 } }, { path: { channel_id: 2 } }];
		expect(afters(planned(plain, one, other, one, {}, {}))).toEqual([[], [], [0], [], []]);
	});

	test('follow earlier requests about the same subjects of the operation', () => {
		const subjects = ({ body }: { body: string }) => [body];
		expect(afters(planned({ ...plain, subjects }, { body: 'a' }, { body: 'b' }, { body: 'a' }))).toEqual([
			[],
			[],
			[0],
		]);
	});

	test('follow earlier requests to the same recipients', () => {
		const to = (person: number) =>
			prepared({ text: 'Hi', recipients: [onSms(person)], isDone: false }, 0).request;
		expect(afters(planned({}, to(1), to(2), to(1)))).toEqual([[], [], [0]]);
	});
});

test('the counts of an item include those of an earlier request for it', () => {
	const item = { itemIndex: 0, operation };
	const earlier = { output: { recipientCount: 3 }, served: [], duplicates: 2 };
	expect(countsOf(item, 5, 1)).toEqual({ recipientCount: 5, duplicateCount: 1 });
	expect(countsOf({ ...item, earlier }, 5, 1)).toEqual({ recipientCount: 8, duplicateCount: 3 });
	const unknown = { served: [], duplicates: 0 };
	expect(countsOf({ ...item, earlier: unknown }, 5, 1)).toEqual({ recipientCount: 5, duplicateCount: 1 });
	expect([hasCounts(operation), hasCounts({ ...operation, ask: () => ({}) } as never)]).toEqual([
		true,
		false,
	]);
});

test('the recipients of an item are named once each, if its operation messages people', () => {
	const item = prepared({ text: 'Hi', recipients: [onSms(1), onSms(2), onSms(1)], isDone: false }, 0);
	expect(recipientsInWords(item)).toBeUndefined();
	const named = { ...item, operation: { ...operation, addressee: (subject: string) => `<${subject}>` } };
	expect(recipientsInWords(named as PreparedItem)).toBe('<phones 12015550101>, <phones 12015550102>');
});

test('with a broadcast name, one person on two channels is the same recipient', () => {
	const [sms, other] = [onSms(1), { ...onSms(1), channelId: 602 }];
	const all = [sms, other].map((one, index) =>
		prepared({ text: 'Hi', recipients: [one], isDone: false }, index),
	);
	const plan = createPlan(10);
	for (const item of all) plan.add({ ...item, broadcastName: 'sale' });
	expect(plan.calls.map(recipientsOf)).toMatchObject([[{ identity: 'phones 12015550101' }]]);
	expect(plan.loans).toMatchObject([{ item: { itemIndex: 1 }, duplicates: 1, hasOwn: false }]);
});

test('of an item that was sent in part, the rest is planned, and adds to what is known', () => {
	const item = prepared({ text: 'Hi', recipients: [onSms(1), onSms(2), onSms(3)], isDone: false }, 4);
	const plan = createPlan(10);
	const output = { requestId: 'r1', duplicateCount: 2 };
	const [first] = combineTargets.recipients(item.request as never);
	const rest = plan.add(item, { output: [output], served: [first.identity] });
	expect(rest).toMatchObject({
		itemIndex: 4,
		request: { body: { targets: [{ phones: [phoneOf(onSms(2)), phoneOf(onSms(3))] }] } },
		earlier: { output, served: [first.identity], duplicates: 0 },
	});
	expect(plan.calls).toEqual([]);
	plan.add(rest!);
	expect(plan.calls.map(({ size }) => size)).toEqual([2]);
	const [broadcast] = plan.broadcasts.values();
	expect([...broadcast.served]).toEqual([first.identity]);
	// The recipients of an item whose outcome is unknown are left alone.
	const doubtful = createPlan(10);
	expect(doubtful.add(item, { error: new Error('Lost') })).toBeUndefined();
	const [known] = doubtful.broadcasts.values();
	expect([[...known.inDoubt.values()], known.served.size]).toEqual([[4, 4, 4], 0]);
	expect(doubtful.add({ ...item, itemIndex: 5 })).toBeUndefined();
	expect(doubtful.calls).toEqual([]);
});

test('items that go into one request as a whole have a part of it each, as plain JSON', () => {
	const gather = { target: ({ path }: { path: object }) => [path] };
	const updating = { endpoint: 'PUT /bots/{bot_id}', gather } as unknown as AnyOperation;
	const updates = [1, 2, 1].map((bot, itemIndex) => ({
		itemIndex,
		operation: updating,
		request: { path: { bot_id: bot }, body: { name: `Part ${itemIndex}`, at: new Date(0) } },
		isGathered: true,
	}));
	const plan = createPlan(undefined);
	for (const item of updates) plan.add(item as unknown as PreparedItem);
	expect(plan.calls.map(itemsOf)).toEqual([[0, 2], [1]]);
	expect(plan.calls[0].shares[1]).toMatchObject({
		part: { path: { bot_id: 1 }, body: { name: 'Part 2', at: '1970-01-01T00:00:00.000Z' } },
		recipients: [],
		duplicates: 0,
	});
	expect(plan.calls.map(({ after }) => [...after])).toEqual([[], []]);
});
