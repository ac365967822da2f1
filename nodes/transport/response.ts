import type { CallContract } from './contract';
import { responseError } from './errors';
import type { JsonObject } from './json';
import { isAbsent, isObject } from './json';
import { isHtml, serviceWords } from './serviceWords';

/** An HTTP response as n8n's request helper hands it out. */
export interface ApiResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** The body of a successful response in the shape of the contract. */
export interface ReadBody {
	body: unknown;
	/** What was odd about it, such as `an empty body, without requestId`; undefined when it was as documented. */
	oddity?: string;
}

/** What the error in the body of a success counts as when it states no status: understood, but not accepted. */
const REFUSED = 422;
/** Properties that both errors and records have. */
const COMMON_FIELDS = new Set(['code', 'message', 'status']);
/** What may stand beside the record or the list in an envelope. */
const ENVELOPE_FIELDS =
	/^(code|count|errors?|links|message|meta|page|pagination|per_?page|status|success|total)$/i;
const ENVELOPES = ['data', 'items'];

function isEmpty(body: unknown): boolean {
	return isAbsent(body) || (typeof body === 'string' && body.trim() === '');
}

/** What a body is, in words that fit into a sentence. */
function kindOf(body: unknown): string {
	if (isEmpty(body)) return 'an empty body';
	if (typeof body === 'string') return isHtml(body) ? 'an HTML page' : 'text that is not JSON';
	if (!Array.isArray(body)) return isObject(body) ? 'a JSON object' : 'a single JSON value';
	return body.every(isObject) ? 'a JSON list' : 'a JSON list of other things than objects';
}

export function isSuccess({ statusCode }: ApiResponse): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/** A header of a response as text; undefined when it is not there. */
export function headerOf({ headers }: ApiResponse, name: string): string | undefined {
	const value = headers[name];
	return value === undefined ? undefined : String(value);
}

/** The status of the service's error in the body of a success; undefined when the body is none. */
function errorStatusIn(body: unknown, { returns }: CallContract): number | undefined {
	// Where property names are the user's own, nothing can be told from them.
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
 * The response with the status that it should have: some gateways answer 200 with the service's error as the body, which is
 * a refusal all the same.
 */
export function withTrueStatus(response: ApiResponse, contract: CallContract): ApiResponse {
	const status = isSuccess(response) ? errorStatusIn(response.body, contract) : undefined;
	return status === undefined ? response : { ...response, statusCode: status };
}

/** What an envelope holds; the object itself when it is none. */
function unwrapped(body: JsonObject): JsonObject {
	const { [ENVELOPES[0]]: content, ...others } = body;
	const isEnvelope = Object.keys(others).every((name) => ENVELOPE_FIELDS.test(name));
	return isObject(content) && isEnvelope ? content : body;
}

const isList = (value: unknown) => Array.isArray(value) && value.every(isObject);

/** A list, also from `data` or `items` of an envelope, or its only list; undefined when there is none. */
function listIn(body: unknown): unknown {
	if (isEmpty(body)) return [];
	if (isList(body) || !isObject(body)) return isList(body) ? body : undefined;
	const lists = Object.values(body).filter(isList);
	return ENVELOPES.map((name) => body[name]).find(isList) ?? (lists.length === 1 ? lists[0] : undefined);
}

/** A record, also from `data` of an envelope or as the only one of a list; undefined when there is none. */
function recordIn(body: unknown, { returns }: CallContract): JsonObject | undefined {
	if (Array.isArray(body)) return body.length === 1 && isObject(body[0]) ? body[0] : undefined;
	if (!isObject(body)) return undefined;
	if (returns === undefined) return body;
	const telling = returns.filter((name) => !COMMON_FIELDS.has(name));
	const isRecord = (telling.length > 0 ? telling : returns).some((name) => name in body);
	return isRecord ? body : unwrapped(body);
}

/**
 * The body of a successful response in the shape that the contract promises: an object, or a list of objects. Services
 * answer otherwise than they document, so envelopes are opened, and a call that changes something is accepted whatever the
 * body: what is missing in it comes out as null.
 *
 * @throws RequestError when it is a web page, or a read that brings nothing to read
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
