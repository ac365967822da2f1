import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { ApiClient } from '../transport/client';
import { createClient, CREDENTIAL } from '../transport/client';
import type { NotSentError } from '../transport/errors';
import { COUNTRY_CHOICES } from '../transport/defaultCountry';
import { RecentMap } from '../transport/recentMap';

/** How many entries the editor gets at a time; it asks for more while the user scrolls. */
const PAGE_SIZE = 100;
/** How long (ms) a list counts as fresh when it is opened, and while the user searches in it. */
const FRESH_MS = 5_000;
const KEPT_MS = 5 * 60_000;
/** How many lists of a kind are kept at most, each of another account or bot. */
const MAX_KEPT = 3;

/** The dropdown of a resource locator, as n8n calls it: with what was typed, or with where the last page ended. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** Where the entries of a dropdown come from. */
export interface ListSource {
	/** Other fields of the form that the list depends on, read first. @throws when one is not filled in */
	dependsOn?(context: ILoadOptionsFunctions): string;
	/** All entries, in the order in which they are shown. @param about what `dependsOn` returned */
	fetch(client: ApiClient, about: string): Promise<INodeListSearchItems[]>;
}

interface Kept {
	/** Infinity until then, so that a slow list is not asked for again meanwhile. */
	fetchedAt: number;
	entries: Promise<INodeListSearchItems[]>;
}

/** The digits of a part of a phone number; nothing where they would be found anywhere. */
function digitsOf(word: string): string {
	const digits = word.replace(/\D/g, '');
	return /[a-z]/.test(word) || digits.length < 3 ? '' : digits;
}

function matching(entries: INodeListSearchItems[], filter: string): INodeListSearchItems[] {
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return entries;
	return entries.filter(({ name, value }) => {
		const text = `${name} ${String(value)}`.toLowerCase();
		// A phone number may be typed in any way.
		return words.every((word) => text.includes(word) || text.includes(digitsOf(word) || word));
	});
}

/** The entries that match, from where the last page ended. */
function pageOf(all: INodeListSearchItems[], filter: string, paginationToken = '0'): INodeListSearchResult {
	const found = matching(all, filter);
	const start = Number(paginationToken);
	const end = start + PAGE_SIZE;
	return {
		results: found.slice(start, end),
		...(end < found.length && { paginationToken: String(end) }),
	};
}

/** The dropdown of the Default Country. */
export const searchCountries: ListSearch = async (filter = '', paginationToken) =>
	pageOf(COUNTRY_CHOICES as INodeListSearchItems[], filter, paginationToken);

/**
 * What the dropdown shows instead of entries: the sentence that a run would end with, and what to do. n8n's editor gets
 * the latter from one kind of error only.
 */
function shownError(context: ILoadOptionsFunctions, error: Error): NodeApiError {
	if (error instanceof NodeApiError) return error;
	const { message, description } = error as NotSentError;
	return new NodeApiError(context.getNode(), { message }, { message, description });
}

/**
 * Makes the dropdown of a resource locator. The vendor's lists have neither search nor pages, so the whole list is
 * fetched when the dropdown is opened, and kept while the user searches and scrolls in it.
 */
export function listSearch({ dependsOn, fetch }: ListSource): ListSearch {
	/** By what the list is of. */
	const lists = new RecentMap<Kept>(MAX_KEPT);

	function open(context: ILoadOptionsFunctions, about: string, maxAge: number): Kept['entries'] {
		const key = JSON.stringify([context.getNode().credentials?.[CREDENTIAL]?.id, about]);
		const known = lists.get(key);
		if (known && Date.now() - known.fetchedAt < maxAge) return known.entries;
		const entries = createClient(context).then(async (client) => await fetch(client, about));
		const kept = { fetchedAt: Infinity, entries };
		lists.set(key, kept);
		entries.then(
			() => (kept.fetchedAt = Date.now()),
			() => lists.get(key) === kept && lists.delete(key),
		);
		return entries;
	}

	return async function (filter = '', paginationToken) {
		try {
			const isOpening = filter === '' && paginationToken === undefined;
			const all = await open(this, dependsOn?.(this) ?? '', isOpening ? FRESH_MS : KEPT_MS);
			return pageOf(all, filter, paginationToken);
		} catch (error) {
			throw shownError(this, error as Error);
		}
	};
}
