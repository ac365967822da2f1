import fc from 'fast-check';
import type { Failure } from '../../nodes/transport/retry';
import {
	createRetries,
	CUT_OFF,
	mayRepeat,
	retryAfterMs,
	surelyNotProcessed,
} from '../../nodes/transport/retry';

const failure = fc.oneof(
	fc.record({
		status: fc.integer({ min: 300, max: 599 }),
		retryAfterMs: fc.option(fc.constantFrom(0, 5_000), { nil: undefined }),
	}),
	fc.record({
		networkCode: fc.constantFrom(
			...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE', 'EAI_AGAIN', 'ENOTFOUND'],
			...['CERT_HAS_EXPIRED', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNKNOWN'],
		),
	}),
) as fc.Arbitrary<Failure>;

test('a send is repeated only if the server certainly did not process it', () => {
	fc.assert(
		fc.property(failure, (happened) => {
			if (mayRepeat(happened, false)) expect(surelyNotProcessed(happened)).toBe(true);
		}),
	);
});

test('a failure that allows repeating a send also allows repeating a read', () => {
	fc.assert(
		fc.property(failure, (happened) => {
			if (mayRepeat(happened, false)) expect(mayRepeat(happened, true)).toBe(true);
		}),
	);
});

test.each<[Failure, boolean, boolean]>([
	[{ status: 429 }, true, true],
	[{ status: 503, retryAfterMs: 1_000 }, false, true],
	[{ status: 503 }, false, true],
	[{ status: 500 }, false, true],
	[{ status: 502 }, false, true],
	[{ status: 504 }, false, true],
	[{ status: 408 }, false, true],
	[{ status: 501 }, false, false],
	[{ status: 400 }, false, false],
	[{ status: 401 }, false, false],
	[{ status: 409 }, false, false],
	[{ status: 302 }, false, false],
	[{ networkCode: 'ECONNREFUSED' }, true, true],
	[{ networkCode: 'EAI_AGAIN' }, true, true],
	[{ networkCode: 'ECONNRESET' }, false, true],
	[{ networkCode: 'ETIMEDOUT' }, false, true],
	[{ networkCode: CUT_OFF }, false, true],
	[{ networkCode: 'ENOTFOUND' }, false, false],
	[{ networkCode: 'CERT_HAS_EXPIRED' }, false, false],
	[{ networkCode: 'ENETUNREACH' }, true, true],
	[{ networkCode: 'EHOSTUNREACH' }, true, true],
	[{ networkCode: 'OTHER_CERT_' }, false, true],
	[{ status: 408, beforeSend: true }, true, true],
])('after %j, a send is repeated: %p, a read is repeated: %p', (happened, send, read) => {
	expect([mayRepeat(happened, false), mayRepeat(happened, true)]).toEqual([send, read]);
});

test.each<[string | undefined, number | undefined]>([
	['7', 7000],
	['0.5', 500],
	['0', 0],
	['-3', 0],
	['Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
	['Sat, 21 Nov 2026 11:00:00 GMT', 0],
	['soon', undefined],
	['', undefined],
	['  ', undefined],
	[undefined, undefined],
])('Retry-After %p means %p ms', (header, ms) => {
	expect(retryAfterMs(header, Date.parse('2026-11-21T12:00:00Z'))).toBe(ms);
});

test('the pauses grow and vary without Retry-After, and the fourth failure is the last', () => {
	const pauses = (random: number) => {
		const retries = createRetries(true, () => random);
		return [1, 2, 3, 4].map(() => retries.next({ status: 500 }));
	};
	expect(pauses(1)).toEqual([400, 800, 1600, undefined]);
	expect(pauses(0)).toEqual([200, 400, 800, undefined]);
});

test('Retry-After takes precedence over the computed pause, up to 90 s', () => {
	expect(createRetries(true).next({ status: 503, retryAfterMs: 9_000 })).toBe(9_000);
	expect(createRetries(true).next({ status: 503, retryAfterMs: 90_000 })).toBe(90_000);
	expect(createRetries(true).next({ status: 503, retryAfterMs: 90_001 })).toBeUndefined();
});

test('a request that the rate limit sends back to the queue has not failed, up to twenty times', () => {
	const retries = createRetries(false);
	const limited = { status: 429, retryAfterMs: 5_000 };
	const nexts = Array.from({ length: 20 }, () => retries.next(limited));
	expect(nexts).toEqual(Array.from({ length: 20 }, () => 0));
	expect(retries.failed).toBe(0);
	expect(retries.next(limited)).toBe(5_000);
	expect(retries.failed).toBe(1);
	expect(createRetries(false).next({ status: 429, retryAfterMs: 0 })).toBe(0);
	expect(createRetries(true).next({ status: 500 })).not.toBe(0);
});

test('a send with an unknown outcome is not repeated', () => {
	expect(createRetries(false).next({ status: 500 })).toBeUndefined();
});
