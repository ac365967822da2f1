import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { statusName } from '../transport/messageStatus';
import { isObject, textOf } from '../transport/json';
import type { Service } from '../transport/services';

/** What happened, in the words of the "Events" field. */
export type EventKind = 'inboundMessage' | 'postback' | 'deliveryReport' | 'read' | 'other';

/** One event in the shape that both services come out in. What a service does not tell is null. */
export interface MessagingEvent {
	event: EventKind;
	messageId: string | null;
	humanId: string | null;
	from: string | null;
	to: string | null;
	channel: string | null;
	text: string | null;
	media: string | null;
	payload: string | null;
	status: string | null;
	error: string | null;
	/** ISO 8601, UTC. */
	occurredAt: string | null;
	/** The word that carriers give a meaning to, if somebody sent one: STOP, HELP or START. */
	keyword: string | null;
	/** The event as it was delivered. */
	raw: IDataObject;
}

const KEYWORDS: Array<[word: string, pattern: RegExp]> = [
	['STOP', /^(stop|stopall|unsubscribe|cancel|end|quit)$/i],
	['HELP', /^(help|info)$/i],
	['START', /^(start|unstop|subscribe)$/i],
];

/** One word, with the punctuation that people put around it; each part begins where the one before must end. */
const ONE_WORD = /^[\s"'.!]*([a-z]+)[\s"'.!]*$/i;

/** STOP, HELP or START, if the whole text is such a word; punctuation and case do not count. */
export function keywordOf(text: string | null): string | null {
	const word = ONE_WORD.exec(text ?? '')?.[1] ?? '';
	return KEYWORDS.find(([, pattern]) => pattern.test(word))?.[0] ?? null;
}

/** The API's dates are GMT without a zone; some carry `Z` and fractions. */
function utc(value: unknown): string | null {
	if (typeof value !== 'string') return null;
	const date = new Date(/(Z|[+-]\d{2}:?\d{2})$/.test(value) ? value : `${value}Z`);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

const NOTHING_KNOWN: Omit<MessagingEvent, 'raw'> = {
	event: 'other',
	messageId: null,
	humanId: null,
	from: null,
	to: null,
	channel: null,
	text: null,
	media: null,
	payload: null,
	status: null,
	error: null,
	occurredAt: null,
	keyword: null,
};

function nativeMessageKind({ event, status }: IDataObject): EventKind {
	if (event === 'mo') return 'inboundMessage';
	if (event !== 'dlr') return 'other';
	return status === 'read' ? 'read' : 'deliveryReport';
}

/** `mo` and `dlr` are documented; of what else may come, the fields that bear the same names are taken over. */
function nativeMessageEvent(raw: IDataObject): MessagingEvent {
	const text = textOf(raw.content);
	const event = nativeMessageKind(raw);
	return {
		...NOTHING_KNOWN,
		event,
		messageId: textOf(raw.message_id),
		from: textOf(raw.source),
		to: textOf(raw.destination),
		text,
		status: textOf(raw.status),
		error: textOf(raw.error_code),
		occurredAt: utc(raw.received_at ?? raw.delivered_at),
		keyword: event === 'inboundMessage' ? keywordOf(text) : null,
		raw,
	};
}

function nativeMsgKind({ messageType, status }: IDataObject, payload: string | null): EventKind {
	if (messageType === 'I') return payload === null ? 'inboundMessage' : 'postback';
	if (messageType !== 'O' && messageType !== 'B') return 'other';
	return status === 'R' ? 'read' : 'deliveryReport';
}

/**
 * The documented Message record of nativeMsg, whose examples write `humandId`. `phone` is not part of it, but what the
 * bot in docs/trigger.md sends along.
 */
function nativeMsgEvent(raw: IDataObject): MessagingEvent {
	const message = isObject(raw.message) ? raw.message : {};
	const text = textOf(message.text);
	const payload = textOf(message.payload);
	const status = textOf(raw.status);
	const event = nativeMsgKind(raw, payload);
	return {
		...NOTHING_KNOWN,
		event,
		messageId: textOf(raw.id),
		humanId: textOf(raw.humanId ?? raw.humandId),
		from: textOf(raw.phone),
		channel: textOf(raw.channelId),
		text,
		media: textOf(message.media),
		payload,
		status: status && (statusName(status) ?? status),
		occurredAt: utc(raw.delivered ?? raw.sent),
		keyword: raw.messageType === 'I' ? keywordOf(text ?? payload) : null,
		raw,
	};
}

/**
 * The events in the body of a delivery: one, or several as a list.
 *
 * @returns undefined when the body is no event at all
 */
export function eventsOf(service: Service, body: unknown): MessagingEvent[] | undefined {
	const entries = Array.isArray(body) ? body : [body];
	if (entries.length === 0 || !entries.every(isObject)) return undefined;
	return (entries as IDataObject[]).map(service === 'nativeMessage' ? nativeMessageEvent : nativeMsgEvent);
}

/**
 * What tells an event from all others. Neither service sends an ID of the delivery, so it is the message with what
 * happened to it; that somebody sent it happens once, whatever its status. An event without a message is told by its
 * whole content.
 */
export function identityOf({ event, messageId, status, raw }: MessagingEvent): string {
	const isInbound = event === 'inboundMessage' || event === 'postback';
	const identity = messageId === null ? [raw] : [event, messageId, raw.event, isInbound ? null : status];
	return createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 16);
}
