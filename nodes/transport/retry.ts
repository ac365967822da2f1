/** Attempts in all, the first one included. */
export const MAX_ATTEMPTS = 4;
/** The longest pause (ms) that a server may ask for; longer ones are reported. NativeMessage counts by the minute. */
export const MAX_PAUSE_MS = 90_000;
const FIRST_PAUSE_MS = 400;

/** How one attempt failed: an HTTP status, or the system's code for a connection that broke. */
export interface Failure {
	status?: number;
	/** The `Retry-After` header as it came. */
	retryAfter?: string;
	/** True when it failed before the request itself went out, at the log-in. */
	beforeSend?: boolean;
	/** E.g. `ECONNRESET`; only when there was no HTTP answer. */
	networkCode?: string;
}

const TEMPORARY_STATUSES = new Set([408, 429, 500, 502, 503, 504]);
/** Of codes that mean that there was no connection to the server, those that may pass. */
const UNSENT_CODES = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);
const PERMANENT_CODES = /^(ENOTFOUND|ERR_INVALID_URL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** True when the failure proves that the server did not take the request. */
export function surelyNotProcessed(failure: Failure): boolean {
	if (failure.beforeSend) return true;
	if (failure.networkCode !== undefined) {
		return UNSENT_CODES.has(failure.networkCode) || PERMANENT_CODES.test(failure.networkCode);
	}
	if (failure.status === 503) return failure.retryAfter !== undefined;
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

/**
 * How long to wait before the next attempt: what the server asks for, else exponential with jitter, so that many
 * workflows that failed together do not come back together.
 *
 * @param attempt number of attempts made so far, from 1
 * @returns ms
 */
export function pauseBefore(attempt: number, failure: Failure, random = Math.random()): number {
	return retryAfterMs(failure.retryAfter) ?? FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + random / 2);
}
