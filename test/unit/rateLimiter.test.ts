import fc from 'fast-check';
import type { Attempt } from '../../nodes/transport/attempt';
import { failureOf } from '../../nodes/transport/attempt';
import { createRateLimiter, rateLimiterFor, type RateLimiter } from '../../nodes/transport/rateLimiter';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const inSeconds = (seconds: number) => String(NOW / 1000 + seconds);
function response(statusCode: number, headers: Record<string, unknown> = {}): Attempt {
	const answered = { statusCode, headers, body: {} };
	return { response: answered, failure: failureOf(answered) };
}
const refused = response(429);
const accepted = response(200);

/** A rate limiter with its own clock. */
function onAClock() {
	const clock = { now: NOW };
	return { clock, limiter: createRateLimiter(() => clock.now) };
}

/** Sends one request that takes no time. @returns whether it went out */
async function request(limiter: RateLimiter, attempt?: Attempt): Promise<boolean> {
	const startedAt = await limiter.enter();
	if (startedAt !== undefined) limiter.leave(startedAt, attempt);
	return startedAt !== undefined;
}

/** The pause in ms after responses to requests that went out together. */
function pauseAfter(...responses: Attempt[]): number {
	const { limiter } = onAClock();
	for (const one of responses) limiter.leave(NOW - 1, one);
	return limiter.pause();
}

test('a rate limiter without known limits does not pause', () => expect(pauseAfter()).toBe(0));

test('a rate limiter does not pause while requests remain', () => {
	const headers = { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': inSeconds(30) };
	expect(pauseAfter(response(200, headers))).toBe(0);
});

test('a rate limiter pauses until the reset after the last allowed request, before any is refused', () => {
	const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(30) };
	expect(pauseAfter(response(200, headers))).toBe(30_000);
});

test('a rate limiter pauses until the reset after a refused request', () => {
	expect(pauseAfter(response(429, { 'x-ratelimit-reset': inSeconds(12) }))).toBe(12_000);
});

test('Retry-After takes precedence over the reset', () => {
	const headers = { 'retry-after': '3', 'x-ratelimit-reset': inSeconds(50) };
	expect(pauseAfter(response(429, headers))).toBe(3000);
});

test('the reset is measured against the clock of the service', () => {
	const headers = {
		'x-ratelimit-remaining': '0',
		'x-ratelimit-reset': inSeconds(3600 + 20),
		date: 'Sat, 21 Nov 2026 13:00:00 GMT',
	};
	expect(pauseAfter(response(200, headers))).toBe(20_000);
});

test('a later response never ends a pause earlier', () => {
	const reset = fc.integer({ min: 1, max: 100 });
	fc.assert(
		fc.property(fc.array(reset, { minLength: 1 }), (resets) => {
			const responses = resets.map((seconds) => response(429, { 'x-ratelimit-reset': inSeconds(seconds) }));
			expect(pauseAfter(...responses)).toBe(Math.max(...resets) * 1000);
		}),
	);
});

test('no header starts a pause of more than an hour, no matter how large its value', () => {
	const number = fc.oneof(fc.double({ min: 0 }), fc.constantFrom(Infinity, 1e300, NOW, NOW * 1000));
	const name = fc.constantFrom('retry-after', 'x-ratelimit-reset');
	fc.assert(
		fc.property(number, name, (value, header) => {
			expect(pauseAfter(response(429, { [header]: String(value) }))).toBeLessThanOrEqual(3_600_000);
		}),
	);
});

test("a closure has the time that the service asked for, unless that can't be intended", () => {
	const closureAfter = (headers: Record<string, string>) => {
		const { limiter } = onAClock();
		limiter.leave(NOW - 1, response(429, headers));
		return limiter.closure();
	};
	expect(closureAfter({ 'retry-after': '7200' })).toEqual({
		until: NOW + 3_600_000,
		askedUntil: NOW + 7_200_000,
		since: NOW,
	});
	expect(closureAfter({ 'retry-after': '3600000' }).askedUntil).toBeUndefined();
	expect(closureAfter({})).toEqual({ until: NOW + 1_000, askedUntil: undefined, since: NOW });
});

