import { statusOf, type MessageStatus } from './records';
import type { Account } from './state';

/** What was accepted for delivery, for checks that everybody was served once and only once. */
export interface DeliveryReport {
	/** Messages: one per recipient and request. */
	accepted: number;
	/** Send requests that were accepted. */
	requests: number;
	/** Messages per recipient: phone digits without `+`, or `human:<id>` for a human without a phone. */
	recipients: Record<string, number>;
	maxPerRecipient: number;
	/**
	 * How often the accepted requests named each recipient, for checks on what a client asked for: a request that names
	 * somebody twice counts as two, although it makes one message.
	 */
	named: Record<string, number>;
	byStatus: Record<MessageStatus, number>;
}

export function deliveryReport({ messages, messagesByRequest, named, now }: Account): DeliveryReport {
	const recipients: Record<string, number> = {};
	const byStatus: Record<MessageStatus, number> = { A: 0, P: 0, S: 0, D: 0, F: 0 };
	let maxPerRecipient = 0;
	for (const message of messages.list()) {
		const count = (recipients[message.recipientKey] ?? 0) + 1;
		recipients[message.recipientKey] = count;
		maxPerRecipient = Math.max(maxPerRecipient, count);
		byStatus[statusOf(message, now())] += 1;
	}
	return {
		accepted: messages.list().length,
		requests: messagesByRequest.size,
		recipients,
		maxPerRecipient,
		named: Object.fromEntries(named),
		byStatus,
	};
}
