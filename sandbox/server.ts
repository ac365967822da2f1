import { createServer, STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxApi } from './api';
import { control, CONTROL_PREFIX } from './control';
import { deliver } from './deliver';
import { FaultQueue, type ActiveFault, type Fault } from './faults';
import { Habits, type Habit } from './habits';
import { jsonAnswer, readBody, send, type WireAnswer } from './http';
import type { InboundMessage } from './inbound';
import { createNativeMessageApi } from './nativemessage/api';
import type { OttReport } from './nativemessage/report';
import { createNativeMsgApi } from './nativemsg/api';
import type { FetchedMedia } from './nativemsg/media';
import type { DeliveryReport } from './nativemsg/report';
import type { HandEnteredWebhook } from './nativemsg/webhooks';
import { RequestLog, type RecordedRequest } from './requestLog';
import { settingsSchema, type SandboxSettings } from './settings';
import { Deliveries, type DeliveryRecord } from './webhooks';
import type { WebhookEndpoint } from './webhookRequest';

export type { ContractMismatch } from './contract';
export type {
	DeliveryRecord,
	DeliveryReport,
	Fault,
	FetchedMedia,
	Habit,
	OttReport,
	RecordedRequest,
	WebhookEndpoint,
};

/** Omitted settings have the defaults of the settings schema. */
export interface SandboxOptions extends Partial<SandboxSettings> {
	/** Default 0: any free port. */
	port?: number;
	/** For both APIs. */
	token?: string;
	/** For NativeMessage. */
	apiKey?: string;
	/** Of the user `sandbox` of NativeMessage. */
	password?: string;
	log?: (line: string) => void;
	/** The clock of both services, milliseconds since 1970; tests set it by hand. Delays still take real time. */
	now?: () => number;
}

export interface Sandbox {
	url: string;
	/** The base URL of nativeMsg for clients. */
	baseUrl: string;
	/** The base URL of NativeMessage for clients. */
	ottBaseUrl: string;
	token: string;
	apiKey: string;
	password: string;
	/** Resets to the initial state: seed data, no faults, no recorded requests, the first settings. */
	reset(): void;
	/** @throws ZodError if it isn't a fault */
	addFault(fault: Fault): void;
	/** Until the next reset. @throws ZodError if it isn't a habit */
	addHabit(habit: Habit): void;
	/** The last 10,000 API requests, credentials redacted. */
	requests(): RecordedRequest[];
	/** Of nativeMsg, and under `ott` of NativeMessage. */
	report(): SandboxReport;
	/** nativeMsg: the media fetched for accepted messages, once that has finished; see the setting `fetchMedia`. */
	fetchedMedia(): Promise<FetchedMedia[]>;
	/** NativeMessage: notes that a user wrote. @param at milliseconds since 1970, default now */
	markInbound(destination: string, at?: number): void;
	/** nativeMsg: adds this many humans to the account, until the next reset. */
	seedHumans(count: number): void;
	webhooks: {
		/** Of NativeMessage, and entered by hand for nativeMsg. Secrets redacted. */
		subscriptions(): WebhookEndpoint[];
		/** The last 50,000 attempts, in the order they were made. */
		deliveries(): DeliveryRecord[];
		/** Resolves when no delivery is in flight, waiting for a retry, or still to come for an accepted message. */
		idle(): Promise<void>;
	};
	close(): Promise<void>;
}

export interface SandboxReport extends DeliveryReport {
	ott: OttReport;
}

const MAX_BODY_BYTES = 1_000_000;
// Longer than any client keeps an idle connection, so that no request hits a closing socket.
const KEEP_ALIVE_MS = 120_000;

