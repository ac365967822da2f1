import type { IDataObject } from 'n8n-workflow';
import { setTimeout as delay } from 'node:timers/promises';
import { FORGERIES } from '../../../sandbox/forgeries';
import { useTrigger, type Answer } from '../../support/triggerFixture';

/** 10,000 are the full measurement; fewer keep `npm test` quick. */
const DELIVERIES = Number(process.env.TRIGGER_DELIVERIES ?? 1_000);
const SIDE_BY_SIDE = 20;
const REPEATED = 0.05;
const FORGED = 0.05;

const fixture = useTrigger('nativeMessage', { events: ['inboundMessage'] });

/** Written past Jest, which would put its stack trace beside each line. */
const print = (line: string) => process.stdout.write(`${line}\n`);

const inbound = (id: string): IDataObject => ({
	event: 'mo',
	message_id: id,
	source: '+12015550123',
	destination: '+12025550100',
	content: `Hello from ${id}`,
	received_at: '2026-11-21T12:00:00Z',
});

/** Puts orders into an order that is random but the same each time. */
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

/** How often each message started the workflow. */
function starts(): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { messageId } of fixture.trigger.items())
		counts.set(String(messageId), (counts.get(String(messageId)) ?? 0) + 1);
	return counts;
}

test(`${DELIVERIES} deliveries, 5% of them duplicates and 5% forged, start one execution for each genuine event`, async () => {
	const { trigger } = fixture;
	await trigger.activate();
	const repetitions = DELIVERIES * REPEATED;
	const forgeries = DELIVERIES * FORGED;
	const genuine = Array.from({ length: DELIVERIES - repetitions - forgeries }, (_, i) => `genuine ${i}`);
	const orders: Array<{ event: IDataObject; forge?: string }> = shuffle([
		...genuine.map((id) => ({ event: inbound(id) })),
		...shuffle(genuine)
			.slice(0, repetitions)
			.map((id) => ({ event: inbound(id) })),
		...Array.from({ length: forgeries }, (_, i) => ({
			event: inbound(`forged ${i}`),
			forge: FORGERIES[i % FORGERIES.length],
		})),
	]);

	const begun = performance.now();
	const answers = await deliverAll(orders);
	const seconds = (performance.now() - begun) / 1000;

	const started = starts();
	const lost = genuine.filter((id) => !started.has(id));
	const twice = genuine.filter((id) => started.get(id)! > 1);
	const isAccepted = ({ status }: Answer) => status >= 200 && status < 300;
	const accepted = orders.filter(({ forge }, i) => forge && isAccepted(answers[i]));
	const refused = orders.filter(({ forge }, i) => !forge && !isAccepted(answers[i]));
	const statuses = FORGERIES.map((way) => {
		const seen = new Set(answers.filter((_, i) => orders[i].forge === way).map(({ status }) => status));
		return `${way} ${[...seen].sort().join('/')}`;
	});
	print(
		[
			`${DELIVERIES} deliveries, ${SIDE_BY_SIDE} at a time, in ${seconds.toFixed(1)} s (n8n-core, one process)`,
			`  genuine distinct events ${genuine.length}, repeated ${repetitions}, forged ${forgeries}`,
			`  executions ${trigger.executions.length}, genuine lost ${lost.length}, started twice ${twice.length}, forged accepted ${accepted.length}`,
			`  forgeries answered with: ${statuses.join(', ')}`,
		].join('\n'),
	);

	expect(accepted.map(({ forge }) => forge)).toEqual([]);
	expect([lost, twice, refused]).toEqual([[], [], []]);
	expect(trigger.executions).toHaveLength(genuine.length);
	expect(trigger.executions.filter(({ error }) => error)).toEqual([]);
}, 300_000);

describe.each([1, 2])('duplicates for %i webhook process(es) that share the static data', (processes) => {
	const COUNT = 100;
	const ids = Array.from({ length: COUNT }, (_, i) => `event ${i}`);
	const once = ids.map((id) => ({ event: inbound(id) }));

	/** Each event is to be delivered twice. Prints and returns how many started the workflow twice. */
	function slipped(how: string): number {
		const started = starts();
		expect(ids.filter((id) => !started.has(id))).toEqual([]);
		const twice = ids.filter((id) => started.get(id)! > 1).length;
		print(`${processes} process(es), repeated ${how}: ${twice} of ${COUNT} repetitions started the workflow`);
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
