import type { ICredentialDataDecryptedObject, IExecuteFunctions, IHttpRequestMethods } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { CallContract } from './contract';
import { callContract } from './contract';
import type { Endpoint, RequestOf, ResponseOf } from './endpoint';
import { answerError, callError } from './errors';
import { fillPath } from './path';
import type { Failure } from './retry';
import { MAX_ATTEMPTS, MAX_PAUSE_MS, mayRepeat, pauseBefore } from './retry';

const CREDENTIAL = 'nativeMsgApi';
const TIMEOUT_MS = 60_000;

interface Answer {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** Calls the API with the credential of one node run. */
export interface ApiClient {
	/**
	 * Sends one call of the contract and returns its checked answer.
	 *
	 * @param endpoint decides at compile time what `request` needs and what comes back
	 * @param itemIndex the input item that the call is for; named in errors
	 * @throws NodeApiError for every failure, with what happened as message and what to do as description
	 */
	call<E extends Endpoint>(endpoint: E, request: RequestOf<E>, itemIndex: number): Promise<ResponseOf<E>>;
}

function urlOf(baseUrl: string, endpoint: Endpoint, request: LooseRequest): string {
	const url = new URL(baseUrl.trim().replace(/\/+$/, '') + fillPath(endpoint.split(' ')[1], request.path));
	for (const [name, value] of Object.entries(request.query ?? {})) {
		if (value !== undefined) url.searchParams.set(name, String(value));
	}
	return url.href;
}

/** Finds the system's code of a broken connection in an error that n8n has wrapped, maybe several times. */
function networkCodeOf(error: unknown): string {
	for (
		let current = error, depth = 0;
		current instanceof Error && depth < 5;
		current = current.cause, depth++
	) {
		const { code } = current as { code?: unknown };
		if (typeof code === 'string' && code !== '') return code;
	}
	return 'UNKNOWN';
}

function headerOf(answer: Answer, name: string): string | undefined {
	const value = answer.headers[name];
	return value === undefined ? undefined : String(value);
}

function kindOf(body: unknown): string {
	if (body === '' || body === null || body === undefined) return 'an empty body';
	if (typeof body === 'string') return /^\s*</.test(body) ? 'an HTML page' : 'text that is not JSON';
	return Array.isArray(body) ? 'a JSON list' : 'a JSON object';
}

interface LooseRequest {
	path?: Record<string, unknown>;
	query?: Record<string, unknown>;
	body?: unknown;
}

/**
 * Reads the credential once and hands it into every call, which halves the cost of a call in n8n: otherwise n8n reads
 * and decrypts it again each time. (A credential with expressions per item is therefore read for the first item.)
 */
export async function createClient(context: IExecuteFunctions): Promise<ApiClient> {
	const credential = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
	const node = context.getNode();
	const secrets = [String(credential.accessToken)];

	async function attempt(method: string, url: string, body: unknown): Promise<Answer> {
		return (await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			{
				method: method as IHttpRequestMethods,
				url,
				body: body as ICredentialDataDecryptedObject,
				json: true,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: TIMEOUT_MS,
			},
			{ credentialsDecrypted: { id: '', name: CREDENTIAL, type: CREDENTIAL, data: { ...credential } } },
		)) as Answer;
	}

	async function call(endpoint: Endpoint, request: LooseRequest, itemIndex: number): Promise<unknown> {
		const contract = callContract(endpoint);
		const method = endpoint.split(' ')[0];
		const { idempotent } = contract;
		const url = urlOf(String(credential.baseUrl), endpoint, request);
		const fail = (failure: Failure, answer?: unknown) =>
			callError({ node, itemIndex, failure, answer, idempotent, secrets });

		for (let attempts = 1; ; attempts++) {
			let failure: Failure;
			let answer: Answer | undefined;
			try {
				answer = await attempt(method, url, request.body);
				failure = { status: answer.statusCode, retryAfter: headerOf(answer, 'retry-after') };
			} catch (error) {
				failure = { networkCode: networkCodeOf(error) };
			}
			if (answer && answer.statusCode >= 200 && answer.statusCode < 300) {
				return checkedAnswer(answer.body, method, contract, itemIndex);
			}
			// A repeated DELETE that finds nothing: the attempt whose answer was lost had deleted it.
			if (method === 'DELETE' && attempts > 1 && failure.status === 404) return {};
			const pause = pauseBefore(attempts, failure);
			const cancelled = context.getExecutionCancelSignal()?.aborted === true;
			if (attempts === MAX_ATTEMPTS || cancelled || pause > MAX_PAUSE_MS || !mayRepeat(failure, idempotent)) {
				throw fail(failure, answer?.body);
			}
			await sleep(pause, context.getExecutionCancelSignal());
		}
	}

	function checkedAnswer(body: unknown, method: string, contract: CallContract, itemIndex: number): unknown {
		if (method === 'DELETE' && (body === '' || body === undefined || body === null)) return {};
		const kind = Array.isArray(body) ? 'array' : typeof body === 'object' && body !== null ? 'object' : '';
		if (kind === contract.answer) return body;
		throw answerError(node, itemIndex, kindOf(body), contract.answer, contract.idempotent);
	}

	return { call: call as ApiClient['call'] };
}