/**
 * Starts the sandbox on 127.0.0.1.
 *
 * @throws Error if the port is taken, a setting isn't valid, or contract and sandbox differ
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const {
		port = 0,
		token = 'sandbox-token',
		apiKey = 'sandbox-api-key',
		password = 'sandbox-password',
		log = () => {},
		now = () => Date.now(),
		...firstSettings
	} = options;
	const settings = settingsSchema.parse(firstSettings);
	const deliveries = new Deliveries(settings, log, now);
	const common = { token, settings, deliveries, log, now };
	const nativeMsg = await createNativeMsgApi(common);
	const nativeMessage = await createNativeMessageApi({ ...common, apiKey, password });
	const byService = { nativeMsg, nativeMessage };
	const apis: SandboxApi[] = Object.values(byService);
	const endpoints = () => apis.flatMap((api) => api.webhooks());
	const faults = new FaultQueue();
	const habits = new Habits(now);
	const requestLog = new RequestLog(now);
	const closing = new AbortController();

	const target = {
		settings,
		reset(): void {
			for (const api of apis) api.reset();
			deliveries.reset();
			faults.clear();
			habits.clear();
			requestLog.clear();
			Object.assign(settings, settingsSchema.parse(firstSettings));
		},
		addFault: (fault: Fault) => faults.add(fault),
		addHabit: (habit: Habit) => habits.add(habit),
		requests: () => requestLog.list(),
		report: () => ({ ...nativeMsg.report(), ott: nativeMessage.report() }),
		fetchedMedia: nativeMsg.fetchedMedia,
		markInbound: nativeMessage.markInbound,
		receive: (message: InboundMessage) => byService[message.service].receive(message),
		subscriptions: () => endpoints().map(redacted),
		deliveries: () => deliveries.list(),
		addWebhook: (entered: HandEnteredWebhook) => redacted(nativeMsg.addWebhook(entered)),
		deliver: (order: unknown) => deliver(order, endpoints(), deliveries, settings),
	};

	async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method = '', url: path = '', headers } = request;
		response.setHeader('Date', new Date(now()).toUTCString());
		const pathOnly = path.split('?')[0];
		const body = await readBody(request, MAX_BODY_BYTES);
		if (pathOnly.startsWith(CONTROL_PREFIX)) {
			return send(response, await control(target, method, pathOnly, body ?? ''));
		}

		const api = apis.find(({ prefix }) => pathOnly.startsWith(`${prefix}/`)) ?? nativeMsg;
		const entry = requestLog.add(method, path, headers, body ?? '');
		const wait = (ms: number) => (ms > 0 ? delay(ms, undefined, { signal: closing.signal }) : undefined);
		const apiPath = withoutPrefix(pathOnly, api.prefix);
		const refuse = (status: number, description: string) =>
			jsonAnswer(status, api.errorBody(status, description));
		const process = async (): Promise<WireAnswer> => {
			const tooLong = `The request body is longer than ${MAX_BODY_BYTES} bytes.`;
			if (body === undefined) return refuse(413, tooLong);
			const answer = await api.handle({ method, path, headers, body });
			return jsonAnswer(answer.status, answer.body, answer.headers);
		};
		const answerNormally = () => habits.answer({ method, body: body ?? '' }, apiPath, process, refuse);

		const fault = faults.take(method, apiPath);
		const answer = fault ? await answerWith(fault, answerNormally, api, wait) : await answerNormally();
		await wait(settings.latencyMs);
		log(`${method} ${path} ${answer?.status ?? 'reset'}${fault ? ` (fault: ${fault.kind})` : ''}`);
		if (!answer) {
			request.socket.resetAndDestroy();
			return;
		}
		entry.status = answer.status;
		send(response, answer);
	}

	const server = createServer((request, response) => {
		respond(request, response).catch((error: Error) => {
			// A request that was read to its end counts as destroyed; its response only if the client is gone.
			if (closing.signal.aborted || response.destroyed) return;
			log(`${request.method} ${request.url} failed: ${error.stack}`);
			response.destroy(error);
		});
	});
	server.keepAliveTimeout = KEEP_ALIVE_MS;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});

	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		baseUrl: `${url}${nativeMsg.prefix}`,
		ottBaseUrl: `${url}${nativeMessage.prefix}`,
		token,
		apiKey,
		password,
		reset: target.reset,
		addFault: target.addFault,
		addHabit: target.addHabit,
		requests: target.requests,
		report: target.report,
		fetchedMedia: target.fetchedMedia,
		markInbound: target.markInbound,
		seedHumans: nativeMsg.seedHumans,
		webhooks: {
			subscriptions: target.subscriptions,
			deliveries: target.deliveries,
			idle: () => deliveries.idle(),
		},
		close: () =>
			new Promise((resolve) => {
				closing.abort();
				deliveries.reset();
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function redacted(endpoint: WebhookEndpoint): WebhookEndpoint {
	return { ...endpoint, secret: endpoint.secret && 'redacted' };
}

/** The response under a fault; undefined means that the connection must be reset. */
async function answerWith(
	fault: ActiveFault,
	process: () => Promise<WireAnswer>,
	api: SandboxApi,
	wait: (ms: number) => Promise<void> | undefined,
): Promise<WireAnswer | undefined> {
	const { kind, status = 200, headers = {} } = fault;
	if (kind === 'reset-before') return undefined;
	if (kind === 'status') {
		const body = fault.body ?? api.errorBody(status);
		return typeof body === 'string' ? { status, headers, text: body } : jsonAnswer(status, body, headers);
	}
	if (kind === 'slow') await wait(fault.delayMs ?? 0);
	const answer = await process();
	switch (kind) {
		case 'slow':
			return answer;
		case 'reset-after':
			return undefined;
		case 'broken-json':
			return {
				...jsonAnswer(status, {}, headers),
				text: answer.text.slice(0, Math.ceil(answer.text.length / 2)),
			};
		case 'html':
			return { status, headers: { 'content-type': 'text/html', ...headers }, text: htmlPage(status) };
		case 'empty':
			return { status, headers, text: '' };
		case 'cut':
			return { ...answer, isCut: true };
	}
}

function htmlPage(status: number): string {
	const title = `${status} ${STATUS_CODES[status]}`;
	return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
}

function withoutPrefix(path: string, prefix: string): string {
	return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}