describe('a refusal that names no time to come', () => {
	test.each<[string, Attempt]>([
		['has no header', refused],
		['says "at once"', response(429, { 'retry-after': '0' })],
		['names a time in the past', response(429, { 'x-ratelimit-reset': inSeconds(-5) })],
	])('closes the account for a second if it %s', (_what, attempt) => {
		expect(pauseAfter(attempt)).toBe(1_000);
	});

	test('counts once for all requests that were in flight', () => {
		expect(pauseAfter(...Array.from({ length: 20 }, () => refused))).toBe(1_000);
	});

	test('closes the account for longer each time, up to a minute, and for five minutes once ten are over', async () => {
		const { clock, limiter } = onAClock();
		const pauses: number[] = [];
		for (let count = 0; count < 20; count++) {
			await request(limiter, refused);
			pauses.push(limiter.pause() / 1_000);
			clock.now += limiter.pause();
		}
		const minutes = Array.from({ length: 9 }, () => 60);
		expect(pauses).toEqual([1, 2, 4, 8, 16, 32, ...minutes, ...Array.from({ length: 5 }, () => 300)]);
	});

	test('starts over after a request was accepted, or if the last refusal was long ago', async () => {
		for (const between of [accepted, undefined]) {
			const { clock, limiter } = onAClock();
			for (let count = 0; count < 5; count++) {
				await request(limiter, refused);
				clock.now += limiter.pause();
			}
			if (between) await request(limiter, between);
			else clock.now += 600_001;
			await request(limiter, refused);
			expect(limiter.pause()).toBe(1_000);
		}
	});

	test('lets one request go ahead alone after the pause, and the others when it is accepted', async () => {
		const { clock, limiter } = onAClock();
		await request(limiter, refused);
		clock.now += 1_000;
		const first = (await limiter.enter())!;
		let followed = 0;
		for (let index = 0; index < 10; index++) void limiter.enter().then(() => followed++);
		await new Promise(setImmediate);
		expect(followed).toBe(0);
		limiter.leave(first, accepted);
		await new Promise(setImmediate);
		expect(followed).toBe(10);
	});

	test('lets another request go ahead if the first one is lost', async () => {
		const { clock, limiter } = onAClock();
		await request(limiter, refused);
		clock.now += 1_000;
		limiter.leave((await limiter.enter())!, { failure: { networkCode: 'ECONNRESET' } });
		expect(await limiter.enter()).toBe(clock.now);
	});

	test('sends the waiting requests back if the first one is refused', async () => {
		const { clock, limiter } = onAClock();
		await request(limiter, refused);
		clock.now += 1_000;
		const first = (await limiter.enter())!;
		const second = limiter.enter();
		limiter.leave(first, refused);
		expect(await second).toBeUndefined();
		expect(limiter.pause()).toBe(2_000);
	});
});

describe('the pace that is learned from a refusal', () => {
	/** Sends 200 requests in 2 s, of which the next one is refused, until a request is accepted 62 s after the first. */
	async function learned() {
		const { clock, limiter } = onAClock();
		for (let count = 0; count < 200; count++) {
			await request(limiter, accepted);
			clock.now += 10;
		}
		await request(limiter, refused);
		clock.now = NOW + 62_000;
		await request(limiter, accepted);
		return { clock, limiter };
	}

	test('is what was accepted, divided by the time until something was accepted again', async () => {
		const { limiter } = await learned();
		await request(limiter, accepted);
		expect(limiter.pause()).toBe(310);
	});

	test('holds requests that would come sooner', async () => {
		const { clock, limiter } = await learned();
		expect([await request(limiter, accepted), await request(limiter, accepted)]).toEqual([true, false]);
		clock.now += 310;
		expect(await request(limiter, accepted)).toBe(true);
	});

	test('grows by ten requests a minute each minute', async () => {
		const { clock, limiter } = await learned();
		clock.now += 10 * 60_000;
		await request(limiter, accepted);
		// 193.5 + 100 in a minute.
		expect(limiter.pause()).toBeCloseTo(60_000 / (12_000 / 62 + 100), 2);
	});

	test('is not known if nothing was accepted before, so that there is none', async () => {
		const { clock, limiter } = onAClock();
		await request(limiter, refused);
		clock.now += 1_000;
		await request(limiter, accepted);
		await request(limiter, accepted);
		expect(limiter.pause()).toBe(0);
	});

	test('is never slower than twenty requests a minute', async () => {
		const { clock, limiter } = onAClock();
		await request(limiter, accepted);
		await request(limiter, refused);
		clock.now += 60_000;
		await request(limiter, accepted);
		await request(limiter, accepted);
		expect(limiter.pause()).toBe(3_000);
	});

	test('is not learned if the service gives a time', async () => {
		const { clock, limiter } = onAClock();
		await request(limiter, accepted);
		await request(limiter, response(429, { 'retry-after': '5' }));
		clock.now += 5_000;
		await request(limiter, accepted);
		await request(limiter, accepted);
		expect(limiter.pause()).toBe(0);
	});
});

