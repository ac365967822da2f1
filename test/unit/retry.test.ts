import fc from 'fast-check';
import type { Failure } from '../../nodes/transport/retry';
import { mayRepeat, pauseBefore, retryAfterMs, surelyNotProcessed } from '../../nodes/transport/retry';

const failure = fc.oneof(
	fc.record({
		status: fc.integer({ min: 300, max: 599 }),
		retryAfter: fc.option(fc.constantFrom('0', '5'), { nil: undefined }),
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
	[{ status: 503, retryAfter: '1' }, true, true],
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

test('the pauses grow and vary without Retry-After', () => {
	const pause = (attempt: number, random: number) => pauseBefore(attempt, { status: 500 }, random);
	expect([1, 2, 3].map((attempt) => pause(attempt, 1))).toEqual([400, 800, 1600]);
	expect([1, 2, 3].map((attempt) => pause(attempt, 0))).toEqual([200, 400, 800]);
});

test('Retry-After takes precedence over the computed pause', () => {
	expect(pauseBefore(1, { status: 429, retryAfter: '9' })).toBe(9000);
});
