import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import type { Attempt } from './attempt';
import { failureOf, thrownAttempt } from './attempt';
import { cancellation } from './cancellation';
import type { CallContract } from './contract';
import { callContract } from './contract';
import type { PayloadFormat } from './credential';
import { credentialSettings } from './credential';
import type { Endpoint, RequestOf, ResponseOf } from './endpoint';
import { NotSentError, requestError } from './errors';
import { pausedError } from './paused';
import { rateLimiterFor } from './rateLimiter';
import type { ApiResponse } from './response';
import { isSuccess, readBody, withTrueStatus } from './response';
import type { Failure } from './retry';
import { createRetries, MAX_PAUSE_MS } from './retry';
import type { Service } from './services';
import { SERVICE_NAMES } from './services';
import { TIMEOUT_MS } from './timeLimit';
import type { WireRequest } from './url';
import { buildUrl } from './url';

/** The name of the credential type. */
export const CREDENTIAL = 'nativeMsgApi';
/** Placeholder for the session token, if there is none to renew. */
const NO_SESSION = 'none';
/** Longer pauses (ms) are logged, so a slow run doesn't look like one that hangs. */
const LONG_PAUSE_MS = 3_000;

/** The second argument of a request; optional if all of its parts are. */
type RequestArguments<E extends Endpoint> =
	Record<never, never> extends RequestOf<E> ? [request?: RequestOf<E>] : [request: RequestOf<E>];

/** Makes requests with the credential of one node run. */
export interface ApiClient {
	/** The service that the credential is for. */
	service: Service;
	/** Whether the Base URL is http://, without encryption. */
	isPlain: boolean;
	/** @throws NotSentError if an endpoint belongs to a different service than the credential */
	checkService(endpoint: Endpoint): void;
	payloadFormat: PayloadFormat;
	/** ISO code of the country to assume for phone numbers without a country code. */
	defaultCountry?: string;
	/**
	 * Sends a request and returns its validated response.
	 *
	 * @param endpoint determines the types of the request and the response
	 * @throws RequestError if it failed; UnknownOutcomeError if it may have been carried out
	 * @throws NotSentError if it can't be sent as it is, or the execution was canceled first
	 */
	call<E extends Endpoint>(endpoint: E, ...request: RequestArguments<E>): Promise<ResponseOf<E>>;
	/** The same client, but `check` runs right before each attempt, and the request fails with whatever it throws. */
	guarded(check: () => void): Pick<ApiClient, 'call'>;
	/**
	 * Waits until messages may go out with this credential, at the pace set by the user.
	 *
	 * @returns a function to call with the time (ms) that the next messages have to wait
	 * @throws NotSentError if the execution is canceled while waiting
	 */
	takeTurn(): Promise<(pauseMs: number) => void>;
	/** What was unusual about the responses so far, each kind once, as sentences for the user. */
	oddities(): string[];
}

/** The signatures of links in a body. Anyone with a signature can open its link, so errors must not show them. */
function signaturesIn(body: unknown): string[] {
	const links = JSON.stringify(body ?? null).matchAll(/[?&](?:token|signature)=([\w.~%-]+)/g);
	return [...links].map(([, signature]) => signature);
}

type WireOptions = Pick<IHttpRequestOptions, 'method' | 'url' | 'body'>;

/**
 * Reads the credential once and passes it to every request, which halves the overhead of a request: otherwise n8n reads
 * and decrypts it each time. As a consequence, a credential with expressions is evaluated for the first item only.
 */
