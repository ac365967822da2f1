import type { GatherRule } from '../../operations/combine';
import type { RequestOf } from '../../transport/endpoint';
import { inFormWords } from './formWords';
import { FROM_INPUT_ITEMS, specifyInteractions } from './interactionFields';
import { nameFindings } from './references';

type BotEndpoint = 'POST /bots' | 'PUT /bots/{bot_id}';
type Body = RequestOf<BotEndpoint>['body'];
type Interactions = Body['interactions'];

/** The interactions of all items, each with its position in its item. Identical ones of several items appear once. */
function all(parts: Body[]) {
	const seen = new Set<string>();
	return parts.flatMap(({ interactions }, part) =>
		interactions.flatMap((interaction: Interactions[number], row: number) => {
			const text = JSON.stringify(interaction);
			if (seen.has(text)) return [];
			seen.add(text);
			return { interaction, part, row };
		}),
	);
}

/** Makes one bot, or one revision, from the interactions of all items. */
export const gatherItems: GatherRule<BotEndpoint> = {
	isWanted: (form) => form.get(specifyInteractions.name) === FROM_INPUT_ITEMS,
	target: ({ path, body }) => [path, body.name],
	join(parts) {
		const interactions = all(parts.map(({ body }) => body)).map(({ interaction }) => interaction);
		return { ...parts[0], body: { ...parts[0].body, interactions } };
	},
	problems(parts, itemIndexes) {
		const entries = all(parts.map(({ body }) => body));
		const problems = new Map<number, string[]>();
		for (const finding of nameFindings(entries.map(({ interaction }) => interaction))) {
			const { part } = entries[Number(/^interactions\[(\d+)\]/.exec(finding)![1])];
			const labelOf = (position: number) => {
				const { row, part: other } = entries[position];
				return `${other === part ? '' : `Item ${itemIndexes[other]}, `}Interaction ${row + 1}`;
			};
			problems.set(part, [...(problems.get(part) ?? []), inFormWords(finding, labelOf)]);
		}
		return problems;
	},
	share: (bot, { body }, requestItemCount) => ({
		...bot,
		// Only its own: the whole list in each item would be too much.
		interactions: body.interactions,
		requestItemCount,
	}),
};
