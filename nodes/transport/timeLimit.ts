import type { IHttpRequestOptions } from 'n8n-workflow';

/** How long (ms) to wait for a response; sending to a large channel may take the API a while. */
export const TIMEOUT_MS = 60_000;

/**
 * Makes a request end after its timeout in any case. n8n restarts its timeout with each byte, so a response that trickles
 * in would never end.
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
