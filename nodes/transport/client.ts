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
import type { Purpose } from './errors';
import { callError, NotSentError } from './errors';
import { laneFor } from './rateLimiter';
import type { Failure } from './retry';
import { MAX_ATTEMPTS, MAX_PAUSE_MS, mayRepeat, pauseBefore } from './retry';
import type { Service } from './services';
import { SERVICE_NAMES } from './services';
import { TIMEOUT_MS } from './timeLimit';
import type { WireRequest } from './url';
import { buildUrl } from './url';

/** The name of the credential type. */
export const CREDENTIAL = 'nativeMsgApi';
/** A pause that lasts longer (ms) is announced, so that a slow run does not look like a hanging one. */
const LONG_PAUSE_MS = 3_000;
/** How often one call lets itself be sent back to the queue before it counts as failed. */
const MAX_LIMITED = 20;

/** Calls the API with the credential of one node run. */
export interface ApiClient {
	/** The service that the credential is for. */
	service: Service;
	/** @throws NotSentError when a call belongs to the other service than the credential */
	checkService(endpoint: Endpoint): void;
	payloadFormat: PayloadFormat;
	/**
	 * Sends one call of the contract and returns its checked answer.
	 *
	 * @param endpoint decides at compile time what `request` needs and what comes back
	 * @param purpose what the call is for, as far as errors tell it
	 * @throws NodeApiError when the call failed, with what happened as message and what to do as description
	 * @throws NotSentError when it cannot be sent as it is
	 */
	call<E extends Endpoint>(endpoint: E, request: RequestOf<E>, purpose: Purpose): Promise<ResponseOf<E>>;
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
	const lane = laneFor(`${settings.baseUrl} ${node.credentials![CREDENTIAL].id}`);

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
	async function enterLane(tooLong: () => Error): Promise<void> {
		for (;;) {
			if (lane.pause() > MAX_PAUSE_MS) throw tooLong();
			await wait(lane.pause(), 'the limit of requests for this credential is used up');
			await lane.enter();
			if (lane.pause() === 0) return;
			lane.leave();
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

	async function call(endpoint: Endpoint, request: WireRequest, purpose: Purpose): Promise<unknown> {
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
			return callError({ ...contract, ...purpose, node, failure, answer: body, secrets });
		};
		if (refusedLogin) throw fail(refusedLogin.failure, refusedLogin.answer!.body);
		let limited = 0;
		for (let attempts = 1; ; attempts++) {
			await enterLane(() => fail({ status: 429 }));
			const { answer, failure } = await attempt(options);
			lane.leave(answer);
			if (failure.beforeSend && failure.status === 401) refusedLogin = { answer, failure };
			if (answer && isSuccess(answer)) return checkedBody(answer, method, contract, { node, ...purpose });
			// A repeated DELETE that finds nothing: the attempt whose answer was lost had deleted it.
			if (method === 'DELETE' && attempts > 1 && failure.status === 404) return {};

			// Told when to come back: that is waiting in line, not a failed attempt.
			const backInLine = failure.status === 429 && lane.pause() > 0 && ++limited <= MAX_LIMITED;
			if (backInLine) {
				attempts--;
				continue;
			}
			const pause = pauseBefore(attempts, failure);
			const givesUp = attempts === MAX_ATTEMPTS || pause > MAX_PAUSE_MS || cancelSignal?.aborted;
			if (givesUp || !mayRepeat(failure, contract.idempotent)) throw fail(failure, answer?.body);
			await wait(pause, 'the service asks for a pause');
		}
	}

	const { service, payloadFormat } = settings;
	return { service, payloadFormat, checkService, call: call as ApiClient['call'] };
}
