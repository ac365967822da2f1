import type { JsonObject } from '../../transport/json';
import { isObject } from '../../transport/json';
import { channelTypeName } from '../channel/fields';
import { channelFindings } from '../message/fields';

/**
 * The channel types that an action is limited to; empty if its conditions are joined by operators such as `or` and `not`.
 */
function channelTypesOf({ conditions }: JsonObject): string[] {
	const all = [conditions ?? []].flat().filter(isObject);
	if (all.some(({ operator }) => operator !== undefined)) return [];
	return [...new Set(all.flatMap(({ channelTypes }) => [channelTypes ?? []].flat().map(String)))];
}

/**
 * What messages contain that their action's channel types don't support, according to the documented limits.
 *
 * @returns a sentence with its path for each finding, such as `interactions[0].actions[1] does not fit Facebook: ...`
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
