import type { InboundMessage } from '../inbound';
import type { Deliveries } from '../webhooks';
import { SIGNATURE_HEADER, type WebhookEndpoint } from '../webhookRequest';
import type { OttMessage, Tenant, WebhookSubscription } from './state';

/** As documented in the guide on webhooks. */
type OttEvent =
	| {
			event: 'dlr';
			message_id: string;
			status: 'delivered' | 'failed';
			error_code: number | null;
			destination: string;
			delivered_at: string | null;
	  }
	| {
			event: 'mo';
			message_id: string;
			source: string;
			destination: string;
			content: string;
			received_at: string;
	  };

/** The simulated shop's number on all channels. */
const SHOP_NUMBER = '+12025550100';
const UNREACHABLE = 2;

export function endpointOf({ id, url, events, secret }: WebhookSubscription): WebhookEndpoint {
	return { id, service: 'nativeMessage', url, events, secret, check: 'signature', header: SIGNATURE_HEADER };
}

/** Reports the outcome of a message some time later. */
export function reportOutcome(
	tenant: Tenant,
	deliveries: Deliveries,
	{ id, to, status }: OttMessage,
	afterMs: number,
): void {
	const failed = status === 'failed';
	deliveries.after(afterMs, () =>
		publish(tenant, deliveries, {
			event: 'dlr',
			message_id: id,
			status: failed ? 'failed' : 'delivered',
			error_code: failed ? UNREACHABLE : null,
			destination: to,
			delivered_at: failed ? null : timestamp(tenant.now()),
		}),
	);
}

/**
 * Simulates an incoming message: opens the session window of WhatsApp and notifies the subscribers.
 *
 * @throws ApiError 404 if there is no such channel
 */
export function receive(
	tenant: Tenant,
	deliveries: Deliveries,
	message: InboundMessage,
): { messageId: string } {
	const { from, text, payload, media, channelId = 'chan_whatsapp' } = message;
	const source = `+${from.replace('+', '')}`;
	const { channel } = tenant.channels.get(String(channelId));
	if (channel === 'whatsapp') tenant.lastInbound.set(source, tenant.now());
	const messageId = tenant.messages.newId();
	publish(tenant, deliveries, {
		event: 'mo',
		message_id: messageId,
		source,
		destination: SHOP_NUMBER,
		content: text ?? payload ?? media ?? '',
		received_at: timestamp(tenant.now()),
	});
	return { messageId };
}

function publish({ subscriptions }: Tenant, deliveries: Deliveries, event: OttEvent): void {
	for (const subscription of subscriptions.list()) {
		if (subscription.events.includes(event.event)) {
			deliveries.send(endpointOf(subscription), event.message_id, event);
		}
	}
}

/** In the format of the guide's examples: whole seconds, UTC. @param ms milliseconds since 1970 */
function timestamp(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
