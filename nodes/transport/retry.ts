/** Total number of attempts, including the first. */
const MAX_ATTEMPTS = 4;
/** The longest pause (ms) that a server may ask for; a longer one is an error. NativeMessage's limits are per minute. */
export const MAX_PAUSE_MS = 90_000;
/** How often the rate limit may send a request back to the queue before that counts as a failed attempt. */
const MAX_LIMITED = 20;
const FIRST_PAUSE_MS = 400;

/** How an attempt failed: an HTTP status, or the system's code for a broken connection. */
export interface Failure {
	status?: number;
	/** How long (ms) the server asks to wait, from its `Retry-After` header. */
	retryAfterMs?: number;
	/** Whether it failed at the login, before the request itself went out. */
	beforeSend?: boolean;
	/** Such as `ECONNRESET`; only if there was no HTTP response. */
	networkCode?: string;
}

const TEMPORARY_STATUSES = new Set([408, 429, 500, 502, 503, 504]);
/** Codes for a temporary lack of connection to the server. */
const UNSENT_CODES = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);
const PERMANENT_CODES = /^(ENOTFOUND|ERR_INVALID_URL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** The network code of a successful response that broke off. */
export const CUT_OFF = 'RESPONSE_CUT_OFF';

/**
 * Whether the failure proves that the server didn't process the request. A 503 proves nothing, no matter what its headers
 * say: a gateway may have passed the request on first.
 */
export function surelyNotProcessed(failure: Failure): boolean {
	if (failure.beforeSend) return true;
	if (failure.networkCode !== undefined) {
		return UNSENT_CODES.has(failure.networkCode) || PERMANENT_CODES.test(failure.networkCode);
	}
	return (failure.status ?? 500) < 500 && failure.status !== 408;
}

/**
 * Whether the same request may be sent again. A request that sends or creates something is repeated only if the server
 * definitely didn't process it. All others are also repeated after a lost connection or a server error.
 */
export function mayRepeat(failure: Failure, idempotent: boolean): boolean {
	if (!idempotent && !surelyNotProcessed(failure)) return false;
	if (failure.networkCode !== undefined) return !PERMANENT_CODES.test(failure.networkCode);
	return TEMPORARY_STATUSES.has(failure.status ?? 0);
}

/** Reads a `Retry-After` header, in seconds or as an HTTP date; ms, or undefined if it is missing or invalid. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
	if (header === undefined || header.trim() === '') return undefined;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Decides whether and when a request is sent again. */
export interface Retries {
	/** How many attempts have failed so far. Being sent back to the queue doesn't count. */
	readonly failed: number;
	/** @returns ms to wait before the next attempt, in addition to the rate limiter's pause; undefined to give up */
	next(failure: Failure): number | undefined;
}

/**
 * Starts counting the attempts of one request. The pause is what the server asks for, otherwise an exponential backoff
 * with jitter, so that workflows that failed together don't retry together.
 *
 * @param idempotent whether sending the request twice has the same effect as once
 */
export function createRetries(idempotent: boolean, random = Math.random): Retries {
	let failed = 0;
	let limited = 0;
	return {
		get failed() {
			return failed;
		},
		next(failure) {
			if (failure.status === 429 && ++limited <= MAX_LIMITED) return 0;
			const pause = failure.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** failed * (0.5 + random() / 2);
			failed++;
			const givesUp = failed === MAX_ATTEMPTS || pause > MAX_PAUSE_MS || !mayRepeat(failure, idempotent);
			return givesUp ? undefined : pause;
		},
	};
}
