import type { Recipient } from '../combine';
import type { Call, Share } from './plan';

/** A recipient of an item, with the key of their claim and the words that name them in a sentence. */
export interface Addressee {
	recipient: Recipient;
	key: string;
	words: string;
}

/** The recipients of a request. */
export function recipientsOf({ operation, request }: Pick<Call, 'operation' | 'request'>): Recipient[] {
	const { combine, subjects } = operation;
	if (combine) return combine.recipients(request);
	return subjects!(request).map((subject) => ({ subject, identity: subject, value: subject }));
}

/** The recipients of an item of a call, without those that other items contribute. */
export function ownRecipients(call: Call, { recipients }: Share): Recipient[] {
	return call.broadcast ? recipients : recipientsOf(call);
}

/** The recipients of an item of a call, with their claim keys. */
export function addresseesOf(call: Call, share: Share): Addressee[] {
	return ownRecipients(call, share).map((recipient) => ({
		recipient,
		key: JSON.stringify([share.item.broadcastName, recipient.subject]),
		words: call.operation.addressee!(recipient.subject),
	}));
}

/** Whether an item has a broadcast name. */
export const isNamed = ({ item }: Share) => item.broadcastName !== undefined;

/** Removes all but these recipients from an item of a call. */
export function keepOnly(call: Call, share: Share, addressees: Addressee[]): void {
	const recipients = addressees.map(({ recipient }) => recipient);
	if (call.broadcast) {
		call.size -= share.recipients.length - recipients.length;
		share.recipients = recipients;
	} else if (call.operation.combine && recipients.length > 0) {
		call.request = call.operation.combine.withRecipients(call.request, recipients);
	}
}
