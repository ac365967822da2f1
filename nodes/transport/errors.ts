import type { INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { CallContract } from './contract';
import type { Failure } from './retry';
import { surelyNotProcessed } from './retry';

/** A request that was not sent, because a value cannot be sent as it is. The message is one sentence about that value. */
export class NotSentError extends Error {
	constructor(
		message: string,
		readonly description = 'Nothing was sent for this item. Correct the value, or the expression that yields it.',
	) {
		super(message);
	}
}

/** What went wrong with one call, and where it belongs. */
export interface FailedCall {
	node: INode;
	itemIndex: number;
	failure: Failure;
	/** The parsed answer, when there was one. */
	answer?: unknown;
	/** True when repeating the call has the same effect as sending it once. */
	idempotent: boolean;
	/** Texts that must never be shown, e.g. the access token. */
	secrets: string[];
}

const MAX_TEXT = 400;

const REMEDIES: Record<number, string> = {
	400: 'Check the values of this item: nativeMsg could not read the request.',
	401: 'Check the access token in the credential. Tokens are made in the nativeMsg dashboard under Settings.',
	403: 'The token is valid but has no access to this. Ask the account owner for the permission, or use the token of the account that owns it.',
	404: 'Check the ID: it may be mistyped, deleted, or belong to another account.',
	408: 'nativeMsg waited too long for the request. Try again later.',
	409: 'It conflicts with the current state, e.g. a name that is already taken. Read the current state first, then change this item.',
	413: 'The request is too large. Send fewer recipients or shorter content at a time.',
	422: 'nativeMsg understood the request but cannot process one of its values. Change the value named above in this item.',
	429: 'Too many requests in a short time. Run fewer items at a time (Loop Over Items with a Wait node), or try again later.',
};

const SERVER_REMEDY =
	'nativeMsg has a temporary outage. Try again later; if it lasts, ask support@nativemsg.com.';
const UNKNOWN_OUTCOME =
	'It is not known whether nativeMsg carried this out before it failed. Look it up in nativeMsg before you repeat it, so that nothing is sent or created twice.';

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
		/ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT/,
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
export function presentable(text: string, secrets: string[]): string {
	const safe = secrets
		.filter((secret) => secret !== '')
		.reduce((result, secret) => result.split(secret).join('***'), text)
		.replace(/\s+/g, ' ')
		.trim();
	return safe.length > MAX_TEXT ? `${safe.slice(0, MAX_TEXT)}…` : safe;
}

function describedBy(answer: unknown): string | undefined {
	const { description, reasonPhrase } = (answer ?? {}) as Record<string, unknown>;
	return [description, reasonPhrase].find((text): text is string => typeof text === 'string' && text !== '');
}

function messageAndRemedy({ failure, answer }: FailedCall): [message: string, remedy: string] {
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
	const remedy = REMEDIES[status] ?? (status >= 500 ? SERVER_REMEDY : 'Check the values of this item.');
	return [describedBy(answer) ?? `nativeMsg answered with HTTP status ${status}`, remedy];
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
	const unknownOutcome = !call.idempotent && !surelyNotProcessed(call.failure);
	const message = `${presentable(happened, call.secrets).replace(/\.$/, '')} [item ${call.itemIndex}]`;
	// Only plain texts are handed over: an HTTP client's error object carries the request's headers, token included.
	return new NodeApiError(
		call.node,
		{ message },
		{
			message,
			description: unknownOutcome ? `${UNKNOWN_OUTCOME} ${remedy}` : remedy,
			httpCode: call.failure.status?.toString(),
			itemIndex: call.itemIndex,
			failure: failureCause(call),
		},
	);
}

/** The error for a successful answer that is not what the contract promises; `found` says what it is instead. */
export function answerError(
	{ node, itemIndex }: { node: INode; itemIndex: number },
	found: string,
	{ answer, idempotent }: CallContract,
): NodeApiError {
	const wanted = answer === 'array' ? 'a JSON list' : 'a JSON object';
	const message = `nativeMsg answered with ${found} instead of ${wanted} [item ${itemIndex}]`;
	const advice =
		'Check the Base URL in the credential: it may lead to a web page or a proxy instead of the API.';
	const description = idempotent ? advice : `${UNKNOWN_OUTCOME} ${advice}`;
	return new NodeApiError(node, { message }, { message, description, itemIndex });
}
