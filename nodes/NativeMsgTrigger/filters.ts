import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { readPhone } from '../transport/phone';
import { withoutInvisible, wordOf } from '../transport/text';
import type { EventKind, MessagingEvent } from './events';

/** The events that should start the workflow; an empty list means any. */
export interface Filters {
	events: EventKind[];
	channels: string[];
	/** Normalized by `meantBy`. */
	senders: string[];
	statuses: string[];
	/** Normalized by `wordOf`. */
	keywords: string[];
	/** ISO code of the country to assume for senders without a country code. */
	defaultCountry?: string;
	/** A regular expression that the text must match somewhere. */
	pattern?: RegExp;
}

/** The entries of a list typed in one field. */
const splitEntries = (text: unknown) =>
	String(text ?? '')
		.split(/[,\n]/)
		.map((part) => part.trim())
		.filter((part) => part !== '');

/** The same for identifiers, without the invisible characters that come along when they are copied. */
const identifiers = (text: unknown) => splitEntries(withoutInvisible(String(text ?? '')));

/**
 * The values to compare a sender by: its digits if it has nothing else, otherwise its text in lowercase, and the phone
 * number as Send would read it.
 */
function meantBy(sender: string | null, defaultCountry: string | undefined): string[] {
	const text = withoutInvisible(sender ?? '').trim();
	const digits = text.replace(/[\s().+\p{Pd}\u2212]/gu, '');
	const { number } = readPhone(text, defaultCountry);
	const plain = /^\d+$/.test(digits) ? digits : text.toLowerCase();
	return [plain, number?.slice(1) ?? ''].filter((meaning) => meaning !== '');
}

/** The words of a list typed in one field, normalized by `wordOf`. */
export const wordsOf = (text: unknown) =>
	splitEntries(text)
		.map(wordOf)
		.filter((word) => word !== '');

/**
 * Reads the filters of the node.
 *
 * @param defaultCountry ISO code of the country to assume for senders without a country code
 * @throws NodeOperationError if the pattern isn't a regular expression, which should be noticed when the workflow is
 *   published, not when the first message arrives
 */
export function readFilters(context: IHookFunctions | IWebhookFunctions, defaultCountry?: string): Filters {
	const entered = context.getNodeParameter('filters', {}) as IDataObject;
	const filters: Filters = {
		events: context.getNodeParameter('events', []) as EventKind[],
		channels: identifiers(entered.channels),
		senders: identifiers(entered.senders).flatMap((sender) => meantBy(sender, defaultCountry)),
		statuses: identifiers(entered.statuses),
		keywords: wordsOf(entered.keywords),
		defaultCountry,
	};
	if (!entered.pattern) return filters;
	try {
		return { ...filters, pattern: new RegExp(String(entered.pattern), 'i') };
	} catch {
		throw new NodeOperationError(
			context.getNode(),
			`Pattern isn't a valid regular expression: ${String(entered.pattern)}`,
			{
				description: 'Correct the filter Pattern, or use Keywords for plain words.',
			},
		);
	}
}

/** Whether a list is empty or contains one of the values. */
const allows = (list: string[], ...values: string[]) =>
	list.length === 0 || values.some((value) => list.includes(value));

const lowerCase = (texts: Array<string | null>) => texts.map((text) => (text ?? '').toLowerCase());

/** Whether an event passes the filters. */
export function isWanted(event: MessagingEvent, filters: Filters): boolean {
	const { events, channels, senders, statuses, keywords, pattern, defaultCountry } = filters;
	const { channel, from, humanId, status, text, payload, keyword } = event;
	return (
		events.includes(event.event) &&
		allows(lowerCase(channels), ...lowerCase([channel])) &&
		allows(senders, ...meantBy(from, defaultCountry), ...lowerCase([humanId])) &&
		allows(lowerCase(statuses), ...lowerCase([status])) &&
		allows(keywords, ...[text, payload, keyword].map(wordOf)) &&
		(pattern === undefined || pattern.test(text ?? ''))
	);
}
