import type { Attempt } from './attempt';
import { createPace } from './pace';
import { RecentMap } from './recentMap';
import { headerOf } from './response';

/**
 * The longest (ms) that a service can stop the requests to an account. It may ask for nonsense, such as milliseconds
 * instead of seconds, and then nothing would go out until n8n is restarted.
 */
const MAX_CLOSED_MS = 3_600_000;
/** Longer requested pauses (ms) can't be intended. */
const MAX_ASKED_MS = 30 * 24 * 3_600_000;
/** How long (s) the first refusal without a given time closes the account, and the maximum. Each further one doubles it. */
const FIRST_STEP_S = 1;
const MAX_STEP_S = 60;
/**
 * After this long (s) without an accepted request, nothing waits anymore, and one request is tried every
 * `GIVEN_UP_STEP_S`.
 */
const GIVE_UP_S = 600;
const GIVEN_UP_STEP_S = 300;

/** Why nothing may go out, in times of the local clock. */
export interface Closure {
	/** When the next request is tried. */
	until: number;
	/** The time that the service asked for, if any; later than `until` if it asked for more than the maximum. */
	askedUntil?: number;
	/** Since when it has refused everything, or its limit is known to be used up. */
	since: number;
}

/**
 * Keeps all requests to one account of a service within its rate limit: if the limit is reached, all of them wait
 * together.
 */
export interface RateLimiter {
	/** ms until the next request may go out; 0 when it may go now. */
	pause(): number;
	/** Only meaningful while `pause` isn't 0. */
	closure(): Closure;
	/**
	 * Resolves when a request may go out, which then counts as in flight.
	 *
	 * @returns the start time, for `leave`; undefined if there is a pause first
	 */
	enter(): Promise<number | undefined>;
	/** Notes that a request has finished, and the limits stated in its response. */
	leave(startedAt: number, attempt?: Attempt): void;
	/** The queue for messages with a pace set by the user. */
	paced: PacedLane;
}

/** Lets requests go out one after the other, each with its own pause after it. */
export interface PacedLane {
	/**
	 * Waits for a turn, in first-come order. No one else gets one until it is given back.
	 *
	 * @param wait waits this many ms; throws if there is no more reason to wait
	 * @returns a function that gives the turn back; the next one starts this many ms later
	 */
	turn(wait: (ms: number) => Promise<void>): Promise<(pauseMs: number) => void>;
}

function createPacedLane(now: () => number): PacedLane {
	let nextAt = 0;
	let last = Promise.resolve();
	return {
		async turn(wait) {
			const before = last;
			let end = () => {};
			last = new Promise((resolve) => (end = resolve));
			await before;
			let hasTurn = false;
			try {
				do await wait(Math.max(0, nextAt - now()));
				while (nextAt > now());
				hasTurn = true;
			} finally {
				if (!hasTurn) end();
			}
			return (pauseMs) => {
				nextAt = Math.max(nextAt, now() + pauseMs);
				end();
			};
		},
	};
}

/**
 * When the account may send again by the headers of a response, in the local clock's time. The service's clock may
 * differ, so `X-RateLimit-Reset` (Unix seconds) is compared with its `Date` header.
 */
function resumesAt({ response, failure }: Required<Attempt>, now: number): number | undefined {
	if (failure.retryAfterMs !== undefined) return now + failure.retryAfterMs;
	const reset = Number(headerOf(response, 'x-ratelimit-reset') ?? Number.NaN) * 1000;
	if (Number.isNaN(reset)) return undefined;
	const serverNow = Date.parse(headerOf(response, 'date') ?? '');
	return Number.isNaN(serverNow) ? reset : now + Math.max(0, reset - serverNow);
}

/**
 * Creates a rate limiter that doesn't know any limits yet. It follows these rules:
 *
 * - Response headers say how many requests are left, and when the account may send again.
 * - A refusal (429) without a future time closes the account for 1 s, then for 2, 4, ... up to 60 s if the next request
 *   is refused as well. Requests that were in flight when the account was closed belong to the same refusal.
 * - After a refusal, one request goes ahead alone, and the others follow when it is accepted: at the pace learned from
 *   the refusal, if the service gave no time.
 *
 * @param second length of a second (ms) in the limiter's own pauses, not in those that a service asks for; tests shorten
 *   it
 */
