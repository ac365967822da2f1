import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { readPhone } from '../transport/phone';
import { withoutInvisible, wordOf } from '../transport/text';
import type { EventKind, MessagingEvent } from './events';

/** What the user wants to be started for; an empty list means any. */
export interface Filters {
	events: EventKind[];
	channels: string[];
	/** As `meantBy` reads them. */
	senders: string[];
	statuses: string[];
	/** As `wordOf` reads them. */
	keywords: string[];
	/** ISO code of the country of senders without country code. */
	defaultCountry?: string;
	/** A regular expression that the text must match somewhere. */
	pattern?: RegExp;
}

/** The entries of a list that is typed in one field. */
const splitEntries = (text: unknown) =>
	String(text ?? '')
		.split(/[,\n]/)
		.map((part) => part.trim())
		.filter((part) => part !== '');

/** The same for what identifies something, without the marks that come along when it is copied. */
const identifiers = (text: unknown) => splitEntries(withoutInvisible(String(text ?? '')));

/** What a sender is compared by: its text in one case, its digits if it has nothing else, and the number that Send reads. */
function meantBy(sender: string | null, defaultCountry: string | undefined): string[] {
	const text = withoutInvisible(sender ?? '').trim();
	const digits = text.replace(/[\s().+\p{Pd}\u2212]/gu, '');
	const { number } = readPhone(text, defaultCountry);
	const plain = /^\d+$/.test(digits) ? digits : text.toLowerCase();
	return [plain, number?.slice(1) ?? ''].filter((meaning) => meaning !== '');
}

/** The words of a list that is typed in one field, as `wordOf` reads them. */
export const wordsOf = (text: unknown) =>
	splitEntries(text)
		.map(wordOf)
		.filter((word) => word !== '');

/**
 * The filters as they are set in the node.
 *
 * @param defaultCountry ISO code of the country of senders without country code
 * @throws NodeOperationError when the pattern is no regular expression; to be found out when the workflow is published,
 *   not when the first message comes in
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

/** Whether a list is empty or holds one of the values. */
const allows = (list: string[], ...values: string[]) =>
	list.length === 0 || values.some((value) => list.includes(value));

const lowerCase = (texts: Array<string | null>) => texts.map((text) => (text ?? '').toLowerCase());

/** Whether an event is one that the user wants. */
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
