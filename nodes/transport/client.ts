import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import type { Answer } from './answer';
import { checkedBody, isSuccess } from './answer';
import type { Attempt } from './attempt';
import { failureOf, thrownAttempt } from './attempt';
import { cancellation } from './cancellation';
import { callContract } from './contract';
import type { PayloadFormat } from './credential';
import { credentialSettings } from './credential';
import type { Endpoint, RequestOf, ResponseOf } from './endpoint';
import { NotSentError, requestError } from './errors';
import { rateLimiterFor } from './rateLimiter';
import type { Failure } from './retry';
import { createRetries, MAX_PAUSE_MS } from './retry';
import type { Service } from './services';
import { SERVICE_NAMES } from './services';
import { TIMEOUT_MS } from './timeLimit';
import type { WireRequest } from './url';
import { buildUrl } from './url';

/** The name of the credential type. */
export const CREDENTIAL = 'nativeMsgApi';
/** A pause that lasts longer (ms) is announced, so that a slow run does not look like a hanging one. */
const LONG_PAUSE_MS = 3_000;

/** What a request needs as the second argument; nothing where all of it is optional. */
type RequestArguments<E extends Endpoint> =
	Record<never, never> extends RequestOf<E> ? [request?: RequestOf<E>] : [request: RequestOf<E>];

/** Makes requests with the credential of one node run. */
export interface ApiClient {
	/** The service that the credential is for. */
	service: Service;
	/** @throws NotSentError when an endpoint belongs to the other service than the credential */
	checkService(endpoint: Endpoint): void;
	payloadFormat: PayloadFormat;
	/** ISO code of the country of phone numbers without country code. */
	defaultCountry?: string;
	/**
	 * Makes one request of the contract and returns its checked response.
	 *
	 * @param endpoint decides at compile time what the request needs and what comes back
	 * @throws RequestError when it failed; UnknownOutcomeError when nobody can know whether it was carried out
	 * @throws NotSentError when it cannot be sent as it is, or the execution was cancelled before
	 */
	call<E extends Endpoint>(endpoint: E, ...request: RequestArguments<E>): Promise<ResponseOf<E>>;
}

type WireOptions = Pick<IHttpRequestOptions, 'method' | 'url' | 'body'>;

/**
 * Reads the credential once and hands it into every call, which halves the cost of a call in n8n: otherwise n8n reads
 * and decrypts it again each time. (A credential with expressions per item is therefore read for the first item.)
 */
export async function createClient(
	context: IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions,
): Promise<ApiClient> {
	const credential = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
	const settings = credentialSettings(credential);
	const node = context.getNode();
	const cancelSignal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const limiter = rateLimiterFor(`${settings.baseUrl} ${node.credentials![CREDENTIAL].id}`);

	/** A log-in that was refused. It is not tried again for the other items: services lock accounts over that. */
	let refusedLogin: Attempt | undefined;

	const cancelled = cancellation(cancelSignal);

	async function wait(ms: number, why: string): Promise<void> {
		if (ms > LONG_PAUSE_MS) context.logger.info(`${node.name} waits ${Math.ceil(ms / 1000)} s: ${why}`);
		if (ms > 0) await cancelled.wait(ms);
		if (cancelSignal?.aborted) throw new NotSentError('The execution was cancelled');
	}

	/**
	 * Resolves when the request may go out.
	 *
	 * @throws what `tooLong` makes when the service asks for a longer pause than anyone waits for
	 * @throws NotSentError when the execution is cancelled meanwhile
	 */
	async function waitForTurn(tooLong: () => Error): Promise<void> {
		for (;;) {
			if (limiter.pause() > MAX_PAUSE_MS) throw tooLong();
			await wait(limiter.pause(), 'the limit of requests for this credential is used up');
			await limiter.enter();
			if (limiter.pause() === 0) return;
			limiter.leave();
		}
	}

	/** Sends once, with the token that n8n fetched by logging in, if it did: n8n keeps that in `credential`. */
	async function send(options: WireOptions): Promise<Answer> {
		return (await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			{
				...options,
				json: true,
				returnFullResponse: true,
				// n8n renews a log-in only when a 401 is an error to it.
				ignoreHttpStatusErrors: settings.renewable ? { ignore: true, except: [401] } : true,
				disableFollowRedirect: true,
				timeout: TIMEOUT_MS,
			},
			{ credentialsDecrypted: { id: '', name: CREDENTIAL, type: CREDENTIAL, data: credential } },
		)) as Answer;
	}

	async function attempt(options: WireOptions): Promise<Attempt> {
		try {
			const answer = await send(options);
			return { answer, failure: failureOf(answer) };
		} catch (error) {
			return thrownAttempt(error);
		}
	}

	function checkService(endpoint: Endpoint): void {
		const { service } = callContract(endpoint);
		if (service === settings.service) return;
		throw new NotSentError(
			`This operation belongs to ${SERVICE_NAMES[service]}, but the credential is for ${SERVICE_NAMES[settings.service]}`,
			`Choose a credential whose Service is "${SERVICE_NAMES[service]}", or make one.`,
		);
	}

	async function call(endpoint: Endpoint, request: WireRequest = {}): Promise<unknown> {
		const contract = callContract(endpoint);
		checkService(endpoint);
		const [method, pathTemplate] = endpoint.split(' ');
		const options = {
			method: method as IHttpRequestOptions['method'],
			url: buildUrl(settings.baseUrl, pathTemplate, request),
			body: request.body as IHttpRequestOptions['body'],
		};
		const fail = (failure: Failure, body?: unknown) => {
			// Read again: a log-in may have added a token since.
			const { secrets } = credentialSettings(credential);
			return requestError({ ...contract, failure, answer: body, secrets });
		};
		if (refusedLogin) throw fail(refusedLogin.failure, refusedLogin.answer!.body);
		const retries = createRetries(contract.idempotent);
		for (;;) {
			await waitForTurn(() => fail({ status: 429 }));
			const { answer, failure } = await attempt(options);
			limiter.leave({ answer, failure });
			if (failure.beforeSend && failure.status === 401) refusedLogin = { answer, failure };
			if (answer && isSuccess(answer)) return checkedBody(answer, method, contract);
			// A repeated DELETE that finds nothing: the attempt whose answer was lost had deleted it.
			if (method === 'DELETE' && retries.failed > 0 && failure.status === 404) return {};
			const pause = retries.next(failure, limiter.pause());
			if (pause === undefined || cancelSignal?.aborted) throw fail(failure, answer?.body);
			await wait(pause, 'the service asks for a pause');
		}
	}

	const { service, payloadFormat, defaultCountry } = settings;
	return { service, payloadFormat, defaultCountry, checkService, call: call as ApiClient['call'] };
}
