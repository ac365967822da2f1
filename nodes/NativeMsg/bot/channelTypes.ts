import type { JsonObject } from '../../transport/json';
import { isObject } from '../../transport/json';
import { channelTypeName } from '../channel/fields';
import { channelFindings } from '../message/fields';

/** The channel types that an action is for alone; none where conditions are joined by operators such as `or` and `not`. */
function channelTypesOf({ conditions }: JsonObject): string[] {
	const all = [conditions ?? []].flat().filter(isObject);
	if (all.some(({ operator }) => operator !== undefined)) return [];
	return [...new Set(all.flatMap(({ channelTypes }) => [channelTypes ?? []].flat().map(String)))];
}

/**
 * What messages have that the channel types which their action is for cannot take, as far as that is documented.
 *
 * @returns a sentence with its path for each finding, e.g. `interactions[0].actions[1] does not fit Facebook: ...`
 */
export function channelTypeFindings(interactions: unknown[]): string[] {
	return interactions.flatMap((interaction, index) => {
		const actions = isObject(interaction) ? [interaction.actions ?? []].flat() : [];
		return actions.flatMap((action, position) => {
			const message = isObject(action) && isObject(action.send) && action.send.message;
			if (!isObject(message)) return [];
			return channelTypesOf(action as JsonObject).flatMap((type) => {
				const findings = channelFindings(message, type);
				const place = `interactions[${index}].actions[${position}]`;
				if (findings.length === 0) return [];
				return [`${place} does not fit ${channelTypeName(type)}: ${findings.join(', ')}`];
			});
		});
	});
}
