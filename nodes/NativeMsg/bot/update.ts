import { byName } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import { checkInteractions, enteredInteractions } from './checkInteractions';
import { botId } from './fields';
import { gatherItems } from './gatherItems';
import { includeHints, lookUpBotNames } from './includes';
import { interactionFields, specifyInteractions, USING_JSON } from './interactionFields';
import { unreachableHints } from './map';

const REMOVE_ALL = 'removeAllInteractions';

export const operation = defineOperation({
	option: {
		name: 'Update',
		value: 'update',
		description: 'Replace the interactions of a bot, which makes a new revision',
		action: 'Update a bot by replacing it',
	},
	endpoint: 'PUT /bots/{bot_id}',
	fields: [
		botId,
		{
			...specifyInteractions,
			options: [
				...specifyInteractions.options,
				{
					name: 'Remove All Interactions',
					value: REMOVE_ALL,
					description: 'Empty the bot. Earlier interactions stay in its revisions.',
				},
			].sort(byName),
			description: 'The API always replaces the whole list, so interactions that you leave out are removed',
		},
		...interactionFields,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Opening Hours',
					description: 'Up to 100 characters',
				},
			],
		},
	],
	request(form) {
		const given = form.get(specifyInteractions.name);
		if (given === REMOVE_ALL) return { body: form.readBody({ interactions: [] }) };
		const body = form.readBody({ interactions: enteredInteractions(form) });
		if (body.interactions.length === 0) {
			const nothing = given === USING_JSON ? 'Interactions (JSON) is an empty list' : 'Interactions is empty';
			form.refuse(
				`${nothing}, which would remove every interaction of the bot; to do that on purpose, choose "Remove All Interactions"`,
			);
		}
		checkInteractions(form, body.interactions);
		return { body };
	},
	lookUp: lookUpBotNames,
	hints: ({ body }, names) => [
		...unreachableHints(body.interactions),
		...includeHints(body.interactions, names),
	],
	gather: gatherItems,
});
