import type { IDataObject } from 'n8n-workflow';
import { setTimeout as delay } from 'node:timers/promises';
import { FORGERIES } from '../../../sandbox/forgeries';
import { useTrigger, type Answer } from '../../support/triggerFixture';

/** 10,000 are the full measurement; fewer keep `npm test` quick. */
const DELIVERIES = Number(process.env.TRIGGER_DELIVERIES ?? 600);
const SIDE_BY_SIDE = 20;
/** Parts of the deliveries. */
const [REPEATED, FORGED, WITHOUT_ID, FILLED_IN] = [0.05, 0.05, 0.1, 0.05].map((part) => part * DELIVERIES);

const fixture = useTrigger('nativeMessage', { events: ['inboundMessage'] });

/** Bypasses Jest, which would add its stack trace to each line. */
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Each event has a different sender, by which its starts are counted. */
const phoneOf = (number: number) => `+1212${5_550_000 + number}`;
const messageFrom = (source: string) => ({
	event: 'mo',
	source,
	destination: '+12025550100',
	content: 'YES',
});

const withId = (number: number): IDataObject => ({
	...messageFrom(phoneOf(number)),
	message_id: `message ${number}`,
	received_at: '2026-11-21T12:00:00Z',
});

/** Replacements for a missing ID. */
const NO_IDS = ['', ' ', 'null', 'undefined', '{nm:uuid}'];

/** Every other one has a time. */
const withoutId = (number: number): IDataObject => ({
	...messageFrom(phoneOf(number)),
	...(number % 2 === 0 && { received_at: '2026-11-21T12:00:00Z' }),
});

const filledIn = (number: number): IDataObject => {
	const nothing = NO_IDS[number % NO_IDS.length];
	return { ...messageFrom(phoneOf(number)), message_id: nothing, received_at: nothing, status: nothing };
};

/** Shuffles orders in a random but reproducible way. */
function shuffle<T>(values: T[]): T[] {
	let seed = 4;
	const random = () => (seed = (seed * 48_271) % 2_147_483_647);
	return values
		.map((value) => ({ value, at: random() }))
		.sort((a, b) => a.at - b.at)
		.map(({ value }) => value);
}

async function deliverAll(orders: IDataObject[], sideBySide = SIDE_BY_SIDE): Promise<Answer[]> {
	const [{ id: subscriptionId }] = fixture.sandbox.webhooks.subscriptions();
	const answers: Answer[] = [];
	const queue = orders.entries();
	const work = async () => {
		for (const [index, order] of queue) answers[index] = await fixture.deliver({ subscriptionId, ...order });
	};
	await Promise.all(Array.from({ length: sideBySide }, work));
	return answers;
}

/** How often each event started the workflow, by sender. */
function starts(): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { from } of fixture.trigger.items())
		counts.set(String(from), (counts.get(String(from)) ?? 0) + 1);
	return counts;
}

/** Events of one kind, numbered after those of the previous kinds. */
const numbered = (from: number, count: number, eventOf: (number: number) => IDataObject) =>
	Array.from({ length: count }, (_, index) => eventOf(from + index));

/** One order for the sandbox: an event, sent this many times at once. */
interface Order {
	event: IDataObject;
	times?: number;
	forge?: string;
}

