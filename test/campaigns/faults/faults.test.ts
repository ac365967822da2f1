import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { ERROR_SHAPES, type Habit } from '../../../sandbox/habits';
import type { NodeOutcome } from '../../support/engine';
import { toPhones, withOptions } from '../../node/broadcast/messages';
import type { Order, Verdict } from './judge';
import { judge } from './judge';
import { useFixture } from '../../support/fixture';
import type { Mishap, Passage } from '../../support/wire';
import { MISHAPS } from '../../support/wire';

/** 20,000 are the full measurement; fewer keep `npm test` quick. */
const SENDS = Number(process.env.FAULT_SENDS ?? 600);
const SEED = Number(process.env.FAULT_SEED ?? 5);
/** Items per run of the node; fewer if it stops at the first failure, because nothing is reported about the others. */
const BATCH = 12;
const BATCH_UNTIL_ERROR = 8;
/** Percentage of requests that something happens to. */
const MISHAPS_IN_100 = 40;
/** How often an item names a recipient that an earlier item named. */
const REPEATED_EVERY = 8;
/** In every second batch, all items are for this few people; if the node continues on errors, some items are invalid. */
const CROWD = 8;
const UNREADABLE_IN_100 = 10;

const fixture = useFixture({ wire: true, rateLimit: 1_000_000 });

/** Bypasses Jest, which would add its stack trace to each line. */
const print = (line: string) => process.stdout.write(`${line}\n`);

/** A number below `limit` that is always the same for the same words. */
function chance(limit: number, ...words: unknown[]): number {
	const digest = createHash('sha256').update([SEED, ...words].join(' '));
	return digest.digest().readUInt32BE(0) % limit;
}

/** What happens to a request depends only on the request, so that a campaign can be repeated. */
function mishapFor({ body, attempt }: Passage): Mishap | undefined {
	if (chance(100, 'whether', body, attempt) >= MISHAPS_IN_100) return undefined;
	return MISHAPS[chance(MISHAPS.length, 'which', body, attempt)];
}

/** A way to send. */
interface Kind {
	name: string;
	parameters: INodeParameters;
	isOtt?: boolean;
	/** The same text for all, so that items share requests. */
	combines?: boolean;
}

const distinct: INodeParameters = { ...toPhones, text: '={{ $json.text }}' };
const KINDS: Kind[] = [
	{ name: 'nativeMsg combined', parameters: toPhones, combines: true },
	{ name: 'nativeMsg distinct', parameters: distinct },
	{
		name: 'OTT',
		parameters: {
			resource: 'message',
			operation: 'sendSession',
			channelId: 'chan_telegram',
			to: '={{ $json.phone }}',
			text: '={{ $json.text }}',
		},
		isOtt: true,
	},
];
const ON_ERROR: Array<OnError | undefined> = [undefined, 'continueRegularOutput', 'continueErrorOutput'];
const TRIES = [undefined, 3];

/** How many batches met each habit. */
const shown = new Map<string, number>();

interface Leg {
	kind: Kind;
	onError?: OnError;
	maxTries?: number;
}

const legs: Leg[] = KINDS.flatMap((kind) =>
	ON_ERROR.flatMap((onError) => TRIES.map((maxTries) => ({ kind, onError, maxTries }))),
);

/** Items for a few people, each for up to three of them where a request may have several. */
function crowdedOrders({ kind: { combines, isOtt }, onError }: Leg, batch: number, count: number): Order[] {
	const people = Array.from({ length: CROWD }, (_unused, index) =>
		String(12_010_000_000 + batch * BATCH + index),
	);
	return Array.from({ length: count }, (_unused, index) => {
		const isReadable = !onError || index === 0 || chance(100, 'readable', batch, index) >= UNREADABLE_IN_100;
		const first = chance(CROWD, 'first', batch, index);
		const size = isOtt ? 1 : 1 + chance(3, 'size', batch, index);
		const recipients = [...people, ...people].slice(first, first + size);
		return { recipients: isReadable ? recipients : [], text: combines ? 'Hello' : `Hello ${batch} ${index}` };
	});
}

