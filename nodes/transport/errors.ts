import type { INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { CallContract } from './contract';
import type { Failure } from './retry';
import { surelyNotProcessed } from './retry';
import type { Service } from './services';
import { remedyFor, SERVICE_NAMES, unknownOutcome } from './services';

/** The longest that a sentence of this package gets, whatever it quotes. */
const MAX_SENTENCE = 1_000;

/** A text as people read it: on one line, of characters that can be shown, and cut where it gets too long. */
export function readable(text: string, maxLength = MAX_SENTENCE): string {
	const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	const cut = line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
	return cut.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** A request that was not sent, because a value cannot be sent as it is. The message is one sentence about that value. */
export class NotSentError extends Error {
	constructor(
		message: string,
		readonly description = 'Nothing was sent for this item. Correct the value, or the expression that yields it.',
	) {
		super(readable(message));
	}
}

/** What a call is made for, as far as its errors tell it. */
export interface Purpose {
	/** The input item, counted from 0 as n8n does; none for a webhook. */
	itemIndex?: number;
	/** What the user can do about an HTTP status, where it can be said better than in general. */
	remedies?: Record<number, string>;
}

/** What went wrong with one call, and where it belongs. */
export interface FailedCall extends Purpose {
	node: INode;
	failure: Failure;
	service: Service;
	/** The parsed answer, when there was one. */
	answer?: unknown;
	/** True when repeating the call has the same effect as sending it once. */
	idempotent: boolean;
	/** Texts that must never be shown, e.g. the access token. */
	secrets: string[];
}

const MAX_TEXT = 400;

const NETWORK_TEXTS: Array<[pattern: RegExp, message: string, remedy: string]> = [
	[
		/ECONNREFUSED/,
		'The server refused the connection',
		'Check the Base URL in the credential, and whether the service is up.',
	],
	[
		/ENOTFOUND|EAI_AGAIN|ERR_INVALID_URL/,
		'The server of the Base URL could not be found',
		'Check the Base URL in the credential for typing mistakes, and the internet connection of n8n.',
	],
	[
		/CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS/,
		'The certificate of the server is not trusted',
		'Check the Base URL in the credential. Behind a company proxy, have its certificate added to n8n.',
	],
	[
		/ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT|ERR_CANCELED/,
		'The server did not answer in time',
		'Try again later. If it lasts, check the internet connection of n8n.',
	],
	[
		/^/,
		'The connection to the server was lost',
		'Try again later. If it lasts, check the internet connection of n8n.',
	],
];

/** Takes secrets out of a text and cuts it to a length that a person reads. */
function presentable(text: string, secrets: string[]): string {
	const safe = secrets.reduce((result, secret) => result.split(secret).join('***'), text);
	return readable(safe, MAX_TEXT);
}

/** The API's own words: `description` is nativeMsg's, `error` is NativeMessage's. */
function describedBy(answer: unknown): string | undefined {
	const { description, error, reasonPhrase } = (answer ?? {}) as Record<string, unknown>;
	return [description, error, reasonPhrase].find(
		(text): text is string => typeof text === 'string' && text !== '',
	);
}

function messageAndRemedy({
	failure,
	answer,
	service,
	remedies = {},
}: FailedCall): [message: string, remedy: string] {
	const { status = 0, networkCode } = failure;
	if (networkCode !== undefined) {
		const [, message, remedy] = NETWORK_TEXTS.find(([pattern]) => pattern.test(networkCode))!;
		return [message, remedy];
	}
	if (status >= 300 && status < 400) {
		return [
			`The server answered with a redirect (HTTP ${status})`,
			'Check the Base URL in the credential. Redirects are not followed, so that the token never reaches another server.',
		];
	}
	const happened = describedBy(answer) ?? `${SERVICE_NAMES[service]} answered with HTTP status ${status}`;
	return [happened, remedyFor(service, status, happened, remedies)];
}

function failureCause({ failure }: FailedCall) {
	if (failure.status === 429) return { cause: 'rate-limited' as const };
	if (failure.status === 401) return { cause: 'credential-invalid' as const };
	return (failure.status ?? 0) >= 500 ? { cause: 'temporarily-unavailable' as const } : undefined;
}

/**
 * The error a user sees for a call that failed: the message says what happened, in the API's own words where it gave
 * any, with the item's number; the description says what to do.
 */
export function callError(call: FailedCall): NodeApiError {
	const [happened, remedy] = messageAndRemedy(call);
	const isUnknown = !call.idempotent && !surelyNotProcessed(call.failure);
	const text = presentable(happened, call.secrets).replace(/\.$/, '');
	const message = forItem(isUnknown ? `${UNKNOWN}: ${text}` : text, call.itemIndex);
	// Only plain texts are handed over: an HTTP client's error object carries the request's headers, token included.
	const error = new NodeApiError(
		call.node,
		{ message },
		{
			message,
			description: isUnknown ? `${unknownOutcome(call.service)} ${remedy}` : remedy,
			httpCode: call.failure.status?.toString(),
			itemIndex: call.itemIndex,
			failure: failureCause(call),
		},
	);
	return isUnknown ? markUnknown(error) : error;
}

/** Names the item in a message, as n8n's guidelines ask for. */
const forItem = (message: string, itemIndex?: number) =>
	itemIndex === undefined ? message : `${message} [item ${itemIndex}]`;

const UNKNOWN = 'It is not known whether this was sent';

/** Lets the code that runs the items know that it must not send them again. */
function markUnknown(error: NodeApiError): NodeApiError {
	error.context.outcome = 'unknown';
	return error;
}

/** The error for a successful answer that is not what the contract promises; `found` says what it is instead. */
export function answerError(
	{ node, itemIndex }: { node: INode; itemIndex?: number },
	found: string,
	{ answer, idempotent, service }: CallContract,
): NodeApiError {
	const wanted = answer === 'array' ? 'a JSON list' : 'a JSON object';
	const happened = `${SERVICE_NAMES[service]} answered with ${found} instead of ${wanted}`;
	const message = forItem(idempotent ? happened : `${UNKNOWN}: ${happened}`, itemIndex);
	const advice =
		'Check the Base URL in the credential: it may lead to a web page or a proxy instead of the API.';
	const description = idempotent ? advice : `${unknownOutcome(service)} ${advice}`;
	const error = new NodeApiError(node, { message }, { message, description, itemIndex });
	return idempotent ? error : markUnknown(error);
}
