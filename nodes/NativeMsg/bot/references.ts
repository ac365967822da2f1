import type { JsonObject } from '../../transport/json';
import { isObject } from '../../transport/json';

/** A place in a bot that leads to an interaction or action by its name. */
export interface Reference {
	/** Position of the interaction that contains it. */
	from: number;
	/** Where it is, such as `interactions[0].actions[1].goto`. */
	path: string;
	/** The property that leads there, such as `goto`. */
	property: string;
	/** The name that it leads to. */
	name: string;
	/** The button or quick reply that a contact taps to get there; absent for other references. */
	title?: string;
}

const LEADING = new Set([
	'goto',
	'execute',
	'executeOnError',
	'executeOnSubmit',
	'executeOnDismiss',
	'fallback',
]);
/** Free content, where the same words have a different meaning. */
const FREE = new Set(['content', 'headers', 'json', 'response', 'value']);

/** Whether a name has a tag such as `{next}`, which is replaced only when the bot runs. */
export const isTemplate = (name: string) => /\{[^{}]+\}/.test(name);

/** The texts in a value that is a text or a list. */
export const textsIn = (value: unknown): string[] =>
	[value ?? []].flat().filter((one): one is string => typeof one === 'string' && one !== '');

function referencesBelow(value: unknown, path: string, from: number): Reference[] {
	if (Array.isArray(value)) {
		return value.flatMap((entry, index) => referencesBelow(entry, `${path}[${index}]`, from));
	}
	if (!isObject(value)) return [];
	const title = typeof value.title === 'string' ? value.title : undefined;
	return Object.entries(value).flatMap(([property, part]) => {
		const inner = `${path}.${property}`;
		if (FREE.has(property)) return [];
		const own = LEADING.has(property)
			? textsIn(part).map((name) => ({ from, path: inner, property, name, title }))
			: [];
		return own.length > 0 ? own : referencesBelow(part, inner, from);
	});
}

/** All places in a bot that lead to an interaction or action by its name. */
export function referencesIn(interactions: unknown[]): Reference[] {
	return interactions.flatMap((one, index) => referencesBelow(one, `interactions[${index}]`, index));
}

/** The name of an interaction or action. */
interface Named {
	name: string;
	/** Of the interaction or action, such as `interactions[0].actions[1]`. */
	path: string;
	/** Position of the interaction. */
	index: number;
}

/** The names of a bot's interactions, and of the actions in them. */
export function namesIn(interactions: unknown[]): Named[] {
	const named = (value: unknown, path: string, index: number) =>
		textsIn((value as JsonObject | null)?.name).map((name) => ({ name, path, index }));
	return interactions.flatMap((one, index) => {
		const path = `interactions[${index}]`;
		const actions = [(one as JsonObject | null)?.actions ?? []].flat();
		return [
			...named(one, path, index),
			...actions.flatMap((action, position) => named(action, `${path}.actions[${position}]`, index)),
		];
	});
}

const isGiven = (value: unknown) => [value ?? []].flat().length > 0;
const includesBots = (one: unknown) => isGiven((one as JsonObject | null)?.include);

/**
 * Finds problems with the names in a bot: duplicates, and references to names that don't exist. A bot that includes
 * others may lead to their interactions, so its references aren't checked.
 *
 * @returns a sentence with its path for each finding, such as `interactions[0].actions[1].goto leads to "Menu", ...`
 */
export function nameFindings(interactions: unknown[]): string[] {
	const first = new Map<string, Named>();
	const twice = namesIn(interactions).flatMap((named) => {
		const before = first.get(named.name);
		if (!before) first.set(named.name, named);
		return before ? [`${named.path}.name is "${named.name}", which ${before.path} is called already`] : [];
	});
	if (interactions.some(includesBots)) return twice;
	const lost = referencesIn(interactions).filter(({ name }) => !first.has(name) && !isTemplate(name));
	return [
		...twice,
		...lost.map(({ path, name }) => `${path} leads to "${name}", but no interaction or action has that name`),
	];
}

/**
 * Positions of the interactions that can't be reached: neither by an intent nor, directly or indirectly, from another
 * interaction.
 */
export function unreachable(interactions: unknown[]): number[] {
	const byName = new Map(namesIn(interactions).map(({ name, index }) => [name, index]));
	const references = referencesIn(interactions);
	const reached = new Set<number>();
	interactions.forEach((one, index) => {
		const { intents, expressions } = (one ?? {}) as JsonObject;
		if (isGiven(intents) || isGiven(expressions) || includesBots(one)) reached.add(index);
	});
	for (const index of reached) {
		for (const { from, name } of references) {
			const to = byName.get(name);
			if (from === index && to !== undefined) reached.add(to);
		}
	}
	return [...interactions.keys()].filter((index) => !reached.has(index));
}
