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

/** A webhook of nativeMsg as it is entered in the dashboard. */
export interface EnteredWebhook extends Pick<WebhookEndpoint, 'url' | 'check'> {
	secret: string;
	header?: string;
}

/** One delivery, to a subscription or to a URL, as sandbox/deliver.ts takes it. */
export interface DeliveryOrder {
	subscriptionId?: string;
	url?: string;
	secret?: string;
	/** One event, or several in one body. */
	event: object;
	times?: number;
	forge?: Forgery;
}

/** What a receiver answered; the status is null when the connection failed. */
export interface DeliveryReceipt {
	status: number | null;
	body: string;
	repetitions?: Array<Omit<DeliveryReceipt, 'repetitions'>>;
}

export interface SandboxProcess {
	/** Of nativeMsg, e.g. http://127.0.0.1:40124/v1. */
	baseUrl: string;
	/** Of NativeMessage. */
	ottBaseUrl: string;
	/** For both APIs; made up at each start. */
	token: string;
	/** For NativeMessage. */
	apiKey: string;
	/** Of NativeMessage. */
	user: { username: string; password: string };
	/** For the webhooks of nativeMsg that are entered by hand; made up at each start. */
	webhookSecret: string;
	report(): Promise<SandboxReport>;
	requests(): Promise<RecordedRequest[]>;
	/** What nativeMsg fetched, once that is over; see `fetchMedia` of the settings. */
	fetchedMedia(): Promise<FetchedMedia[]>;
	configure(settings: Partial<SandboxSettings>): Promise<void>;
	/** Lets the next matching requests go wrong. */
	addFault(fault: Fault): Promise<void>;
	/** Somebody writes. */
	receive(message: InboundMessage): Promise<{ messageId: string }>;
	/** Where events go; secrets redacted. */
	webhooks(): Promise<WebhookEndpoint[]>;
	addWebhook(webhook: EnteredWebhook): Promise<WebhookEndpoint>;
	/** Sends one delivery as ordered and returns what the receiver answered. */
	deliver(order: DeliveryOrder): Promise<DeliveryReceipt>;
	/** Every attempt so far. */
	deliveries(): Promise<DeliveryRecord[]>;
	/** Forgets everything that happened, settings included. */
	reset(): Promise<void>;
	stop(): Promise<void>;
}

/**
 * Starts the local APIs in a process of their own.
 *
 * @returns once it answers
 * @throws {Error} with what it printed when it does not come up
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
			throw new Error(`The sandbox answered ${path} with ${response.status}: ${answer.error}`);
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
