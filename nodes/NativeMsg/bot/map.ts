import type { JsonObject } from '../../transport/json';
import { namesIn, referencesIn, unreachable } from './references';

/** A text in quotes for Mermaid, with special characters as character codes. */
const quoted = (text: string) =>
	`"${text.replace(/[^\p{L}\p{N} .,:!?'()/@+_-]/gu, (mark) => `#${mark.codePointAt(0)};`)}"`;

/** The title of an interaction: its name, otherwise its position. */
export function titleOf(interaction: unknown, index: number): string {
	const { name } = (interaction ?? {}) as JsonObject;
	return typeof name === 'string' && name !== '' ? name : `Interaction ${index + 1}`;
}

/** What people write to start an interaction: its intents, or the names or expressions of intents with training data. */
export function intentsOf(interaction: unknown): string[] {
	const { intents } = (interaction ?? {}) as JsonObject;
	return [intents ?? []].flat().flatMap((intent): string[] => {
		if (typeof intent === 'string') return [intent];
		const { name, expressions } = intent as { name?: string; expressions?: unknown[] };
		if (name) return [name];
		return (expressions ?? []).map((one) => String((one as { text?: string }).text ?? one));
	});
}

/** A Mermaid diagram of how a bot's interactions lead to each other; n8n's chat and Markdown render it. */
export function mapOf(interactions: unknown[]): string {
	const byName = new Map(namesIn(interactions).map(({ name, index }) => [name, index]));
	const nodes = interactions.map((one, index) => `  i${index}[${quoted(titleOf(one, index))}]`);
	const starts = interactions.flatMap((one, index) => {
		const intents = intentsOf(one);
		return intents.length > 0 ? [`  start -->|${quoted(intents.join(', '))}| i${index}`] : [];
	});
	const links = referencesIn(interactions).flatMap(({ from, name, property, title }) => {
		const to = byName.get(name);
		return to === undefined ? [] : [`  i${from} -->|${quoted(title ?? property)}| i${to}`];
	});
	return ['flowchart LR', '  start((Contact))', ...nodes, ...new Set([...starts, ...links])].join('\n');
}

/** Hints about interactions that nothing leads to. */
export function unreachableHints(interactions: unknown[]): string[] {
	const titles = unreachable(interactions).map((index) => `"${titleOf(interactions[index], index)}"`);
	if (titles.length === 0) return [];
	return [
		`Nothing in this bot leads to ${titles.join(', ')}: no intent, and no other interaction that can be reached. A message with a button can still run it by its name.`,
	];
}
