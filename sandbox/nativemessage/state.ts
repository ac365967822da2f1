import { Records, type TenantRow } from './records';
import { seed } from './seed';

/** As the API answers it. */
export interface OttChannel extends TenantRow {
	name: string | null;
	channel: 'whatsapp' | 'viber' | 'telegram';
	provider_id: string;
	config: Record<string, unknown>;
	status: 'active';
}

export interface OttTemplate extends TenantRow {
	channel_id: string;
	name: string;
	body: string;
	variables: Record<string, unknown>;
	/** What the review says, from `reviewedAt` on. */
	verdict: 'approved' | 'rejected';
	/** Milliseconds since 1970; the template is pending until then. */
	reviewedAt: number;
}

/** As the API answers it. */
export interface OttMessage extends TenantRow {
	channel_id: string;
	template_id: string | null;
	to: string;
	body: string;
	status: 'sent' | 'failed';
	provider_message_id: string | null;
	error_message: string | null;
}

/** As the API answers it. */
export interface WebhookSubscription extends TenantRow {
	url: string;
	events: string[];
	secret: string | null;
	status: 'active';
}

/** Everything the simulated tenant holds. */
export class Tenant {
	readonly channels = new Records<OttChannel>('channel', 'chan');
	readonly templates = new Records<OttTemplate>('template', 'tmpl');
	readonly messages = new Records<OttMessage>('message', 'msg');
	readonly subscriptions = new Records<WebhookSubscription>('subscription', 'sub');
	/** When each phone number last sent a message itself, in milliseconds since 1970. */
	readonly lastInbound = new Map<string, number>();
	/** Messages handed to the providers so far. */
	deliveries = 0;

	constructor() {
		this.reset();
	}

	reset(): void {
		for (const records of [this.channels, this.templates, this.messages, this.subscriptions]) records.clear();
		this.lastInbound.clear();
		this.deliveries = 0;
		seed(this);
	}
}
