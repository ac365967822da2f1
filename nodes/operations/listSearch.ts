import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { ApiClient } from '../transport/client';
import { createClient, CREDENTIAL } from '../transport/client';
import type { NotSentError } from '../transport/errors';
import { COUNTRY_CHOICES } from '../transport/defaultCountry';
import { RecentMap } from '../transport/recentMap';

/** Entries per page. The editor requests the next page while the user scrolls. */
const PAGE_SIZE = 100;
/** How long (ms) a list is reused when it is opened again, and while the user searches in it. */
const FRESH_MS = 5_000;
const KEPT_MS = 5 * 60_000;
/** Maximum number of lists kept per dropdown, each for a different account or bot. */
const MAX_KEPT = 3;

/** The method behind a resource locator's list. n8n passes the text typed so far, and the token of the previous page. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** Where the entries of a dropdown come from. */
export interface ListSource {
	/** Reads the other form fields that the list depends on. @throws if one is empty */
	dependsOn?(context: ILoadOptionsFunctions): string;
	/** All entries in display order. @param about the result of `dependsOn` */
	fetch(client: ApiClient, about: string): Promise<INodeListSearchItems[]>;
}

interface Kept {
	/** Infinity until the list has arrived, so that a slow list isn't requested twice. */
	fetchedAt: number;
	entries: Promise<INodeListSearchItems[]>;
}

/** The digits of a part of a phone number; empty for letters or fewer than three digits, which would match too much. */
function digitsOf(word: string): string {
	const digits = word.replace(/\D/g, '');
	return /[a-z]/.test(word) || digits.length < 3 ? '' : digits;
}

function matching(entries: INodeListSearchItems[], filter: string): INodeListSearchItems[] {
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return entries;
	return entries.filter(({ name, value }) => {
		const text = `${name} ${String(value)}`.toLowerCase();
		// A phone number may be typed in any format.
		return words.every((word) => text.includes(word) || text.includes(digitsOf(word) || word));
	});
}

/** One page of the matching entries, starting where the previous one ended. */
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
 * The error that the dropdown shows instead of entries, with the same message as in a run. n8n's editor shows the
 * description of a NodeApiError only.
 */
function shownError(context: ILoadOptionsFunctions, error: Error): NodeApiError {
	if (error instanceof NodeApiError) return error;
	const { message, description } = error as NotSentError;
	return new NodeApiError(context.getNode(), { message }, { message, description });
}

/**
 * Creates the list of a resource locator. The API has no search or pagination, so the whole list is fetched when the
 * dropdown opens, and kept while the user searches and scrolls.
 */
export function listSearch({ dependsOn, fetch }: ListSource): ListSearch {
	/** By account and `about`. */
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