export async function createClient(
	context: IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions,
): Promise<ApiClient> {
	const credential = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
	const settings = credentialSettings(credential);
	// Without a session token, n8n would check the Base URL before each request.
	const handedOver = settings.renewable ? credential : { ...credential, sessionToken: NO_SESSION };
	const node = context.getNode();
	const cancelSignal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const limiter = rateLimiterFor(`${settings.baseUrl} ${node.credentials![CREDENTIAL].id}`);

	const oddities = new Set<string>();

	/** A refused login. It isn't tried again for the other items, because services lock accounts after several failures. */
	let refusedLogin: Attempt | undefined;

	const cancelled = cancellation(cancelSignal);

	async function wait(ms: number, why: string): Promise<void> {
		if (ms > LONG_PAUSE_MS) context.logger.info(`${node.name} waits ${Math.ceil(ms / 1000)} s: ${why}`);
		if (ms > 0) await cancelled.wait(ms);
		if (cancelSignal?.aborted) throw new NotSentError('The execution was canceled');
	}

	/**
	 * Waits until the request may go out.
	 *
	 * @returns the start time, for the rate limiter
	 * @throws RequestError if the service asks for a longer pause than the node waits
	 * @throws NotSentError if the execution is canceled while waiting; whatever `check` throws
	 */
	async function waitForTurn(check: () => void): Promise<number> {
		for (;;) {
			if (limiter.pause() > MAX_PAUSE_MS) {
				const timeZone = context.getTimezone();
				throw pausedError({ service: settings.service, closure: limiter.closure(), timeZone });
			}
			await wait(limiter.pause(), 'the limit of requests for this credential is used up');
			const startedAt = await limiter.enter();
			if (startedAt === undefined) continue;
			let mayGoOut = false;
			try {
				check();
				mayGoOut = !cancelSignal?.aborted;
			} finally {
				if (!mayGoOut) limiter.leave(startedAt);
			}
			if (mayGoOut) return startedAt;
		}
	}

	/** Sends once. If n8n logs in, it stores the token in `credential`. */
	async function send(options: WireOptions): Promise<ApiResponse> {
		return (await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			{
				...options,
				json: true,
				returnFullResponse: true,
				// n8n logs in again only if it sees a 401 as an error.
				ignoreHttpStatusErrors: settings.renewable ? { ignore: true, except: [401] } : true,
				disableFollowRedirect: true,
				timeout: TIMEOUT_MS,
			},
			{ credentialsDecrypted: { id: '', name: CREDENTIAL, type: CREDENTIAL, data: handedOver } },
		)) as ApiResponse;
	}

	async function attempt(options: WireOptions, contract: CallContract): Promise<Attempt> {
		try {
			const response = withTrueStatus(await send(options), contract);
			return { response, failure: failureOf(response) };
		} catch (error) {
			return thrownAttempt(error);
		}
	}

	/** The body of a success, in the shape of the contract. @throws RequestError if it is unreadable */
	function read(response: ApiResponse, method: string, contract: CallContract): unknown {
		const { body, oddity } = readBody(response, method, contract);
		const name = SERVICE_NAMES[settings.service];
		if (oddity) {
			oddities.add(
				`${name} responded with ${oddity}. That counts as accepted, and missing values are returned as null.`,
			);
		}
		return body;
	}

	function checkService(endpoint: Endpoint): void {
		const { service } = callContract(endpoint);
		if (service === settings.service) return;
		throw new NotSentError(
			`This operation needs credentials for ${SERVICE_NAMES[service]}, but the credential is for ${SERVICE_NAMES[settings.service]}`,
			`Choose a credential whose Service is "${SERVICE_NAMES[service]}", or create one.`,
		);
	}

	async function call(endpoint: Endpoint, request: WireRequest = {}, check = () => {}): Promise<unknown> {
		const contract = callContract(endpoint);
		checkService(endpoint);
		const [method, pathTemplate] = endpoint.split(' ');
		const options = {
			method: method as IHttpRequestOptions['method'],
			url: buildUrl(settings.baseUrl, pathTemplate, request),
			body: request.body as IHttpRequestOptions['body'],
		};
		const fail = (failure: Failure, body?: unknown) => {
			// Read again because a login may have added a token.
			const secrets = [...credentialSettings(credential).secrets, ...signaturesIn(request.body)];
			return requestError({ ...contract, failure, body, secrets });
		};
		if (refusedLogin) throw fail(refusedLogin.failure, refusedLogin.response!.body);
		const retries = createRetries(contract.idempotent);
		for (;;) {
			const startedAt = await waitForTurn(check);
			const { response, failure } = await attempt(options, contract);
			limiter.leave(startedAt, { response, failure });
			if (failure.beforeSend && failure.status === 401) refusedLogin = { response, failure };
			if (response && isSuccess(response)) return read(response, method, contract);
			// A retried DELETE finds nothing: the attempt whose response was lost had already deleted it.
			if (method === 'DELETE' && retries.failed > 0 && failure.status === 404) return {};
			const pause = retries.next(failure);
			if (pause === undefined || cancelSignal?.aborted) throw fail(failure, response?.body);
			await wait(pause, 'the service asks for a pause');
		}
	}

	const { service, payloadFormat, defaultCountry } = settings;
	return {
		service,
		isPlain: settings.baseUrl.startsWith('http://'),
		payloadFormat,
		defaultCountry,
		checkService,
		call: call as ApiClient['call'],
		guarded: (check) => ({
			call: (async (endpoint: Endpoint, request?: WireRequest) =>
				await call(endpoint, request, check)) as ApiClient['call'],
		}),
		takeTurn: async () =>
			await limiter.paced.turn(async (ms) => await wait(ms, 'Messages per Minute is kept')),
		oddities: () => [...oddities],
	};
}
