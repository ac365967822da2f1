import { headerOf } from './answer';
import type { Attempt } from './attempt';
import { RecentMap } from './recentMap';

/**
 * The longest (ms) that a service can stop the requests to an account: what it asks for may be nonsense, such as
 * milliseconds instead of seconds, and nothing would go out until n8n is restarted.
 */
const MAX_CLOSED_MS = 3_600_000;

/** Keeps all requests to one account of a service within its rate limit, so that a limit stops all of them together. */
export interface RateLimiter {
	/** ms until the next request may go out; 0 when it may go now. */
	pause(now?: number): number;
	/** Resolves when what the service said is left is more than what is in flight; the request then counts as in flight. */
	enter(): Promise<void>;
	/** Takes note that a request is over, and of the limits that its response tells. */
	leave(attempt?: Attempt, now?: number): void;
}

/**
 * When the account may send again by the headers of a response, as a time of this machine's clock: the service's clock
 * may differ, so its `Date` header is what `X-RateLimit-Reset` (Unix seconds) is measured against.
 */
function resumesAt({ answer, failure }: Required<Attempt>, now: number): number | undefined {
	if (failure.retryAfterMs !== undefined) return now + failure.retryAfterMs;
	const reset = Number(headerOf(answer, 'x-ratelimit-reset') ?? Number.NaN) * 1000;
	if (Number.isNaN(reset)) return undefined;
	const serverNow = Date.parse(headerOf(answer, 'date') ?? '');
	return Number.isNaN(serverNow) ? reset : now + Math.max(0, reset - serverNow);
}

/** A rate limiter that knows nothing about the limits yet. */
export function createRateLimiter(): RateLimiter {
	let closedUntil = 0;
	/** How many requests the service still allows, as far as the last response told. */
	let left = Infinity;
	let inFlight = 0;
	let waiting: Array<() => void> = [];

	function heed({ answer, failure }: Required<Attempt>, now: number): void {
		const remaining = Number(headerOf(answer, 'x-ratelimit-remaining') ?? Number.NaN);
		// At 0 the pause decides, and what is left after it is not known.
		left = remaining > 0 ? remaining : Infinity;
		if (remaining !== 0 && answer.statusCode !== 429) return;
		const resumes = Math.min(resumesAt({ answer, failure }, now) ?? 0, now + MAX_CLOSED_MS);
		closedUntil = Math.max(closedUntil, resumes);
	}

	return {
		pause: (now = Date.now()) => Math.max(0, closedUntil - now),
		async enter() {
			while (inFlight >= left) await new Promise<void>((resolve) => waiting.push(resolve));
			inFlight++;
		},
		leave({ answer, failure } = { failure: {} }, now = Date.now()) {
			inFlight--;
			if (answer) heed({ answer, failure }, now);
			const woken = waiting;
			waiting = [];
			for (const wake of woken) wake();
		},
	};
}

const rateLimiters = new RecentMap<RateLimiter>(100);

/**
 * The rate limiter of an account in this process. Executions that run side by side with one credential share it; n8n's
 * worker processes each have their own, and hear of each other through the service's headers.
 *
 * @param key names the account, such as the base URL and the ID of the credential
 */
export function rateLimiterFor(key: string): RateLimiter {
	const limiter = rateLimiters.get(key) ?? createRateLimiter();
	rateLimiters.set(key, limiter);
	return limiter;
}
