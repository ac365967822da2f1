import type { ICredentialDataDecryptedObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { Answer } from './answer';
import { checkedBody, headerOf, isSuccess } from './answer';
import { callContract } from './contract';
import type { Endpoint, RequestOf, ResponseOf } from './endpoint';
import { callError } from './errors';
import type { Failure } from './retry';
import { MAX_ATTEMPTS, MAX_PAUSE_MS, mayRepeat, pauseBefore } from './retry';
import type { WireRequest } from './url';
import { buildUrl } from './url';

const CREDENTIAL = 'nativeMsgApi';
/** How long (ms) to wait for an answer; sending to a large channel may take the API a while. */
const TIMEOUT_MS = 60_000;

/** Calls the API with the credential of one node run. */
export interface ApiClient {
	/**
	 * Sends one call of the contract and returns its checked answer.
	 *
	 * @param endpoint decides at compile time what `request` needs and what comes back
	 * @param itemIndex the input item that the call is for; named in errors
	 * @throws NodeApiError when the call failed, with what happened as message and what to do as description
	 * @throws NotSentError when it cannot be sent as it is
	 */
	call<E extends Endpoint>(endpoint: E, request: RequestOf<E>, itemIndex: number): Promise<ResponseOf<E>>;
}

/** Finds the system's code of a broken connection in an error that n8n has wrapped, maybe several times. */
function networkCodeOf(error: unknown): string {
	let current = error;
	for (let depth = 0; current instanceof Error && depth < 5; depth++) {
		const { code } = current as { code?: unknown };
		if (typeof code === 'string' && code !== '') return code;
		current = current.cause;
	}
	return 'UNKNOWN';
}

/**
 * Reads the credential once and hands it into every call, which halves the cost of a call in n8n: otherwise n8n reads
 * and decrypts it again each time. (A credential with expressions per item is therefore read for the first item.)
 */
export async function createClient(context: IExecuteFunctions): Promise<ApiClient> {
	const credential = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
	const { accessToken = '', baseUrl = '' } = credential as { accessToken?: string; baseUrl?: string };
	const node = context.getNode();
	const cancelSignal = context.getExecutionCancelSignal();

	async function attempt(options: Pick<IHttpRequestOptions, 'method' | 'url' | 'body'>): Promise<Answer> {
		return (await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			{
				...options,
				json: true,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: TIMEOUT_MS,
			},
			{ credentialsDecrypted: { id: '', name: CREDENTIAL, type: CREDENTIAL, data: { ...credential } } },
		)) as Answer;
	}

	async function call(endpoint: Endpoint, request: WireRequest, itemIndex: number): Promise<unknown> {
		const contract = callContract(endpoint);
		const [method, pathTemplate] = endpoint.split(' ');
		const options = {
			method: method as IHttpRequestOptions['method'],
			url: buildUrl(baseUrl, pathTemplate, request),
			body: request.body as IHttpRequestOptions['body'],
		};
		for (let attempts = 1; ; attempts++) {
			let failure: Failure;
			let answer: Answer | undefined;
			try {
				answer = await attempt(options);
				failure = { status: answer.statusCode, retryAfter: headerOf(answer, 'retry-after') };
			} catch (error) {
				failure = { networkCode: networkCodeOf(error) };
			}
			if (answer && isSuccess(answer)) return checkedBody(answer, method, contract, { node, itemIndex });
			// A repeated DELETE that finds nothing: the attempt whose answer was lost had deleted it.
			if (method === 'DELETE' && attempts > 1 && failure.status === 404) return {};

			const pause = pauseBefore(attempts, failure);
			const givesUp = attempts === MAX_ATTEMPTS || pause > MAX_PAUSE_MS || cancelSignal?.aborted;
			if (givesUp || !mayRepeat(failure, contract.idempotent)) {
				const { idempotent } = contract;
				throw callError({
					node,
					itemIndex,
					failure,
					answer: answer?.body,
					idempotent,
					secrets: [accessToken],
				});
			}
			await sleep(pause, cancelSignal);
		}
	}

	return { call: call as ApiClient['call'] };
}
