import type { CallContract } from './contract';
import { responseError } from './errors';
import { isObject } from './json';

/** An HTTP answer as n8n's request helper hands it out. */
export interface Answer {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

function isEmpty(body: unknown): boolean {
	return body === '' || body === null || body === undefined;
}

/** What a body is, in words that fit into a sentence. */
function kindOf(body: unknown): string {
	if (isEmpty(body)) return 'an empty body';
	if (typeof body === 'string') return /^\s*</.test(body) ? 'an HTML page' : 'text that is not JSON';
	if (!Array.isArray(body)) return isObject(body) ? 'a JSON object' : 'a single JSON value';
	return body.every(isObject) ? 'a JSON list' : 'a JSON list of other things than objects';
}

export function isSuccess({ statusCode }: Answer): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/** A header of an answer as text; undefined when it is not there. */
export function headerOf({ headers }: Answer, name: string): string | undefined {
	const value = headers[name];
	return value === undefined ? undefined : String(value);
}

/**
 * The body of a successful answer, made sure to be the kind of JSON that the contract promises: an object, or a list of
 * objects. A DELETE may also be answered with nothing.
 *
 * @throws RequestError when it is something else, e.g. a web page of a proxy
 */
export function checkedBody({ body }: Answer, method: string, contract: CallContract): unknown {
	if (method === 'DELETE' && isEmpty(body)) return {};
	const isList = Array.isArray(body) && body.every(isObject);
	if (contract.answer === 'array' ? isList : isObject(body)) return body;
	throw responseError(kindOf(body), contract);
}
