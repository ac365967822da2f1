import type { IDataObject } from 'n8n-workflow';
import { waitForDelivery } from '../../nodes/NativeMsg/message/delivery';
import type { SettleRun } from '../../nodes/operations/defineOperation';

afterEach(() => jest.restoreAllMocks());

const phones = (...numbers: string[]) => [{ targetType: 'phones', phones: numbers, channelId: 601 }];

/** Waits for messages, of which each lookup finds these statuses, or fails. The time passes only while the node waits. */
async function waitForAll(
	sent: Array<{ targets?: object[]; requestId?: unknown }>,
	lookUp: (requestId: string, time: number) => string,
	options: object = {},
	isOver = () => false,
	record: object = {},
) {
	let time = 0;
	const waits: number[] = [];
	const looks: string[] = [];
	const hints: string[] = [];
	const outcomes: Array<{ error?: Error; output?: IDataObject[] }> = [];
	jest.spyOn(Date, 'now').mockImplementation(() => 1_000_000 + time);
	const run = {
		client: {
			call: (_endpoint: string, { path }: { path: { request_id: string } }) => {
				looks.push(path.request_id);
				const found = [...lookUp(path.request_id, time)];
				return Promise.resolve(found.map((status, id) => ({ id, humanId: id, status, ...record })));
			},
		},
		results: { isOver, update: (itemIndex: number, told: object) => (outcomes[itemIndex] = told) },
		options: { afterSending: 'wait', waitSeconds: 60, ...options },
		concurrency: 3,
		sent: sent.map(({ targets = [{ targetType: 'tags', ids: [1] }], ...output }, itemIndex) => ({
			itemIndex,
			output: { status: 'accepted', requestId: `r${itemIndex}`, ...output },
			request: { body: { targets } },
		})),
		addHint: (hint: string) => hints.push(hint),
		wait: (ms: number) => {
			waits.push(ms);
			time += ms;
			return Promise.resolve();
		},
	};
	await waitForDelivery(run as unknown as SettleRun);
	return { waits, looks, hints, outcomes };
}

/** Waits for a message whose recipients have these statuses in successive lookups, and the last ones from then on. */
async function waitFor(
	statuses: string[],
	orFails = false,
	{ record = {}, phones: numbers = ['12015550101'] }: { record?: object; phones?: string[] } = {},
) {
	let looks = 0;
	const { outcomes } = await waitForAll(
		[{ targets: phones(...numbers) }],
		() => statuses[Math.min(looks++, statuses.length - 1)],
		{ afterSending: orFails ? 'failIfNotDelivered' : 'wait', waitSeconds: 3_600 },
		() => looks > 9,
		record,
	);
	return { looks, ...outcomes[0] };
}

test.each([
	['D', 'delivered', 'delivered'],
	['R', 'read', 'delivered'],
	['F', 'failed', 'failed'],
])('the status %s ends the wait', async (code, status, delivery) => {
	const { looks, output } = await waitFor(['A', 'Q', 'P', 'S', code]);
	expect(looks).toBe(5);
	expect(output).toMatchObject([{ delivery, deliveries: [{ status }] }]);
});

test.each(['D', 'R'])('a message with the status %s reached its recipient', async (code) => {
	const { error, output } = await waitFor([code], true);
	expect(error).toBeUndefined();
	expect(output).toMatchObject([{ delivery: 'delivered' }]);
});

test('a recipient who read a message is not counted among those who did not get it', async () => {
	const { error } = await waitFor(['RDF'], true);
	expect(error?.message).toBe("1 of 3 recipients didn't get the message (failed)");
});

test('the phone number is reported only if there is a single recipient', async () => {
	const one = await waitFor(['D']);
	expect(one.output).toMatchObject([{ deliveries: [{ phone: '+12015550101', reason: null }] }]);
	const two = await waitFor(['DD'], false, { phones: ['12015550101', '12015550102'] });
	expect(two.output).toMatchObject([{ deliveries: [{ phone: null }, { phone: null }] }]);
	const told = await waitFor(['DD'], false, {
		phones: ['12015550101', '12015550102'],
		record: { phone: '+12015550101' },
	});
	expect(told.output).toMatchObject([{ deliveries: [{ phone: '+12015550101' }, {}] }]);
});

test.each([
	[{ error: 'Unknown subscriber' }, 'Unknown subscriber'],
	[{ errors: [{ message: 'Unknown subscriber' }] }, 'Unknown subscriber'],
	[{ message: { text: 'Hello', title: 'Sale' } }, null],
])('says why a message failed if its record %p does', async (record, reason) => {
	const { output } = await waitFor(['F'], false, { record });
	expect(output).toMatchObject([{ deliveries: [{ reason }] }]);
	const fine = await waitFor(['D'], false, { record });
	expect(fine.output).toMatchObject([{ deliveries: [{ reason: null }] }]);
});

const humans = (...ids: number[]) => [{ targetType: 'humans', ids }];

test('a request is looked up in growing intervals, at most 10 seconds long, until the time is over', async () => {
	const { waits, outcomes } = await waitForAll([{}], () => 'S', { waitSeconds: 30 });
	expect(waits).toEqual([1_000, 1_500, 2_250, 3_375, 5_062.5, 7_593.75, 9_218.75]);
	expect(outcomes[0].output).toMatchObject([{ status: 'accepted', delivery: 'pending' }]);
	const { waits: longer } = await waitForAll([{}], () => 'S', { waitSeconds: 50 });
	expect(longer.slice(6)).toEqual([10_000, 10_000, 9_218.75]);
});

