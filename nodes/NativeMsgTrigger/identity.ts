import { createHash } from 'node:crypto';
import type { MessagingEvent } from './events';

/**
 * How long (ms) the same content counts as the same event if it has neither an ID nor a time to prove it. A service that
 * didn't get the response retries immediately, or after five seconds (the shortest pause that either one documents). A
 * contact who intentionally writes the same text again takes longer.
 */
const RETRY_MS = 10_000;

/** What identifies an event, and how long (ms) another one with the same key is a duplicate. */
export interface Identity {
	key: string;
	windowMs: number;
}

const digest = (parts: unknown[]) =>
	createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);

/**
 * Identities of the events of one request, in order. Neither service sends an ID of the request, so an event is
 * identified by its message ID and what happened. A message is received only once, so its status doesn't matter. Without
 * an ID, the whole content identifies the event, but that is proof only if it includes the time. Identical entries in one
 * request with neither are separate events.
 *
 * @param windowMs how long a proven duplicate counts as one
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