export function createRateLimiter(now = () => Date.now(), second = 1_000): RateLimiter {
	const pace = createPace(second);
	let closedUntil = 0;
	let askedUntil: number | undefined;
	/** How many more requests the service allows, by its last response. */
	let left = Infinity;
	let inFlight = 0;
	let waiting: Array<() => void> = [];
	/** The last refusal, until a request that began after it is accepted. */
	let refusal: { at: number; since: number; step: number } | undefined;
	/** When the pace allows the next request. */
	let nextAt = 0;

	function close(until: number): void {
		askedUntil = until - now() > MAX_ASKED_MS ? undefined : until;
		closedUntil = Math.max(closedUntil, Math.min(until, now() + MAX_CLOSED_MS));
	}

	function refuse(startedAt: number, attempt: Required<Attempt>): void {
		const at = now();
		// A refusal from long ago says nothing about now.
		if (refusal && at - closedUntil > GIVE_UP_S * second) refusal = undefined;
		const { since = at, step = 0 } = refusal ?? {};
		const isSame = refusal !== undefined && startedAt <= refusal.at;
		if (!refusal) pace.refused(at);
		const asked = resumesAt(attempt, at);
		if (asked !== undefined && asked > at) {
			refusal = { at, since, step };
			return close(asked);
		}
		if (isSame) return;
		const next = Math.min(step * 2 || FIRST_STEP_S, MAX_STEP_S);
		refusal = { at, since, step: next };
		askedUntil = undefined;
		const isHopeless = at - since >= GIVE_UP_S * second;
		closedUntil = Math.max(closedUntil, at + (isHopeless ? GIVEN_UP_STEP_S : next) * second);
	}

	function accept(startedAt: number): void {
		const at = now();
		if (refusal && startedAt > refusal.at) {
			if (refusal.step > 0) pace.resumed(startedAt);
			refusal = undefined;
			nextAt = at;
		}
		pace.accepted(at);
	}

	function heed(startedAt: number, attempt: Required<Attempt>): void {
		const { response, failure } = attempt;
		const remaining = Number(headerOf(response, 'x-ratelimit-remaining') ?? Number.NaN);
		// At 0, the pause decides, and what is left after it isn't known.
		left = remaining > 0 ? remaining : Infinity;
		if (failure.status === 429) return refuse(startedAt, attempt);
		accept(startedAt);
		const resumes = remaining === 0 ? resumesAt(attempt, now()) : undefined;
		if (resumes !== undefined && resumes > now()) close(resumes);
	}

	const mayEnter = () => inFlight < left && (refusal === undefined || inFlight === 0);
	const pause = () => Math.max(0, closedUntil - now(), nextAt - now());

	return {
		pause,
		paced: createPacedLane(now),
		closure: () => ({ until: closedUntil, askedUntil, since: refusal?.since ?? now() }),
		async enter() {
			while (!mayEnter()) await new Promise<void>((resolve) => waiting.push(resolve));
			const at = now();
			if (pause() > 0) return undefined;
			inFlight++;
			nextAt = at + pace.interval(at);
			return at;
		},
		leave(startedAt, { response, failure } = { failure: {} }) {
			inFlight--;
			if (response) heed(startedAt, { response, failure });
			const woken = waiting;
			waiting = [];
			for (const wake of woken) wake();
		},
	};
}

const rateLimiters = new RecentMap<RateLimiter>(100);

/**
 * The rate limiter of an account in this process. Parallel executions with the same credential share it. Each n8n worker
 * process has its own; they notice each other only through the service's headers.
 *
 * @param key identifies the account, such as by the base URL and the credential ID
 */
export function rateLimiterFor(key: string): RateLimiter {
	const limiter = rateLimiters.get(key) ?? createRateLimiter();
	rateLimiters.set(key, limiter);
	return limiter;
}
