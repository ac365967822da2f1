/** Attempts in all, the first one included. */
const MAX_ATTEMPTS = 4;
/** The longest pause (ms) that a server may ask for; longer ones are reported. NativeMessage counts by the minute. */
export const MAX_PAUSE_MS = 90_000;
/** How often one request lets the rate limit send it back to the queue before that counts as a failed attempt. */
const MAX_LIMITED = 20;
const FIRST_PAUSE_MS = 400;

/** How one attempt failed: an HTTP status, or the system's code for a connection that broke. */
export interface Failure {
	status?: number;
	/** How long (ms) the server asks to wait, from its `Retry-After` header. */
	retryAfterMs?: number;
	/** True when it failed before the request itself went out, at the log-in. */
	beforeSend?: boolean;
	/** E.g. `ECONNRESET`; only when there was no HTTP answer. */
	networkCode?: string;
}

const TEMPORARY_STATUSES = new Set([408, 429, 500, 502, 503, 504]);
/** Of codes that mean that there was no connection to the server, those that may pass. */
const UNSENT_CODES = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);
const PERMANENT_CODES = /^(ENOTFOUND|ERR_INVALID_URL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** The network code of a response that began with a success, and broke off. */
export const CUT_OFF = 'RESPONSE_CUT_OFF';

/**
 * True when the failure proves that the server did not take the request. A 503 proves nothing, whatever its headers: a
 * gateway may have passed the request on before.
 */
export function surelyNotProcessed(failure: Failure): boolean {
	if (failure.beforeSend) return true;
	if (failure.networkCode !== undefined) {
		return UNSENT_CODES.has(failure.networkCode) || PERMANENT_CODES.test(failure.networkCode);
	}
	return (failure.status ?? 500) < 500 && failure.status !== 408;
}

/**
 * Whether the same request may be sent once more. A call that sends or creates something is repeated only when the
 * server surely did not process it; everything else also after a lost connection or a server error.
 */
export function mayRepeat(failure: Failure, idempotent: boolean): boolean {
	if (!idempotent && !surelyNotProcessed(failure)) return false;
	if (failure.networkCode !== undefined) return !PERMANENT_CODES.test(failure.networkCode);
	return TEMPORARY_STATUSES.has(failure.status ?? 0);
}

/** Reads a `Retry-After` header, in seconds or as an HTTP date; ms, or undefined when there is none to read. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
	if (header === undefined || header.trim() === '') return undefined;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Decides, for the attempts to send one request, whether and when it is sent again. */
export interface Retries {
	/** How many attempts failed so far; being sent back to the queue is no failed attempt. */
	readonly failed: number;
	/** @returns ms to wait before the next attempt, beside the rate limiter's own pause; undefined to give up */
	next(failure: Failure): number | undefined;
}

/**
 * Starts counting the attempts to send one request. The pause is what the server asks for, else an exponential backoff
 * with jitter, so that many workflows that failed together do not come back together.
 *
 * @param idempotent true when sending the request twice has the same effect as once
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