test.each([
	[undefined, 120],
	['soon', 120],
	[0, 120],
	['20', 20],
	[100_000, 3_600],
])('with %p seconds, the node waits for %i', async (waitSeconds, seconds) => {
	const { waits } = await waitForAll([{}], () => 'S', { waitSeconds });
	expect(waits.reduce((sum, ms) => sum + ms)).toBe(seconds * 1000);
});

test.each<[what: string, targets: object[], found: string[], looks: number]>([
	['one phone', phones('1'), ['D'], 1],
	['two phones', phones('1', '2'), ['D', 'DD'], 2],
	['a phone that is named twice', phones('1', '1'), ['D'], 1],
	['two humans in two targets', [...humans(1), ...humans(2)], ['D', 'DD'], 2],
	// A phone number and a human may be the same person.
	['a phone and a human', [...phones('1'), ...humans(2)], ['D', 'DD', 'DD'], 3],
	['subscribers', [{ ...phones('1')[0], subscription: true }], ['D', 'D'], 2],
	['a tag', [{ targetType: 'tags', ids: [1] }], ['', 'D', 'DD', 'DS', 'DD'], 5],
	['nobody known', [], ['D', 'D'], 2],
])('to %s, the wait ends once all recipients are known', async (_what, targets, found, looks) => {
	let look = 0;
	const { looks: all, outcomes } = await waitForAll(
		[{ targets }],
		() => found[Math.min(look++, found.length - 1)],
	);
	expect(all).toHaveLength(looks);
	expect(outcomes[0].output).toMatchObject([{ delivery: 'delivered' }]);
});

test('only a phone number is told, no other name of a recipient', async () => {
	const { outcomes } = await waitForAll([{ targets: humans(540) }], () => 'D');
	expect(outcomes[0].output).toMatchObject([{ deliveries: [{ phone: null, status: 'delivered' }] }]);
});

test('each message is looked up until its own end, and those without a request ID never', async () => {
	const { looks, outcomes, hints } = await waitForAll(
		[{ targets: phones('1') }, { targets: phones('2') }, { requestId: null }, { requestId: 7 }],
		(id, time) => (id === 'r0' || time > 0 ? 'D' : 'S'),
	);
	expect(looks).toEqual(['r0', 'r1', '7', 'r1', '7']);
	expect(outcomes.map(({ output }) => output![0].delivery)).toEqual([
		'delivered',
		'delivered',
		'pending',
		'delivered',
	]);
	expect(outcomes[2].output).toEqual([
		{
			status: 'accepted',
			delivery: 'pending',
			requestId: null,
			deliveries: [],
			lookupError: 'nativeMsg gave no request ID to look it up by',
		},
	]);
	expect(outcomes[0].output![0]).not.toHaveProperty('lookupError');
	expect(hints).toEqual([]);
});

test('a failed lookup is reported only if no later one succeeds', async () => {
	const fails = () => {
		throw new Error('Down');
	};
	const { outcomes, hints } = await waitForAll(
		[{ targets: phones('1') }, { targets: phones('2') }],
		(id, time) => (id === 'r1' || time === 0 ? fails() : 'D'),
		{ waitSeconds: 2 },
	);
	expect(outcomes[0].output![0]).toMatchObject({ delivery: 'delivered' });
	expect(outcomes[0].output![0]).not.toHaveProperty('lookupError');
	expect(outcomes[1].output).toMatchObject([{ delivery: 'pending', lookupError: 'Down', deliveries: [] }]);
	expect(hints).toEqual([]);
});

test('messages without any recipients are counted in a hint', async () => {
	const { hints } = await waitForAll([{}, {}, {}], (id) => (id === 'r0' ? 'D' : ''), { waitSeconds: 2 });
	expect(hints).toEqual([
		'2 of 3 messages had no recipients that nativeMsg knows of. Check that someone has the tag, is on the channel, or is subscribed.',
	]);
	const canceled = await waitForAll(
		[{}],
		() => '',
		{},
		() => true,
	);
	expect([canceled.hints, canceled.looks]).toEqual([[], []]);
});

describe('if the node fails for messages that did not arrive', () => {
	const failing = { afterSending: 'failIfNotDelivered', waitSeconds: 2 };

	test.each<[found: string, targets: object[], message: string]>([
		['S', phones('1', '2'), "2 of 2 recipients didn't get the message (still on its way)"],
		['DS', phones('1'), "1 of 2 recipients didn't get the message (still on its way)"],
		['FRD', [], "1 of 3 recipients didn't get the message (failed)"],
		['', [], "All recipients didn't get the message (still on its way)"],
	])('%s among the recipients says who', async (found, targets, message) => {
		const { outcomes } = await waitForAll([{ targets }], () => found, failing);
		expect(outcomes[0].error).toMatchObject({ message, requestId: 'r0', outcome: 'notDelivered' });
	});

	test('nothing is said about the delivery once the run is canceled', async () => {
		const { outcomes } = await waitForAll(
			[{}],
			() => 'S',
			failing,
			() => true,
		);
		expect(outcomes[0]).toMatchObject({ output: [{ delivery: 'pending' }] });
	});
});