test(`${DELIVERIES} deliveries, 5% of them duplicates, 5% forged, 10% without ID and 5% with something filled in for it, start one execution for each genuine event`, async () => {
	const { trigger } = fixture;
	await trigger.activate();
	const plain = DELIVERIES - REPEATED - FORGED - WITHOUT_ID - FILLED_IN;
	const kinds = {
		'with ID': numbered(0, plain, withId),
		'without ID': numbered(plain, WITHOUT_ID, withoutId),
		'"" or a placeholder as ID': numbered(plain + WITHOUT_ID, FILLED_IN, filledIn),
	};
	const genuine = Object.values(kinds).flat();
	const provable = ({ received_at, message_id }: IDataObject) =>
		!NO_IDS.includes(String(message_id)) && received_at !== undefined;
	// Events without proof are duplicates only right away; the other half of the duplicates arrives at any time.
	const atOnce = new Set(shuffle(genuine.filter((event) => !provable(event))).slice(0, REPEATED / 2));
	const later = shuffle(genuine.filter(provable)).slice(0, REPEATED / 2);
	const orders: Order[] = shuffle([
		...genuine.map((event) => ({ event, times: atOnce.has(event) ? 2 : 1 })),
		...later.map((event) => ({ event })),
		...Array.from({ length: FORGED }, (_, i) => ({
			event: withId(DELIVERIES + i),
			forge: FORGERIES[i % FORGERIES.length],
		})),
	]);
	expect(orders.reduce((sum, { times = 1 }) => sum + times, 0)).toBe(DELIVERIES);

	const begun = performance.now();
	const answers = await deliverAll(orders.map((order) => ({ ...order })));
	const seconds = (performance.now() - begun) / 1000;

	const started = starts();
	const timesOf = ({ source }: IDataObject) => started.get(String(source)) ?? 0;
	const lost = genuine.filter((event) => timesOf(event) === 0);
	const twice = genuine.filter((event) => timesOf(event) > 1);
	const isAccepted = ({ status }: Answer) => status >= 200 && status < 300;
	const accepted = orders.filter(({ forge }, i) => forge && isAccepted(answers[i]));
	const refused = orders.filter(({ forge }, i) => !forge && !isAccepted(answers[i]));
	const statuses = FORGERIES.map((way) => {
		const seen = new Set(answers.filter((_, i) => orders[i].forge === way).map(({ status }) => status));
		return `${way} ${[...seen].sort().join('/')}`;
	});
	const counts = Object.entries(kinds).map(([kind, { length }]) => `${kind} ${length}`);
	print(
		[
			`${DELIVERIES} deliveries, ${SIDE_BY_SIDE} at a time, in ${seconds.toFixed(1)} s (n8n-core, one process)`,
			`  genuine distinct events ${genuine.length}: ${counts.join(', ')}`,
			`  duplicates ${atOnce.size + later.length}: at once, without proof ${atOnce.size}, at any time, with ID or time ${later.length}; forged ${FORGED}`,
			`  executions ${trigger.executions.length}, genuine lost ${lost.length}, started twice ${twice.length}, forged accepted ${accepted.length}`,
			`  responses to forgeries: ${statuses.join(', ')}`,
		].join('\n'),
	);

	expect(accepted.map(({ forge }) => forge)).toEqual([]);
	expect([lost, twice, refused]).toEqual([[], [], []]);
	expect(trigger.executions).toHaveLength(genuine.length);
	expect(trigger.executions.filter(({ error }) => error)).toEqual([]);
}, 300_000);

describe.each([1, 2])('duplicates for %i webhook process(es) that share the static data', (processes) => {
	const COUNT = 100;
	const once = numbered(0, COUNT, withId).map((event) => ({ event }));

	/** Sends each event twice. Prints and returns how many started the workflow twice. */
	function slipped(how: string): number {
		const started = starts();
		const times = once.map(({ event }) => started.get(String(event.source)) ?? 0);
		expect(times.filter((count) => count === 0)).toEqual([]);
		const twice = times.filter((count) => count > 1).length;
		print(`${processes} process(es), repeated ${how}: ${twice} of ${COUNT} duplicates started the workflow`);
		return twice;
	}

	beforeEach(async () => {
		const trigger = await fixture.start({ processes });
		await trigger.activate();
	});

	test('start nothing in a single process if they arrive at the same moment', async () => {
		await deliverAll(
			once.map((order) => ({ ...order, times: 2 })),
			1,
		);
		const count = slipped('at the same moment');
		if (processes === 1) expect(count).toBe(0);
	});

	test('start nothing if they arrive 20 ms later, one event at a time', async () => {
		for (const order of once) {
			await deliverAll([order]);
			await delay(20);
			await deliverAll([order]);
		}
		expect(slipped('20 ms later in quiet traffic')).toBe(0);
	});

	test('start nothing in a single process if they arrive later, 20 at a time', async () => {
		await deliverAll(once);
		await deliverAll(shuffle(once));
		const count = slipped(`later, in traffic of ${SIDE_BY_SIDE} at a time`);
		if (processes === 1) expect(count).toBe(0);
	});
});
