import type { CallContract } from './contract';
import { responseError } from './errors';
import type { JsonObject } from './json';
import { isAbsent, isObject } from './json';
import { isHtml, serviceWords } from './serviceWords';

/** An HTTP response as n8n's request helper returns it. */
export interface ApiResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** The body of a successful response in the shape of the contract. */
export interface ReadBody {
	body: unknown;
	/** What was unusual about it, such as `an empty body, without requestId`; undefined if it was as documented. */
	oddity?: string;
}

/** The status of an error in a successful response that states none: understood, but not accepted. */
const REFUSED = 422;
/** Properties that both errors and records can have. */
const COMMON_FIELDS = new Set(['code', 'message', 'status']);
/** What an envelope may have next to the record or the list. */
const ENVELOPE_FIELDS =
	/^(code|count|errors?|links|message|meta|page|pagination|per_?page|status|success|total)$/i;
const ENVELOPES = ['data', 'items'];

function isEmpty(body: unknown): boolean {
	return isAbsent(body) || (typeof body === 'string' && body.trim() === '');
}

/** Describes a body, as part of a sentence. */
function kindOf(body: unknown): string {
	if (isEmpty(body)) return 'an empty body';
	if (typeof body === 'string') return isHtml(body) ? 'an HTML page' : 'text that is not JSON';
	if (!Array.isArray(body)) return isObject(body) ? 'a JSON object' : 'a single JSON value';
	return body.every(isObject) ? 'a JSON list' : 'a JSON list of other things than objects';
}

export function isSuccess({ statusCode }: ApiResponse): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/** A response header as text; undefined if it is missing. */
export function headerOf({ headers }: ApiResponse, name: string): string | undefined {
	const value = headers[name];
	return value === undefined ? undefined : String(value);
}

/** The status of a service error in the body of a successful response; undefined if the body isn't an error. */
function errorStatusIn(body: unknown, { returns }: CallContract): number | undefined {
	// If users define the property names, they reveal nothing.
	if (!isObject(body) || returns === undefined) return undefined;
	if (returns.some((name) => !COMMON_FIELDS.has(name) && !isAbsent(body[name]))) return undefined;
	const status = [body.code, body.statusCode, body.status]
		.map(Number)
		.find((code) => code >= 400 && code < 600);
	if (status !== undefined) return status;
	const isError = body.success === false || serviceWords(body.error).text !== undefined;
	return isError ? REFUSED : undefined;
}

/**
 * Corrects the status of a response: some gateways respond with 200 and the service's error as the body, which is still a
 * refusal.
 */
export function withTrueStatus(response: ApiResponse, contract: CallContract): ApiResponse {
	const status = isSuccess(response) ? errorStatusIn(response.body, contract) : undefined;
	return status === undefined ? response : { ...response, statusCode: status };
}

/** The content of an envelope; any other object is returned as it is. */
function unwrapped(body: JsonObject): JsonObject {
	const { [ENVELOPES[0]]: content, ...others } = body;
	const isEnvelope = Object.keys(others).every((name) => ENVELOPE_FIELDS.test(name));
	return isObject(content) && isEnvelope ? content : body;
}

const isList = (value: unknown) => Array.isArray(value) && value.every(isObject);

/** A list, also from `data` or `items` of an envelope, or its only list; undefined if there is none. */
function listIn(body: unknown): unknown {
	if (isEmpty(body)) return [];
	if (isList(body) || !isObject(body)) return isList(body) ? body : undefined;
	const lists = Object.values(body).filter(isList);
	return ENVELOPES.map((name) => body[name]).find(isList) ?? (lists.length === 1 ? lists[0] : undefined);
}

/** A record, also from `data` of an envelope, or as the only entry of a list; undefined if there is none. */
function recordIn(body: unknown, { returns }: CallContract): JsonObject | undefined {
	if (Array.isArray(body)) return body.length === 1 && isObject(body[0]) ? body[0] : undefined;
	if (!isObject(body)) return undefined;
	if (returns === undefined) return body;
	const telling = returns.filter((name) => !COMMON_FIELDS.has(name));
	const isRecord = (telling.length > 0 ? telling : returns).some((name) => name in body);
	return isRecord ? body : unwrapped(body);
}

/**
 * The body of a successful response in the shape of the contract: an object, or a list of objects. Responses may differ
 * from the documentation, so envelopes are unwrapped, and the response to a change is accepted with any body: missing
 * values are returned as null.
 *
 * @throws RequestError if it is a web page, or the response to a GET has no readable content
 */
export function readBody({ body }: ApiResponse, method: string, contract: CallContract): ReadBody {
	const kind = kindOf(body);
	if (typeof body === 'string' && isHtml(body)) throw responseError(kind, contract);
	const found = contract.answer === 'array' ? listIn(body) : recordIn(body, contract);
	if (method === 'GET') {
		if (found === undefined) throw responseError(kind, contract);
		return { body: found };
	}
	const record = (found ?? {}) as JsonObject;
	const missing = (contract.returns ?? []).filter((name) => isAbsent(record[name]));
	if (missing.length === 0) return { body: record };
	const nulls = Object.fromEntries(missing.map((name) => [name, null]));
	return { body: { ...record, ...nulls }, oddity: `${kind}, without ${missing.join(', ')}` };
}
