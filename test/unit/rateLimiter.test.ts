import fc from 'fast-check';
import type { Answer } from '../../nodes/transport/answer';
import { createLane, laneFor, type Lane } from '../../nodes/transport/rateLimiter';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const inSeconds = (seconds: number) => String(NOW / 1000 + seconds);
const answer = (statusCode: number, headers: Record<string, unknown> = {}): Answer => ({
	statusCode,
	headers,
	body: {},
});

function pauseAfter(...answers: Answer[]): number {
	const lane = createLane();
	for (const one of answers) lane.leave(one, NOW);
	return lane.pause(NOW);
}

test('nothing is known, nothing is waited for', () => expect(pauseAfter()).toBe(0));

test('requests that are left are used', () => {
	expect(pauseAfter(answer(200, { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': inSeconds(30) }))).toBe(
		0,
	);
});

test('the last request that is allowed closes the lane until the reset, before any is refused', () => {
	expect(pauseAfter(answer(200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(30) }))).toBe(
		30_000,
	);
});

test('a refused request closes the lane until the reset', () => {
	expect(pauseAfter(answer(429, { 'x-ratelimit-reset': inSeconds(12) }))).toBe(12_000);
});

test('Retry-After counts more than the reset', () => {
	const headers = { 'retry-after': '3', 'x-ratelimit-reset': inSeconds(50) };
	expect(pauseAfter(answer(429, headers))).toBe(3000);
});

test('the reset is measured against the clock of the service', () => {
	const headers = {
		'x-ratelimit-remaining': '0',
		'x-ratelimit-reset': inSeconds(3600 + 20),
		date: 'Sat, 21 Nov 2026 13:00:00 GMT',
	};
	expect(pauseAfter(answer(200, headers))).toBe(20_000);
});

test('a later answer never opens the lane earlier', () => {
	const reset = fc.integer({ min: -100, max: 100 });
	fc.assert(
		fc.property(fc.array(reset, { minLength: 1 }), (resets) => {
			const answers = resets.map((seconds) => answer(429, { 'x-ratelimit-reset': inSeconds(seconds) }));
			expect(pauseAfter(...answers)).toBe(Math.max(0, ...resets) * 1000);
		}),
	);
});

test('a refusal without any time leaves the lane open: the caller backs off by itself', () => {
	expect(pauseAfter(answer(429))).toBe(0);
});

test('no header closes the lane for longer than an hour, however large its number', () => {
	const number = fc.oneof(fc.double({ min: 0 }), fc.constantFrom(Infinity, 1e300, NOW, NOW * 1000));
	const name = fc.constantFrom('retry-after', 'x-ratelimit-reset');
	fc.assert(
		fc.property(number, name, (value, header) => {
			expect(pauseAfter(answer(429, { [header]: String(value) }))).toBeLessThanOrEqual(3_600_000);
		}),
	);
});

test('one account has one lane, others have their own', () => {
	laneFor('a').leave(answer(429, { 'retry-after': '5' }), NOW);
	expect(laneFor('a').pause(NOW)).toBe(5000);
	expect(laneFor('b').pause(NOW)).toBe(0);
});

test('the hundred accounts used last are remembered, whatever else there was', () => {
	const useOthers = (count: number) => {
		for (let index = 0; index < count; index++) laneFor(`other ${index}`);
	};
	laneFor('limited').leave(answer(429, { 'retry-after': '5' }), NOW);
	useOthers(99);
	expect(laneFor('limited').pause(NOW)).toBe(5000);
	useOthers(100);
	expect(laneFor('limited').pause(NOW)).toBe(0);
});

describe('requests side by side', () => {
	const remaining = (left: number) => answer(200, { 'x-ratelimit-remaining': String(left) });

	/** How many of so many requests go out while none of them is over. */
	async function admitted(lane: Lane, count: number): Promise<number> {
		let admittedSoFar = 0;
		for (let index = 0; index < count; index++) void lane.enter().then(() => admittedSoFar++);
		await new Promise(setImmediate);
		return admittedSoFar;
	}

	test('are not held back while no limit is known', async () => {
		expect(await admitted(createLane(), 50)).toBe(50);
	});

	test('are as many at most as the service says are left', async () => {
		const lane = createLane();
		await lane.enter();
		lane.leave(remaining(3), NOW);
		expect(await admitted(lane, 10)).toBe(3);
	});

	test('are not held back once a used-up limit is over: what is left then is not known', async () => {
		const lane = createLane();
		await lane.enter();
		lane.leave(remaining(0), NOW);
		expect(await admitted(lane, 10)).toBe(10);
	});

	test('come forward when one is over, by what is left then', async () => {
		const lane = createLane();
		await lane.enter();
		lane.leave(remaining(2), NOW);
		let out = 0;
		for (let index = 0; index < 10; index++) void lane.enter().then(() => out++);
		await new Promise(setImmediate);
		lane.leave(remaining(5), NOW);
		await new Promise(setImmediate);
		// One of the two is over, and five may be under way.
		expect(out).toBe(2 + 4);
	});

	test('that are over without an answer make room too', async () => {
		const lane = createLane();
		await lane.enter();
		lane.leave(remaining(1), NOW);
		const first = await admitted(lane, 2);
		lane.leave();
		await new Promise(setImmediate);
		expect([first, await admitted(lane, 1)]).toEqual([1, 0]);
	});
});