function ordersOf(leg: Leg, batch: number, count: number): Order[] {
	const { combines } = leg.kind;
	if (batch % 2 === 1) return crowdedOrders(leg, batch, count);
	const person = (index: number) => String(12_010_000_000 + batch * BATCH + index);
	return Array.from({ length: count }, (_unused, index) => {
		const repeats = index % REPEATED_EVERY === REPEATED_EVERY - 1;
		const other = person(index - (repeats ? 1 + chance(REPEATED_EVERY - 1, 'whom', batch, index) : 0));
		// Combined items may name several: sometimes the repeated one together with a new one.
		const recipients = repeats && combines && index % 3 === 0 ? [person(index), other] : [other];
		return { recipients, text: combines ? 'Hello' : `Hello ${batch} ${index}` };
	});
}

const SHAPES = Object.keys(ERROR_SHAPES) as Array<keyof typeof ERROR_SHAPES>;
/** How the service may behave during a batch, each with its percentage of batches. */
const HABITS: Array<[inHundred: number, habit: (batch: number, orders: Order[]) => Habit]> = [
	[
		25,
		(batch, orders) => {
			const people = orders.flatMap(({ recipients }) => recipients);
			return { kind: 'deleted-contact', recipients: [people[chance(people.length, 'deleted', batch)]] };
		},
	],
	[25, () => ({ kind: 'bare-limit', perMinute: 25 })],
	[20, () => ({ kind: 'gateway', match: { method: 'POST' }, every: 7 })],
	[50, (batch) => ({ kind: 'error-shape', shape: SHAPES[chance(SHAPES.length, 'shape', batch)] })],
	[30, (batch) => ({ kind: 'envelope', every: 1 + chance(3, 'envelope', batch) })],
	[20, (batch) => ({ kind: 'empty', every: 5, text: ['', 'OK'][chance(2, 'empty', batch)], status: 202 })],
	[20, () => ({ kind: 'cut', every: 9 })],
];

function addHabits(batch: number, orders: Order[]): Habit[] {
	const shown = HABITS.filter(([inHundred], index) => chance(100, 'habit', batch, index) < inHundred);
	const habits = shown.map(([, habit]) => habit(batch, orders));
	for (const habit of habits) fixture.sandbox.addHabit(habit);
	return habits;
}

async function runBatch({ kind, onError, maxTries }: Leg, orders: Order[], batch: number): Promise<Verdict> {
	const { engine, ott, sandbox, wire } = fixture;
	sandbox.reset();
	wire.reset();
	for (const { kind: habit } of addHabits(batch, orders)) shown.set(habit, (shown.get(habit) ?? 0) + 1);
	wire.mishap = mishapFor;
	const items = orders.map(({ recipients, text }): IDataObject => {
		const phones = recipients.map((digits) => `+${digits}`);
		return { phone: phones.length > 1 ? phones : (phones[0] ?? 'nobody'), text };
	});
	const { isOtt, combines } = kind;
	const parameters = withOptions(kind.parameters, {
		concurrency: 1 + chance(10, 'concurrency', batch),
		...(combines && { recipientsPerCall: 1 + chance(5, 'size', batch) }),
	});
	const outcome: NodeOutcome = await (isOtt
		? ott.guide.run({ node: 'nativeMsgOtt', parameters, items, onError, maxTries })
		: engine.run({ parameters, items, onError, maxTries }));
	await wire.idle();
	const { ott: ottReport, ...report } = sandbox.report();
	// A request of NativeMessage names one recipient.
	return judge(orders, items, outcome, isOtt ? { ...ottReport, named: ottReport.recipients } : report);
}

function sum(verdicts: Verdict[]): Verdict {
	const of = (figure: (verdict: Verdict) => number) =>
		verdicts.reduce((total, verdict) => total + figure(verdict), 0);
	return {
		items: of(({ items }) => items),
		accepted: of(({ accepted }) => accepted),
		told: {
			sent: of(({ told }) => told.sent),
			unknown: of(({ told }) => told.unknown),
			partly: of(({ told }) => told.partly),
			failed: of(({ told }) => told.failed),
			dropped: of(({ told }) => told.dropped),
			missing: of(({ told }) => told.missing),
		},
		droppedAccepted: of(({ droppedAccepted }) => droppedAccepted),
		untold: of(({ untold }) => untold),
		disordered: of(({ disordered }) => disordered),
		twice: of(({ twice }) => twice),
		failedButAccepted: of(({ failedButAccepted }) => failedButAccepted),
		sentButNotAccepted: of(({ sentButNotAccepted }) => sentButNotAccepted),
		sentInDoubt: of(({ sentInDoubt }) => sentInDoubt),
	};
}

