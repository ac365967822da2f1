import { Store } from '../store';

export const TENANT_ID = 'tenant_sandbox';

/** The fields of every row. */
export interface TenantRow {
	id: string;
	tenant_id: string;
	created_at: string;
}

/** As the API returns it. */
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
	/** The result of the review, from `reviewedAt` on. */
	verdict: 'approved' | 'rejected';
	/** Milliseconds since 1970; the template is pending until then. */
	reviewedAt: number;
}

/** As the API returns it. */
export interface OttMessage extends TenantRow {
	channel_id: string;
	template_id: string | null;
	to: string;
	body: string;
	status: 'sent' | 'failed';
	provider_message_id: string | null;
	error_message: string | null;
}

/** As the API returns it. */
export interface WebhookSubscription extends TenantRow {
	url: string;
	events: string[];
	secret: string | null;
	status: 'active';
}

/**
 * A store whose IDs are `<prefix>_1`, `<prefix>_2`, and so on.
 *
 * @param noun the name of a row in the service's errors
 * @param now milliseconds since 1970
 */
function prefixed<Row extends TenantRow>(
	noun: string,
	prefix: string,
	now: () => number,
): Store<Row, keyof TenantRow> {
	return new Store<Row, keyof TenantRow>({
		newId: (taken) => `${prefix}_${taken + 1}`,
		filledIn: () => ({ tenant_id: TENANT_ID, created_at: new Date(now()).toISOString() }),
		missing: (id) => `${noun} ${id} not found`,
	});
}

/** Everything the simulated tenant holds. */
export class Tenant {
	readonly channels: Store<OttChannel, keyof TenantRow>;
	readonly templates: Store<OttTemplate, keyof TenantRow>;
	readonly messages: Store<OttMessage, keyof TenantRow>;
	readonly subscriptions: Store<WebhookSubscription, keyof TenantRow>;
	/** When each phone number last sent a message itself, in milliseconds since 1970. */
	readonly lastInbound = new Map<string, number>();
	/** Messages passed to the providers so far. */
	deliveries = 0;

	/**
	 * @param seed fills an empty tenant
	 * @param now milliseconds since 1970
	 */
	constructor(
		private readonly seed: (tenant: Tenant) => void,
		readonly now: () => number,
	) {
		this.channels = prefixed('channel', 'chan', now);
		this.templates = prefixed('template', 'tmpl', now);
		this.messages = prefixed('message', 'msg', now);
		this.subscriptions = prefixed('subscription', 'sub', now);
		this.reset();
	}

	reset(): void {
		for (const store of [this.channels, this.templates, this.messages, this.subscriptions]) store.clear();
		this.lastInbound.clear();
		this.deliveries = 0;
		this.seed(this);
	}
}
