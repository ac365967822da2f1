import type { LookUpRun } from '../../operations/defineOperation';
import type { JsonObject } from '../../transport/json';
import { interactions as interactionsJson } from './fields';
import { interactionRows } from './interactionFields';
import { titleOf } from './map';
import { isTemplate, textsIn } from './references';

/**
 * Fetches the names of the account's bots, if the first item seems to include some.
 *
 * @returns undefined if nothing is included, or the request fails, because it only serves a hint
 */
export async function lookUpBotNames({ client, get }: LookUpRun): Promise<Set<unknown> | undefined> {
	try {
		const entered = [interactionRows, interactionsJson].map(({ name }) => JSON.stringify(get(name)) ?? '');
		if (!entered.some((text) => text.includes('include'))) return undefined;
		const bots = await client.call('GET /bots');
		return new Set(bots.map(({ name }) => name));
	} catch {
		// An invalid first item is reported when it is read.
		return undefined;
	}
}

/** Hints about included bots that aren't in the account's list. The list may be incomplete, so they aren't errors. */
export function includeHints(interactions: unknown[], names: unknown): string[] {
	if (!(names instanceof Set)) return [];
	return interactions.flatMap((one, index) =>
		textsIn((one as JsonObject | null)?.include)
			.filter((name) => !names.has(name) && !isTemplate(name))
			.map(
				(name) =>
					`"${titleOf(one, index)}" includes "${name}", but no bot of the account is listed with that name. Check the spelling, or create that bot first.`,
			),
	);
}