const COLUMNS: Array<[name: string, figure: (verdict: Verdict) => number]> = [
	['sends', ({ items }) => items],
	['accepted', ({ accepted }) => accepted],
	['reported as sent', ({ told }) => told.sent],
	['unknown', ({ told }) => told.unknown],
	['partly', ({ told }) => told.partly],
	['failed', ({ told }) => told.failed],
	['dropped', ({ told }) => told.dropped],
	['of these accepted', ({ droppedAccepted }) => droppedAccepted],
	['untold', ({ untold }) => untold],
	['disordered', ({ disordered }) => disordered],
	['twice', ({ twice }) => twice],
	['failed but accepted', ({ failedButAccepted }) => failedButAccepted],
	['sent but not', ({ sentButNotAccepted }) => sentButNotAccepted],
	['sent in doubt', ({ sentInDoubt }) => sentInDoubt],
	['no outcome', ({ told }) => told.missing],
];

const row = (name: string, cells: Array<string | number>) =>
	name.padEnd(58) + cells.map((cell, index) => String(cell).padStart(COLUMNS[index][0].length + 2)).join('');
const figuresOf = (verdict: Verdict) => COLUMNS.map(([, figure]) => figure(verdict));
const nameOf = ({ kind, onError, maxTries }: Leg) =>
	`${kind.name}, ${onError ?? 'stop'}, ${maxTries ? `${maxTries} tries` : 'no retry'}`;

test(`${SENDS} messages sent over an unreliable connection reach everyone at most once, and each result is true`, async () => {
	const begun = performance.now();
	const happened = new Map<string, number>();
	/** By kind: items, and requests made for them. */
	const made = new Map(KINDS.map(({ name }) => [name, { items: 0, requests: 0 }]));
	let batch = 0;
	const verdicts: Verdict[] = [];
	print(
		row(
			'',
			COLUMNS.map(([name]) => name),
		),
	);
	for (const [index, leg] of legs.entries()) {
		const own: Verdict[] = [];
		const share = Math.floor(SENDS / legs.length) + (index < SENDS % legs.length ? 1 : 0);
		const size = leg.onError ? BATCH : BATCH_UNTIL_ERROR;
		for (let left = share; left > 0; left -= size) {
			const orders = ordersOf(leg, batch, Math.min(left, size));
			own.push(await runBatch(leg, orders, batch++));
			const figures = made.get(leg.kind.name)!;
			figures.items += orders.length;
			figures.requests += fixture.wire.passages.length;
			for (const passage of fixture.wire.passages) {
				const mishap = mishapFor(passage);
				if (mishap) happened.set(mishap, (happened.get(mishap) ?? 0) + 1);
			}
		}
		verdicts.push(sum(own));
		print(row(nameOf(leg), figuresOf(verdicts[index])));
	}
	const total = sum(verdicts);
	print(row('all', figuresOf(total)));
	const counts = MISHAPS.map((mishap) => `${mishap} ${happened.get(mishap) ?? 0}`).join(', ');
	const requests = [...made.values()].reduce((all, figures) => all + figures.requests, 0);
	const perHundred = [...made].map(
		([name, figures]) => `${name} ${((figures.requests / figures.items) * 100).toFixed(0)}`,
	);
	print(`requests per 100 items: ${perHundred.join(', ')}`);
	print(
		`batches: ${batch}, with habits: ${[...shown].map(([name, count]) => `${name} ${count}`).join(', ')}`,
	);
	print(
		`seed ${SEED}, ${requests} requests in ${((performance.now() - begun) / 1000).toFixed(0)} s, of these ${counts}`,
	);
	print(
		'dropped: if a node stops at an item, n8n returns none of its items; the error names that item and those that were done',
	);

	expect(total.items).toBe(SENDS);
	expect(total).toMatchObject({
		untold: 0,
		disordered: 0,
		twice: 0,
		failedButAccepted: 0,
		sentButNotAccepted: 0,
		sentInDoubt: 0,
		told: { missing: 0 },
	});
	for (const [index, { onError }] of legs.entries()) {
		if (onError) expect(verdicts[index].told.dropped).toBe(0);
	}
	expect(Math.min(total.told.sent, total.told.unknown, total.told.failed)).toBeGreaterThan(0);
}, 3_600_000);
