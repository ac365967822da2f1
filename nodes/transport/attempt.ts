import { NodeApiError } from 'n8n-workflow';
import type { Answer } from './answer';
import { headerOf } from './answer';
import { DURING_LOGIN } from './credential';
import type { Failure } from './retry';
import { retryAfterMs } from './retry';

/** What became of sending once: an answer of any status, or none. `failure` means something unless it is a success. */
export interface Attempt {
	answer?: Answer;
	failure: Failure;
}

/** An answer as a failure; means something unless it is a success. */
export function failureOf(answer: Answer): Failure {
	return { status: answer.statusCode, retryAfterMs: retryAfterMs(headerOf(answer, 'retry-after')) };
}

/** What is of use in the errors that n8n and its HTTP client throw. */
interface ThrownPart extends Error {
	code?: unknown;
	/** What n8n has put in place of, or beside, the message. */
	messages?: string[];
	response?: { status: number; headers: Record<string, unknown>; data: unknown };
}

/** An error with the errors that n8n has wrapped into it, the outermost first. */
function chainOf(error: unknown): ThrownPart[] {
	const chain: ThrownPart[] = [];
	for (let current = error; current instanceof Error && chain.length < 5; current = current.cause) {
		chain.push(current as ThrownPart);
	}
	return chain;
}

/**
 * What a thrown error tells. Answers of the API are no errors here, so an HTTP answer in one means that n8n could not log
 * in, or that the API refused the token (401) even after n8n had logged in again.
 */
export function thrownAttempt(error: unknown): Attempt {
	const chain = chainOf(error);
	const beforeSend = chain.some(({ message, messages = [] }) =>
		[message, ...messages].some((text) => text.includes(DURING_LOGIN)),
	);
	const response = chain.map((part) => part.response).find((part) => part !== undefined);
	if (response) {
		const answer = { statusCode: response.status, headers: response.headers, body: response.data };
		return { answer, failure: { ...failureOf(answer), beforeSend } };
	}
	const httpCode = error instanceof NodeApiError ? error.httpCode : null;
	const status = Number(httpCode ?? Number.NaN);
	if (status >= 100) {
		const answer = { statusCode: status, headers: {}, body: (error as NodeApiError).context.data };
		return { answer, failure: { status, beforeSend } };
	}
	// Older n8n keeps the code of a lost connection nowhere but there.
	const codes = [...chain.map((part) => part.code), httpCode];
	const code = codes.find((part) => typeof part === 'string' && part !== '');
	return { failure: { networkCode: String(code ?? 'UNKNOWN'), beforeSend } };
}
