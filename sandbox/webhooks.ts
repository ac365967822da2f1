import { setMaxListeners } from 'node:events';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxSettings } from './settings';
import {
	isLocal,
	post,
	webhookRequest,
	type Receipt,
	type WebhookEndpoint,
	type WebhookRequest,
} from './webhookRequest';

/** One attempt to deliver an event. */
export interface DeliveryRecord {
	subscriptionId: string;
	event: unknown;
	/** Counts from 1. */
	attempt: number;
	/** Status of the receiver's response. Null until there is one, and permanently if the connection failed. */
	status: number | null;
	/** When it was sent, milliseconds since 1970. */
	at: number;
}

/** In multiples of the setting `retryMs`: 1, 5, and 15 minutes, and 1 and 6 hours in NativeMessage's quick start. */
const RETRIES = [1, 5, 15, 60, 360];
const MAX_RECORDS = 50_000;
const MAX_CONNECTIONS = 32;
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Sends events to webhooks until the response is a 2xx or the retries are used up. Events of one message reach an
 * endpoint in order: each waits until the previous one has arrived or was given up.
 */
export class Deliveries {
	private records: DeliveryRecord[] = [];
	/** What `idle` waits for. */
	private readonly pending = new Set<Promise<void>>();
	/** The last pending delivery of each message to each endpoint. */
	private readonly lanes = new Map<string, Promise<void>>();
	/** Each is aborted when its endpoint gets no more events. */
	private readonly endpoints = new Map<string, AbortController>();
	private stopped = controller();
	private readonly agent = new Agent({ maxSockets: MAX_CONNECTIONS });

	/**
	 * @param settings read at each use
	 * @param now milliseconds since 1970
	 */
	constructor(
		private readonly settings: SandboxSettings,
		private readonly log: (line: string) => void,
		private readonly now: () => number,
	) {}

	/** Runs an action later, unless everything is reset first. */
	after(ms: number, action: () => void): void {
		this.track(
			pause(ms, this.stopped.signal).then((due) => {
				if (due) action();
			}),
		);
	}

	/** Delivers an event about a message, after earlier ones about the same message. */
	send(endpoint: WebhookEndpoint, messageId: string, event: unknown): void {
		if (!isLocal(endpoint.url)) {
			return this.log(`Webhook ${endpoint.id} gets nothing: its URL is not an http address of this machine.`);
		}
		const lane = `${endpoint.id} ${messageId}`;
		const { signal } = this.endpoint(endpoint.id);
		const delivery = (this.lanes.get(lane) ?? Promise.resolve()).then(() =>
			this.deliver(endpoint, event, signal),
		);
		this.lanes.set(lane, delivery);
		this.track(
			delivery.finally(() => {
				if (this.lanes.get(lane) === delivery) this.lanes.delete(lane);
			}),
		);
	}

	/** Sends one request as it is: no record, no retries. */
	post(endpoint: Pick<WebhookEndpoint, 'url'>, request: WebhookRequest): Promise<Receipt> {
		return post(endpoint.url, request, this.agent, this.stopped.signal);
	}

	/** Attempts no more deliveries to an endpoint. */
	end(endpointId: string): void {
		this.endpoint(endpointId).abort();
	}

	/** The last 50,000 attempts, in the order they were made. */
	list(): DeliveryRecord[] {
		return [...this.records];
	}

	/** Resolves when no delivery is in flight, waiting for its next attempt, or still to come for an accepted message. */
	async idle(): Promise<void> {
		while (this.pending.size > 0) await Promise.all(this.pending);
	}

	/** Stops everything in progress and clears the records. */
	reset(): void {
		this.stopped.abort();
		this.stopped = controller();
		for (const endpoint of this.endpoints.values()) endpoint.abort();
		this.endpoints.clear();
		this.lanes.clear();
		this.records = [];
	}

	private async deliver(endpoint: WebhookEndpoint, event: unknown, ended: AbortSignal): Promise<void> {
		const request = webhookRequest(endpoint, event, this.settings.signReserialised);
		for (const [retry, factor] of [0, ...RETRIES].entries()) {
			if (!(await pause(factor * this.settings.retryMs, ended))) return;
			const status = await this.attempt(endpoint, event, retry + 1, request);
			if (status !== null && status >= 200 && status < 300) return;
		}
	}

	private async attempt(
		{ id, url }: WebhookEndpoint,
		event: unknown,
		attempt: number,
		request: WebhookRequest,
	): Promise<number | null> {
		const record: DeliveryRecord = { subscriptionId: id, event, attempt, status: null, at: this.now() };
		this.records.push(record);
		if (this.records.length > MAX_RECORDS) this.records.shift();
		record.status = (await this.post({ url }, request)).status;
		this.log(`Webhook ${id}, attempt ${attempt}: ${record.status ?? 'no response'}`);
		return record.status;
	}

	private endpoint(id: string): AbortController {
		const ended = this.endpoints.get(id) ?? controller();
		this.endpoints.set(id, ended);
		return ended;
	}

	private track(work: Promise<void>): void {
		const tracked = work
			.catch((error: Error) => this.log(`A webhook delivery failed: ${error.stack}`))
			.finally(() => this.pending.delete(tracked));
		this.pending.add(tracked);
	}
}

/** Any number of deliveries may listen to it. */
function controller(): AbortController {
	const created = new AbortController();
	setMaxListeners(0, created.signal);
	return created;
}

/** Returns whether the time passed without an abort. */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
	try {
		await delay(Math.min(ms, MAX_TIMER_MS), undefined, { signal });
		return true;
	} catch {
		return false;
	}
}
