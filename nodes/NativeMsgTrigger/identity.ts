import { createHash } from 'node:crypto';
import type { MessagingEvent } from './events';

/**
 * For how long (ms) the same content counts as the same event if nothing proves that it is: neither an ID nor a time of its
 * own. A sender that lost the response tries again at once or after five seconds, the shortest pause that either service
 * documents; a contact who writes the same once more takes longer to mean it.
 */
const RETRY_MS = 10_000;

/** What tells an event from others, and for how long (ms) another one like it is a duplicate. */
export interface Identity {
	key: string;
	windowMs: number;
}

const digest = (parts: unknown[]) =>
	createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);

/**
 * Identities of the events of one delivery, in their order. Neither service sends an ID of the delivery, so an event is its
 * message with what happened to it; that somebody sent a message happens once, whatever its status. Without an ID it is its
 * whole content, which proves something only if it holds the time of the event; what stands twice in one delivery without
 * either is two events.
 *
 * @param windowMs for how long a duplicate with proof counts as one
 */
export function identitiesOf(events: MessagingEvent[], windowMs: number): Identity[] {
	const counts = new Map<string, number>();
	return events.map(({ event, messageId, status, occurredAt, raw }) => {
		const isInbound = event === 'inboundMessage' || event === 'postback';
		if (messageId !== null)
			return { key: digest([event, messageId, raw.event, isInbound ? null : status]), windowMs };
		if (occurredAt !== null) return { key: digest([raw]), windowMs };
		const content = digest([raw]);
		const count = counts.get(content) ?? 0;
		counts.set(content, count + 1);
		return { key: digest([content, count]), windowMs: Math.min(windowMs, RETRY_MS) };
	});
}
