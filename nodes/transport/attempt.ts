import { NodeApiError } from 'n8n-workflow';
import { DURING_LOGIN, NO_SUCH_API } from './credential';
import type { ApiResponse } from './response';
import { headerOf, isSuccess } from './response';
import type { Failure } from './retry';
import { CUT_OFF, retryAfterMs } from './retry';

/** The result of sending once: a response of any status, or none. Ignore `failure` if the response is a success. */
export interface Attempt {
	response?: ApiResponse;
	failure: Failure;
}

/** A response as a failure; meaningless for a success. */
export function failureOf(response: ApiResponse): Failure {
	return { status: response.statusCode, retryAfterMs: retryAfterMs(headerOf(response, 'retry-after')) };
}

/** A response attached to an error. A success here is the part that arrived before the connection was lost. */
function thrownResponse(response: ApiResponse, beforeSend: boolean): Attempt {
	if (isSuccess(response)) return { failure: { networkCode: CUT_OFF, beforeSend } };
	return { response, failure: { ...failureOf(response), beforeSend } };
}

/** The useful parts of the errors that n8n and its HTTP client throw. */
interface ThrownPart extends Error {
	code?: unknown;
	/** Texts that n8n has added to or used instead of the message. */
	messages?: string[];
	response?: { status: number; headers: Record<string, unknown>; data: unknown };
}

/** An error and its causes, outermost first. */
function chainOf(error: unknown): ThrownPart[] {
	const chain: ThrownPart[] = [];
	for (let current = error; current instanceof Error && chain.length < 5; current = current.cause) {
		chain.push(current as ThrownPart);
	}
	return chain;
}

/**
 * What a thrown error says about the attempt. API responses don't throw, so an error with an HTTP response means that n8n
 * couldn't log in, that the API refused the token (401) even after a new login, or that a response broke off.
 */
export function thrownAttempt(error: unknown): Attempt {
	const chain = chainOf(error);
	const says = (words: string) =>
		chain.some(({ message, messages = [] }) => [message, ...messages].some((text) => text.includes(words)));
	if (says(NO_SUCH_API)) return { failure: { networkCode: 'ERR_INVALID_URL', beforeSend: true } };
	const beforeSend = says(DURING_LOGIN);
	const response = chain.map((part) => part.response).find((part) => part !== undefined);
	if (response) {
		const { status: statusCode, headers, data: body } = response;
		return thrownResponse({ statusCode, headers, body }, beforeSend);
	}
	const httpCode = error instanceof NodeApiError ? error.httpCode : null;
	const statusCode = Number(httpCode ?? Number.NaN);
	if (statusCode >= 100) {
		const body = (error as NodeApiError).context.data;
		return thrownResponse({ statusCode, headers: {}, body }, beforeSend);
	}
	// Older n8n versions keep the code of a lost connection only there.
	const codes = [...chain.map((part) => part.code), httpCode];
	const code = codes.find((part) => typeof part === 'string' && part !== '');
	return { failure: { networkCode: String(code ?? 'UNKNOWN'), beforeSend } };
}
