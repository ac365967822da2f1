import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { readPhone } from '../transport/phone';
import { withoutInvisible } from '../transport/text';
import type { EventKind, MessagingEvent } from './events';

/** What the user wants to be started for; an empty list means any. */
export interface Filters {
	events: EventKind[];
	channels: string[];
	senders: string[];
	statuses: string[];
	keywords: string[];
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

/** A sender as it was entered and, if that is a phone number, as the services write it. */
function meantBy(sender: string, defaultCountry: string | undefined): string[] {
	const { number } = readPhone(sender, defaultCountry);
	return number === undefined ? [sender] : [sender, number];
}

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
		keywords: splitEntries(entered.keywords),
	};
	if (!entered.pattern) return filters;
	try {
		return { ...filters, pattern: new RegExp(String(entered.pattern), 'i') };
	} catch {
		throw new NodeOperationError(
			context.getNode(),
			`Pattern is not a regular expression: ${String(entered.pattern)}`,
			{
				description: 'Correct the filter Pattern, or use Keywords for plain words.',
			},
		);
	}
}

/** Phone numbers are compared by their digits; senders with a name, like ACME, whatever the case. */
function normalSender(text: string): string {
	const compact = withoutInvisible(text).replace(/[\s().+-]/g, '');
	return /^\d+$/.test(compact) ? compact : text.toLowerCase();
}

function oneOf(
	wanted: string[],
	value: string | null,
	normalise = (text: string) => text.toLowerCase(),
): boolean {
	return wanted.length === 0 || (value !== null && wanted.map(normalise).includes(normalise(value)));
}

/** Whether an event is one that the user wants. */
export function isWanted(event: MessagingEvent, filters: Filters): boolean {
	const { events, channels, senders, statuses, keywords, pattern } = filters;
	const word = event.text?.trim() ?? null;
	return (
		events.includes(event.event) &&
		oneOf(channels, event.channel) &&
		(oneOf(senders, event.from, normalSender) || oneOf(senders, event.humanId)) &&
		oneOf(statuses, event.status) &&
		(oneOf(keywords, word) || oneOf(keywords, event.keyword)) &&
		(pattern === undefined || pattern.test(event.text ?? ''))
	);
}
