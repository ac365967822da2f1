import type { Recipient } from '../combine';
import type { Call, Share } from './plan';

/** A recipient of an item as their claim names them, and as a sentence does. */
export interface Addressee {
	recipient: Recipient;
	key: string;
	words: string;
}

/** Whom an item of a call is for. */
export function addresseesOf(
	{ operation, request, broadcast }: Call,
	{ item, recipients }: Share,
): Addressee[] {
	const all = broadcast
		? recipients
		: (operation.combine?.recipients(request) ??
			operation.subjects!(request).map((subject) => ({ subject, identity: subject, value: subject })));
	return all.map((recipient) => ({
		recipient,
		key: JSON.stringify([item.broadcastName, recipient.subject]),
		words: operation.addressee!(recipient.subject),
	}));
}

/** Whether an item has a broadcast name. */
export const isNamed = ({ item }: Share) => item.broadcastName !== undefined;

/** Leaves only some recipients in an item of a call. */
export function keepOnly(call: Call, share: Share, addressees: Addressee[]): void {
	const recipients = addressees.map(({ recipient }) => recipient);
	if (call.broadcast) {
		call.size -= share.recipients.length - recipients.length;
		share.recipients = recipients;
	} else if (call.operation.combine && recipients.length > 0) {
		call.request = call.operation.combine.withRecipients(call.request, recipients);
	}
}
