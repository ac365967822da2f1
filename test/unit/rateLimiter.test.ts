import fc from 'fast-check';
import type { Attempt } from '../../nodes/transport/attempt';
import { failureOf } from '../../nodes/transport/attempt';
import { createRateLimiter, rateLimiterFor, type RateLimiter } from '../../nodes/transport/rateLimiter';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const inSeconds = (seconds: number) => String(NOW / 1000 + seconds);
function answer(statusCode: number, headers: Record<string, unknown> = {}): Attempt {
	const response = { statusCode, headers, body: {} };
	return { answer: response, failure: failureOf(response) };
}

function pauseAfter(...answers: Attempt[]): number {
	const limiter = createRateLimiter();
	for (const one of answers) limiter.leave(one, NOW);
	return limiter.pause(NOW);
}

test('a rate limiter without known limits does not pause', () => expect(pauseAfter()).toBe(0));

test('a rate limiter does not pause while requests remain', () => {
	expect(pauseAfter(answer(200, { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': inSeconds(30) }))).toBe(
		0,
	);
});

test('a rate limiter pauses until the reset after the last allowed request, before any is refused', () => {
	expect(pauseAfter(answer(200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(30) }))).toBe(
		30_000,
	);
});

test('a rate limiter pauses until the reset after a refused request', () => {
	expect(pauseAfter(answer(429, { 'x-ratelimit-reset': inSeconds(12) }))).toBe(12_000);
});

test('Retry-After takes precedence over the reset', () => {
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

test('a later response never ends a pause earlier', () => {
	const reset = fc.integer({ min: -100, max: 100 });
	fc.assert(
		fc.property(fc.array(reset, { minLength: 1 }), (resets) => {
			const answers = resets.map((seconds) => answer(429, { 'x-ratelimit-reset': inSeconds(seconds) }));
			expect(pauseAfter(...answers)).toBe(Math.max(0, ...resets) * 1000);
		}),
	);
});

test('a refusal without a time starts no pause, and the caller backs off by itself', () => {
	expect(pauseAfter(answer(429))).toBe(0);
});

test('no header starts a pause of more than an hour, however large its number', () => {
	const number = fc.oneof(fc.double({ min: 0 }), fc.constantFrom(Infinity, 1e300, NOW, NOW * 1000));
	const name = fc.constantFrom('retry-after', 'x-ratelimit-reset');
	fc.assert(
		fc.property(number, name, (value, header) => {
			expect(pauseAfter(answer(429, { [header]: String(value) }))).toBeLessThanOrEqual(3_600_000);
		}),
	);
});

test('each account has a rate limiter of its own', () => {
	rateLimiterFor('a').leave(answer(429, { 'retry-after': '5' }), NOW);
	expect(rateLimiterFor('a').pause(NOW)).toBe(5000);
	expect(rateLimiterFor('b').pause(NOW)).toBe(0);
});

test('the rate limiters of the hundred accounts used last are kept, whatever else there was', () => {
	const useOthers = (count: number) => {
		for (let index = 0; index < count; index++) rateLimiterFor(`other ${index}`);
	};
	rateLimiterFor('limited').leave(answer(429, { 'retry-after': '5' }), NOW);
	useOthers(99);
	expect(rateLimiterFor('limited').pause(NOW)).toBe(5000);
	useOthers(100);
	expect(rateLimiterFor('limited').pause(NOW)).toBe(0);
});

describe('concurrent requests', () => {
	const remaining = (left: number) => answer(200, { 'x-ratelimit-remaining': String(left) });

	/** How many of so many requests go out while none of them is over. */
	async function admitted(limiter: RateLimiter, count: number): Promise<number> {
		let admittedSoFar = 0;
		for (let index = 0; index < count; index++) void limiter.enter().then(() => admittedSoFar++);
		await new Promise(setImmediate);
		return admittedSoFar;
	}

	test('are not held back while no limit is known', async () => {
		expect(await admitted(createRateLimiter(), 50)).toBe(50);
	});

	test('never outnumber what the service says remains', async () => {
		const limiter = createRateLimiter();
		await limiter.enter();
		limiter.leave(remaining(3), NOW);
		expect(await admitted(limiter, 10)).toBe(3);
	});

	test('are not held back once a used-up limit has ended, because what remains then is unknown', async () => {
		const limiter = createRateLimiter();
		await limiter.enter();
		limiter.leave(remaining(0), NOW);
		expect(await admitted(limiter, 10)).toBe(10);
	});

	test('start when another one ends, by what remains then', async () => {
		const limiter = createRateLimiter();
		await limiter.enter();
		limiter.leave(remaining(2), NOW);
		let out = 0;
		for (let index = 0; index < 10; index++) void limiter.enter().then(() => out++);
		await new Promise(setImmediate);
		limiter.leave(remaining(5), NOW);
		await new Promise(setImmediate);
		// One of the two is over, and five may be under way.
		expect(out).toBe(2 + 4);
	});

	test('make room when they end without a response', async () => {
		const limiter = createRateLimiter();
		await limiter.enter();
		limiter.leave(remaining(1), NOW);
		const first = await admitted(limiter, 2);
		limiter.leave();
		await new Promise(setImmediate);
		expect([first, await admitted(limiter, 1)]).toEqual([1, 0]);
	});
});