test('each account has its own rate limiter', () => {
	const before = rateLimiterFor('a');
	expect(rateLimiterFor('a')).toBe(before);
	expect(rateLimiterFor('b')).not.toBe(before);
});

test('the rate limiters of the hundred accounts used last are kept', () => {
	const useOthers = (count: number) => {
		for (let index = 0; index < count; index++) rateLimiterFor(`other ${index}`);
	};
	const kept = rateLimiterFor('limited');
	useOthers(99);
	expect(rateLimiterFor('limited')).toBe(kept);
	useOthers(100);
	expect(rateLimiterFor('limited')).not.toBe(kept);
});

describe('concurrent requests', () => {
	const remaining = (left: number) => response(200, { 'x-ratelimit-remaining': String(left) });

	/** How many of this many requests go out while none of them has finished. */
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
		const { limiter } = onAClock();
		await request(limiter, remaining(3));
		expect(await admitted(limiter, 10)).toBe(3);
	});

	test('are not held back once a used-up limit has ended, because what remains then is unknown', async () => {
		const { limiter } = onAClock();
		await request(limiter, remaining(0));
		expect(await admitted(limiter, 10)).toBe(10);
	});

	test('start when another one ends, by what remains then', async () => {
		const { limiter } = onAClock();
		await request(limiter, remaining(2));
		let out = 0;
		for (let index = 0; index < 10; index++) void limiter.enter().then(() => out++);
		await new Promise(setImmediate);
		limiter.leave(NOW, remaining(5));
		await new Promise(setImmediate);
		// One of the two has finished, and five may be in flight.
		expect(out).toBe(2 + 4);
	});

	test('make room when they end without a response', async () => {
		const { limiter } = onAClock();
		await request(limiter, remaining(1));
		const first = await admitted(limiter, 2);
		limiter.leave(NOW);
		await new Promise(setImmediate);
		expect([first, await admitted(limiter, 1)]).toEqual([1, 0]);
	});
});

test('a rate limiter says since when and until when nothing goes out', async () => {
	const { clock, limiter } = onAClock();
	await request(limiter, response(429, { 'retry-after': '5' }));
	clock.now += 1_000;
	const until = NOW + 5_000;
	expect(limiter.closure()).toEqual({ since: NOW, until, askedUntil: until });
});

test('a request that began before a refusal does not end it when it is accepted', async () => {
	const { clock, limiter } = onAClock();
	const early = (await limiter.enter())!;
	clock.now += 10;
	await request(limiter, refused);
	limiter.leave(early, accepted);
	clock.now += 1_000;
	await limiter.enter();
	let hasFollowed = false;
	void limiter.enter().then(() => (hasFollowed = true));
	await new Promise(setImmediate);
	expect(hasFollowed).toBe(false);
});

describe('messages at a pace', () => {
	/** The queue for them, and a wait that is noted and moves its clock. */
	function paced() {
		const { clock, limiter } = onAClock();
		const waits: number[] = [];
		const wait = async (ms: number) => {
			waits.push(ms);
			clock.now += ms;
		};
		return { clock, queue: limiter.paced, waits, wait };
	}

	test('go out one after the other, each after the pause of the one before it', async () => {
		const { clock, queue, waits, wait } = paced();
		const giveBack = await queue.turn(wait);
		const next = queue.turn(wait);
		await new Promise(setImmediate);
		expect(waits).toEqual([0]);
		clock.now += 100;
		giveBack(1_000);
		(await next)(0);
		expect([waits, clock.now]).toEqual([[0, 1_000], NOW + 1_100]);
	});

	test('wait again if a wait ended early', async () => {
		const { clock, queue, waits } = paced();
		(await queue.turn(async () => {}))(1_000);
		await queue.turn(async (ms) => {
			waits.push(ms);
			clock.now += Math.ceil(ms / 2);
		});
		expect(waits.slice(0, 3)).toEqual([1_000, 500, 250]);
		expect(clock.now).toBe(NOW + 1_000);
	});

	test('let the next one go if one gives up while it waits', async () => {
		const { queue, waits, wait } = paced();
		(await queue.turn(wait))(1_000);
		const cancelled = async () => await Promise.reject(new Error('Canceled'));
		await expect(queue.turn(cancelled)).rejects.toThrow('Canceled');
		await queue.turn(wait);
		expect(waits).toEqual([0, 1_000]);
	});
});
