import type { Attempt } from './attempt';
import { createPace } from './pace';
import { RecentMap } from './recentMap';
import { headerOf } from './response';

/**
 * The longest (ms) that a service can stop the requests to an account: what it asks for may be nonsense, such as
 * milliseconds instead of seconds, and nothing would go out until n8n is restarted.
 */
const MAX_CLOSED_MS = 3_600_000;
/** A longer one (ms) is no time that anybody meant. */
const MAX_ASKED_MS = 30 * 24 * 3_600_000;
/** How long (s) the first refusal that names no time closes the account, and at most; each one doubles it. */
const FIRST_STEP_S = 1;
const MAX_STEP_S = 60;
/** After so long (s) without a request that was accepted, nobody waits any more, and one request is tried now and then. */
const GIVE_UP_S = 600;
const GIVEN_UP_STEP_S = 300;

/** Why nothing may go out, as times of this machine's clock. */
export interface Closure {
	/** When the next request is tried. */
	until: number;
	/** What the service asked for, where it did; may be later, when it asked for more than is heeded. */
	askedUntil?: number;
	/** Since when it refuses everything, or its limit is known to be used up. */
	since: number;
}

/** Keeps all requests to one account of a service within its rate limit, so that a limit stops all of them together. */
export interface RateLimiter {
	/** ms until the next request may go out; 0 when it may go now. */
	pause(): number;
	/** Means something while `pause` is not 0. */
	closure(): Closure;
	/**
	 * Resolves when a request may go out; it then counts as under way.
	 *
	 * @returns when it began, for `leave`; undefined when there is a pause first
	 */
	enter(): Promise<number | undefined>;
	/** Takes note that a request is over, and of the limits that its response tells. */
	leave(startedAt: number, attempt?: Attempt): void;
	/** The lane of those who keep a pace that the user has set. */
	paced: PacedLane;
}

/** Lets messages go out one request after the other, at a pace that each says for itself. */
export interface PacedLane {
	/**
	 * Waits for a turn, in the order of the calls; nobody else has one until it is given back.
	 *
	 * @param wait waits so many ms, and throws when it is no use any more
	 * @returns gives it back; the next turn begins so many ms later
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
 * When the account may send again by the headers of a response, as a time of this machine's clock: the service's clock
 * may differ, so its `Date` header is what `X-RateLimit-Reset` (Unix seconds) is measured against.
 */
function resumesAt({ response, failure }: Required<Attempt>, now: number): number | undefined {
	if (failure.retryAfterMs !== undefined) return now + failure.retryAfterMs;
	const reset = Number(headerOf(response, 'x-ratelimit-reset') ?? Number.NaN) * 1000;
	if (Number.isNaN(reset)) return undefined;
	const serverNow = Date.parse(headerOf(response, 'date') ?? '');
	return Number.isNaN(serverNow) ? reset : now + Math.max(0, reset - serverNow);
}

/**
 * A rate limiter that knows nothing about the limits yet. What it goes by:
 *
 * - The headers of responses: how many requests are left, and when the account may send again.
 * - A refusal (429) that names no time to come closes the account for 1 s, and for 2, 4 ... up to 60 s when the next
 *   request is refused as well. What was under way when the account was closed is part of the same refusal.
 * - After a refusal one request goes ahead alone, and the others follow when it is accepted: at the pace that was learned
 *   from the refusal, if no time was named.
 *
 * @param second how long (ms) one is where the limiter decides; what a service asks for is not touched. Tests have no time
 */
export function createRateLimiter(now = () => Date.now(), second = 1_000): RateLimiter {
	const pace = createPace(second);
	let closedUntil = 0;
	let askedUntil: number | undefined;
	/** How many requests the service still allows, as far as the last response told. */
	let left = Infinity;
	let inFlight = 0;
	let waiting: Array<() => void> = [];
	/** The last refusal, until a request that began after it is accepted. */
	let refusal: { at: number; since: number; step: number } | undefined;
	/** When the pace lets the next request go. */
	let nextAt = 0;

	function close(until: number): void {
		askedUntil = until - now() > MAX_ASKED_MS ? undefined : until;
		closedUntil = Math.max(closedUntil, Math.min(until, now() + MAX_CLOSED_MS));
	}

	function refuse(startedAt: number, attempt: Required<Attempt>): void {
		const at = now();
		// What was refused long ago says nothing about now.
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
		// At 0 the pause decides, and what is left after it is not known.
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
