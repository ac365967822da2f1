/** Measures the size of a run, and refuses one that exceeds the user's limits. */

import type { BroadcastSettings } from '../broadcastOptions';
import { ownRecipients } from './addressees';
import type { Call, Share } from './plan';

const MINUTE_MS = 60_000;

/** The size of a run, in messages. */
export interface RunSize {
	recipients: number;
	/** Undefined if no message has a known cost. */
	parts?: number;
}

/** How many messages a request for these items of a call sends. */
export function messagesIn(call: Call, shares: Share[]): number {
	return shares.reduce((sum, share) => sum + ownRecipients(call, share).length, 0);
}

/** Adds the messages of these items of a call to a size. */
export function addTo(size: RunSize, call: Call, shares: Share[]): void {
	for (const share of shares) {
		const { length } = ownRecipients(call, share);
		size.recipients += length;
		if (share.item.cost) size.parts = (size.parts ?? 0) + length * share.item.cost.parts;
	}
}

/**
 * How many messages these calls send. A tag or a channel counts as one, because only the service knows who is behind it.
 */
export function sizeOf(calls: Call[]): RunSize {
	const size: RunSize = { recipients: 0 };
	for (const call of calls) addTo(size, call, call.shares);
	return size;
}

/** How long (min) these calls take at a pace. The first one starts immediately. */
export function minutesFor(calls: Call[], messagesPerMinute: number): number {
	if (calls.length === 0) return 0;
	const last = sizeOf(calls.slice(-1)).recipients;
	const minutes = (sizeOf(calls).recipients - last) / messagesPerMinute;
	return Math.round(minutes * 100) / 100;
}

/** The pause (ms) after this many messages at a pace. */
export function pauseAfter(messages: number, messagesPerMinute: number): number {
	return (messages / messagesPerMinute) * MINUTE_MS;
}

const counted = (count: number) => count.toLocaleString('en-US');

/** Why a run is refused as a whole; undefined if it is within the user's limits. */
export function refusalOf(calls: Call[], { maxRecipients, maxParts }: BroadcastSettings): string | undefined {
	if (maxRecipients === undefined && maxParts === undefined) return undefined;
	const { recipients, parts = 0 } = sizeOf(calls);
	if (maxRecipients !== undefined && recipients > maxRecipients) {
		return `This run has ${counted(recipients)} recipients, but Recipients at Most is ${counted(maxRecipients)}, so nothing was sent`;
	}
	if (maxParts !== undefined && parts > maxParts) {
		return `This run takes ${counted(parts)} SMS parts, but SMS Parts at Most is ${counted(maxParts)}, so nothing was sent`;
	}
	return undefined;
}
