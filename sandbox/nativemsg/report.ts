import { statusOf, type MessageStatus } from './records';
import type { Account } from './state';

/** Counts of accepted messages, to check that everyone was served exactly once. */
export interface DeliveryReport {
	/** Messages: one per recipient and request. */
	accepted: number;
	/** Messages that reached their recipients, read or not. */
	delivered: number;
	/** Send requests that were accepted. */
	requests: number;
	/** Messages per recipient: phone digits without `+`, or `human:<id>` for a human without a phone. */
	recipients: Record<string, number>;
	/**
	 * How often the accepted requests named each recipient, to check what a client requested: a request that names a
	 * recipient twice counts as two, although it makes one message.
	 */
	named: Record<string, number>;
	/** The maximum in `named`. */
	maxPerRecipient: number;
	byStatus: Record<MessageStatus, number>;
}

export function deliveryReport({ messages, messagesByRequest, named, now }: Account): DeliveryReport {
	const recipients: Record<string, number> = {};
	const byStatus: Record<MessageStatus, number> = { A: 0, Q: 0, P: 0, S: 0, D: 0, F: 0, R: 0 };
	for (const message of messages.list()) {
		recipients[message.recipientKey] = (recipients[message.recipientKey] ?? 0) + 1;
		byStatus[statusOf(message, now())] += 1;
	}
	return {
		accepted: messages.list().length,
		delivered: byStatus.D + byStatus.R,
		requests: messagesByRequest.size,
		recipients,
		named: Object.fromEntries(named),
		maxPerRecipient: [...named.values()].reduce((most, times) => Math.max(most, times), 0),
		byStatus,
	};
}
