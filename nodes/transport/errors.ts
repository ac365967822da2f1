import type { CallContract } from './contract';
import type { Failure } from './retry';
import { CUT_OFF, surelyNotProcessed } from './retry';
import type { Remedies } from './remedies';
import { remedyFor, unknownOutcomeRemedy } from './remedies';
import type { Service } from './services';
import { SERVICE_NAMES } from './services';
import { serviceWords } from './serviceWords';

/** Maximum length of a message, no matter what it quotes. */
const MAX_SENTENCE = 1_000;

/** Makes a text readable: on one line, without control characters, and truncated. */
export function readable(text: string, maxLength = MAX_SENTENCE): string {
	const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	const cut = line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
	return cut.replace(/\p{Surrogate}/gu, '\ufffd');
}

/**
 * The outcome of a failed item, for deciding what to do next: `refused` by the service, `notSent`, `unknown` (look it up
 * before you resend it), `partlySent` to some of its recipients, or `notDelivered` after it was sent.
 */
export type FailedOutcome = 'refused' | 'notSent' | 'unknown' | 'partlySent' | 'notDelivered';

/** A request that wasn't sent because a value is invalid. The message is one sentence about that value. */
export class NotSentError extends Error {
	readonly outcome: FailedOutcome = 'notSent';

	constructor(
		message: string,
		readonly description = 'Nothing was sent for this item. Correct the value or the expression.',
	) {
		super(readable(message));
	}
}

type RemedyWith = (special?: Remedies) => string;

/**
 * A request that failed. The message says what happened, in the service's own words if it gave any. The description says
 * what to do.
 */
export class RequestError extends Error {
	private special?: Remedies;
	/** Whether there was no connection to the server, so the request wasn't sent. */
	isUnreachable = false;

	/** @param remedy what to do, or a function that builds it from the remedies of one operation */
	constructor(
		message: string,
		private readonly remedy?: string | RemedyWith,
		/** HTTP status of the response; undefined if there was none. */
		readonly status?: number,
		/** The service's own error code, if it says more than the status. */
		readonly code?: string,
	) {
		super(message);
	}

	get outcome(): FailedOutcome {
		return this.status === undefined ? 'notSent' : 'refused';
	}

	get description(): string | undefined {
		return typeof this.remedy === 'function' ? this.remedy(this.special) : this.remedy;
	}

	/** Adds the remedies of the operation that the request belongs to. */
	adviseWith(special: Remedies | undefined): void {
		this.special = special;
	}
}

/** Whether a request failed with one of these HTTP statuses. */
export function hasStatus(error: unknown, ...statuses: number[]): error is RequestError {
	return error instanceof RequestError && statuses.includes(error.status ?? 0);
}

/** The outcome of a send or create is unknown, so it must not be repeated. */
export class UnknownOutcomeError extends RequestError {
	override get outcome(): FailedOutcome {
		return 'unknown';
	}
}

/** What went wrong with one request. */
export interface FailedRequest {
	failure: Failure;
	service: Service;
	/** The parsed body of the response, if there was one. */
	body?: unknown;
	/** Whether repeating the request has the same effect as sending it once. */
	idempotent: boolean;
	/** Texts that must never be shown, such as the access token. */
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
		"The Base URL host wasn't found",
		'Check the Base URL in the credential for typos, and the internet connection of n8n.',
	],
	[
		/CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS/,
		"The server's certificate isn't trusted",
		'Check the Base URL in the credential. If n8n is behind a company proxy, add the certificate of the proxy to n8n.',
	],
	[
		/ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT|ERR_CANCELED/,
		"The server didn't respond in time",
		'Try again later. If the problem continues, check the internet connection of n8n.',
	],
	[
		new RegExp(CUT_OFF),
		'The connection was lost during the response',
		'Try again later. If the problem continues, check the internet connection of n8n.',
	],
	[
		/^/,
		'The connection to the server was lost',
		'Try again later. If the problem continues, check the internet connection of n8n.',
	],
];

/** What happened if there was no response, and what the user can do about it. */
export function networkFailure(networkCode: string): { message: string; remedy: string } {
	const [, message, remedy] = NETWORK_TEXTS.find(([pattern]) => pattern.test(networkCode))!;
	return { message, remedy };
}

/** Masks secrets in a text and truncates it. */
function presentable(text: string, secrets: string[]): string {
	const safe = secrets.reduce((result, secret) => result.split(secret).join('***'), text);
	return readable(safe, MAX_TEXT);
}

interface Explanation {
	message: string;
	remedy: string | RemedyWith;
	code?: string;
}

/** What the service says about an error: its words, and its code if that isn't just the status again. */
function explained({ failure, body, service, secrets }: FailedRequest): Explanation {
	const { status = 0 } = failure;
	const words = serviceWords(body);
	const text = words.text ?? `${SERVICE_NAMES[service]} responded with HTTP status ${status}`;
	const remedy: RemedyWith = (special) => remedyFor(service, status, text, special);
	if (words.code === undefined || words.code === String(status)) return { message: text, remedy };
	const code = presentable(words.code, secrets);
	const sentence = text.trim().replace(/\.$/, '');
	return { message: text.includes(words.code) ? text : `${sentence} (code ${code})`, remedy, code };
}

function explanationOf(failed: FailedRequest): Explanation {
	const { status = 0, networkCode } = failed.failure;
	if (networkCode !== undefined) return networkFailure(networkCode);
	if (status >= 300 && status < 400) {
		return {
			message: `The server responded with a redirect (HTTP ${status})`,
			remedy:
				"Check the Base URL in the credential. The node doesn't follow redirects, so that the token never reaches another server.",
		};
	}
	return explained(failed);
}

/** The beginning of the message for a send or create with an unknown outcome. */
export const UNKNOWN = "It's unknown whether this was sent";

function unknownOutcome(service: Service, failed: RequestError): UnknownOutcomeError {
	const remedy = (special?: Remedies) => {
		failed.adviseWith(special);
		return `${unknownOutcomeRemedy(service)} ${failed.description}`;
	};
	return new UnknownOutcomeError(`${UNKNOWN}: ${failed.message}`, remedy, failed.status, failed.code);
}

/** The error for a request that failed. */
export function requestError(failed: FailedRequest): RequestError {
	const { failure, service, idempotent, secrets } = failed;
	const { message, remedy, code } = explanationOf(failed);
	// Only text from the response is kept, because an HTTP client's error object carries the request's headers, including
	// the token.
	const text = presentable(message, secrets).replace(/\.$/, '');
	const isUnsent = surelyNotProcessed(failure);
	const error = new RequestError(text, remedy, failure.status, code);
	error.isUnreachable = isUnsent && failure.networkCode !== undefined;
	return idempotent || isUnsent ? error : unknownOutcome(service, error);
}

/** The error for a successful response without readable content; `found` describes what it contains instead. */
export function responseError(found: string, { answer, idempotent, service }: CallContract): RequestError {
	const wanted = answer === 'array' ? 'a JSON list' : 'a JSON object';
	const happened = `${SERVICE_NAMES[service]} responded with ${found} instead of ${wanted}`;
	const remedy = /HTML/.test(found)
		? 'Check the Base URL in the credential: it may lead to a web page or a proxy instead of the API.'
		: 'This differs from its documentation. Try again later. If the problem continues, contact the support of the service.';
	const error = new RequestError(happened, remedy);
	return idempotent ? error : unknownOutcome(service, error);
}
