import type { IHttpRequestOptions } from 'n8n-workflow';

/** How long (ms) to wait for an answer; sending to a large channel may take the API a while. */
export const TIMEOUT_MS = 60_000;

/**
 * The same request, made to end after its time-out whatever comes. n8n begins to count anew with each byte, so that an
 * answer which comes a byte at a time would never end.
 */
export function endingInTime(request: IHttpRequestOptions): IHttpRequestOptions {
	const { timeout, abortSignal } = request;
	if (timeout === undefined) return request;
	const limit = AbortSignal.timeout(timeout);
	return {
		...request,
		abortSignal: abortSignal ? AbortSignal.any([abortSignal as AbortSignal, limit]) : limit,
	};
}
