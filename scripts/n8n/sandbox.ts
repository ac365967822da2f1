import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Fault } from '../../sandbox/faults';
import type { Forgery } from '../../sandbox/forgeries';
import type { InboundMessage } from '../../sandbox/inbound';
import type {
	DeliveryRecord,
	FetchedMedia,
	RecordedRequest,
	SandboxReport,
	WebhookEndpoint,
} from '../../sandbox/server';
import type { SandboxSettings } from '../../sandbox/settings';
import { fetchAnswer } from '../lib/http';
import { freePort, stopper } from '../lib/process';
import { ROOT } from '../lib/root';
import { poll } from './client';

const READY_TIMEOUT = 30_000;
const READY_INTERVAL = 100;

/** A nativeMsg webhook as entered in the dashboard. */
export interface EnteredWebhook extends Pick<WebhookEndpoint, 'url' | 'check'> {
	secret: string;
	header?: string;
}

/** A webhook request to a subscription or a URL, as sandbox/deliver.ts accepts it. */
export interface DeliveryOrder {
	subscriptionId?: string;
	url?: string;
	secret?: string;
	/** One event, or several in one body. */
	event: object;
	times?: number;
	forge?: Forgery;
}

/** A receiver's response; the status is null if the connection failed. */
export interface DeliveryReceipt {
	status: number | null;
	body: string;
	repetitions?: Array<Omit<DeliveryReceipt, 'repetitions'>>;
}

export interface SandboxProcess {
	/** For nativeMsg, such as http://127.0.0.1:40124/v1. */
	baseUrl: string;
	/** For NativeMessage. */
	ottBaseUrl: string;
	/** For both APIs; generated at each start. */
	token: string;
	/** For NativeMessage. */
	apiKey: string;
	/** For NativeMessage. */
	user: { username: string; password: string };
	/** For the nativeMsg webhooks that are entered by hand; generated at each start. */
	webhookSecret: string;
	report(): Promise<SandboxReport>;
	requests(): Promise<RecordedRequest[]>;
	/** What nativeMsg fetched, once it has finished; see the setting `fetchMedia`. */
	fetchedMedia(): Promise<FetchedMedia[]>;
	configure(settings: Partial<SandboxSettings>): Promise<void>;
	/** Makes the next matching requests fail. */
	addFault(fault: Fault): Promise<void>;
	/** Simulates an incoming message. */
	receive(message: InboundMessage): Promise<{ messageId: string }>;
	/** Where events go; secrets redacted. */
	webhooks(): Promise<WebhookEndpoint[]>;
	addWebhook(webhook: EnteredWebhook): Promise<WebhookEndpoint>;
	/** Sends one webhook request as specified and returns the receiver's response. */
	deliver(order: DeliveryOrder): Promise<DeliveryReceipt>;
	/** All attempts so far. */
	deliveries(): Promise<DeliveryRecord[]>;
	/** Forgets everything that happened, settings included. */
	reset(): Promise<void>;
	stop(): Promise<void>;
}

/**
 * Starts the local APIs in a separate process.
 *
 * @returns once it responds
 * @throws {Error} with its output if it doesn't start
 */
export async function startSandboxProcess(): Promise<SandboxProcess> {
	const port = await freePort();
	const token = randomBytes(24).toString('hex');
	const url = `http://127.0.0.1:${port}`;
	const args = ['--import', 'tsx', join('sandbox', 'cli.ts'), '--port', String(port), '--token', token];
	const child = spawn(process.execPath, args, {
		cwd: ROOT,
		stdio: ['ignore', 'ignore', 'pipe'],
		detached: process.platform !== 'win32',
	});
	let complaints = '';
	child.stderr.setEncoding('utf8').on('data', (chunk) => (complaints += chunk));
	const stop = stopper(child);

	async function control<T>(method: string, path: string, body?: object): Promise<T> {
		const response = await fetchAnswer(`${url}/__sandbox/${path}`, { method, body: JSON.stringify(body) });
		const answer = (await response.json()) as T & { error?: string };
		if (!response.ok)
			throw new Error(`The sandbox responded to ${path} with ${response.status}: ${answer.error}`);
		return answer;
	}
	const look = async () => {
		if (child.exitCode !== null) throw new Error('The sandbox stopped while it started.');
		return await control('GET', 'health').catch(() => undefined);
	};
	try {
		await poll('The sandbox did not get ready', READY_TIMEOUT, look, READY_INTERVAL);
	} catch (error) {
		await stop();
		throw new Error(`${(error as Error).message}\n${complaints}`);
	}
	return {
		baseUrl: `${url}/v1`,
		ottBaseUrl: `${url}/api/v1`,
		token,
		apiKey: 'sandbox-api-key',
		user: { username: 'sandbox', password: 'sandbox-password' },
		webhookSecret: randomBytes(24).toString('hex'),
		report: () => control('GET', 'report'),
		requests: () => control('GET', 'requests'),
		fetchedMedia: () => control('GET', 'media'),
		configure: (settings) => control('PUT', 'settings', settings),
		addFault: (fault) => control('POST', 'faults', fault),
		receive: (message) => control('POST', 'inbound-message', message),
		webhooks: () => control('GET', 'webhooks'),
		addWebhook: (webhook) => control('POST', 'webhooks/nativemsg', webhook),
		deliver: (order) => control('POST', 'deliver', order),
		deliveries: () => control('GET', 'deliveries'),
		reset: () => control('POST', 'reset'),
		stop,
	};
}
