import type { IDataObject } from 'n8n-workflow';
import { booleanOf } from '../operations/form/values';
import { isObject } from '../transport/json';
import { statusName } from '../transport/messageStatus';
import type { Service } from '../transport/services';
import { given } from './given';
import type { Keyword, OwnWords } from './keywords';
import { keywordIn } from './keywords';

/** What happened, in the words of the "Events" field. */
export type EventKind = 'inboundMessage' | 'postback' | 'deliveryReport' | 'read' | 'other';

/**
 * An event in the shape that both services share, most important fields first. Values that a service doesn't send are
 * null.
 */
export interface MessagingEvent {
	event: EventKind;
	text: string | null;
	/** The keyword with a meaning to carriers and the law, if the contact sent that and nothing else. */
	keyword: Keyword | null;
	from: string | null;
	humanId: string | null;
	/** ISO 8601, UTC. */
	occurredAt: string | null;
	to: string | null;
	status: string | null;
	error: string | null;
	channel: string | null;
	payload: string | null;
	media: string | null;
	messageId: string | null;
	/** The link of the tapped button of Send and Wait for Response, if its execution couldn't be resumed. */
	resumeUrl?: string;
	/** The event as it was received; integers above 2^53 as texts. */
	raw: IDataObject;
}

/** A date and time, optionally with a zone. */
const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*?(Z|[+-]\d\d:?\d\d)?$/i;

/** When something happened. The API's dates are GMT without a zone; some have `Z` and fractions. */
function utc(value: unknown): string | null {
	const text = given(value)?.trim() ?? '';
	const [, zone] = DATE_TIME.exec(text) ?? [];
	const date = new Date(zone ? text : `${text}Z`);
	// Programs use dates of 1970 or earlier for "none".
	return date.getTime() > 0 && DATE_TIME.test(text) ? date.toISOString() : null;
}

const NOTHING_KNOWN: Omit<MessagingEvent, 'raw'> = {
	event: 'other',
	text: null,
	keyword: null,
	from: null,
	humanId: null,
	occurredAt: null,
	to: null,
	status: null,
	error: null,
	channel: null,
	payload: null,
	media: null,
	messageId: null,
};

function nativeMessageKind({ event, status }: IDataObject): EventKind {
	if (event === 'mo') return 'inboundMessage';
	if (event !== 'dlr') return 'other';
	return given(status)?.toLowerCase() === 'read' ? 'read' : 'deliveryReport';
}

/** Only `mo` and `dlr` are documented. For other events, fields with the same names are used. */
function nativeMessageEvent(raw: IDataObject, own: OwnWords): MessagingEvent {
	const text = given(raw.content);
	const event = nativeMessageKind(raw);
	return {
		...NOTHING_KNOWN,
		event,
		messageId: given(raw.message_id),
		from: given(raw.source),
		to: given(raw.destination),
		text,
		status: given(raw.status),
		error: given(raw.error_code),
		occurredAt: utc(raw.received_at) ?? utc(raw.delivered_at),
		keyword: event === 'inboundMessage' ? keywordIn([text], own, false) : null,
		raw,
	};
}

function nativeMsgKind(type: string | null, status: string | null, payload: string | null): EventKind {
	if (type === 'I') return payload === null ? 'inboundMessage' : 'postback';
	if (type !== 'O' && type !== 'B') return 'other';
	return status === 'read' ? 'read' : 'deliveryReport';
}

/**
 * The documented Message record of nativeMsg, whose examples have `humandId`. `phone` and `subscribed` aren't part of it,
 * but the bot in docs/trigger.md sends them along. As a form, it has no `message`: text, media, and payload are at the
 * top level.
 */
function nativeMsgEvent(raw: IDataObject, own: OwnWords): MessagingEvent {
	const message = isObject(raw.message) ? raw.message : {};
	const part = (name: string) => given(message[name]) ?? given(raw[name]);
	const text = part('text');
	const payload = part('payload');
	const status = given(raw.status);
	const type = given(raw.messageType);
	const named = status && (statusName(status) ?? status);
	const isOptedOut = booleanOf(raw.subscribed) === false;
	return {
		...NOTHING_KNOWN,
		event: nativeMsgKind(type, named, payload),
		messageId: given(raw.id),
		humanId: given(raw.humanId) ?? given(raw.humandId),
		from: given(raw.phone),
		channel: given(raw.channelId),
		text,
		media: part('media'),
		payload,
		status: named,
		occurredAt: utc(raw.delivered) ?? utc(raw.sent),
		keyword: type === 'I' ? keywordIn([text, payload], own, isOptedOut) : null,
		raw,
	};
}

/**
 * The events in the body of a request: one, or a list of several.
 *
 * @param own words that count as keywords in addition to the known ones
 * @returns undefined if the body isn't an event
 */
export function eventsOf(service: Service, body: unknown, own: OwnWords): MessagingEvent[] | undefined {
	const entries = Array.isArray(body) ? body : [body];
	if (entries.length === 0 || !entries.every(isObject)) return undefined;
	const eventOf = service === 'nativeMessage' ? nativeMessageEvent : nativeMsgEvent;
	return (entries as IDataObject[]).map((entry) => eventOf(entry, own));
}
