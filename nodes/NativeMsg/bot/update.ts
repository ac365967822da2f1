import { defineOperation } from '../../operations/defineOperation';
import { checkInteractions, enteredInteractions } from './checkInteractions';
import { botId, interactions } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Update',
		value: 'update',
		description: 'Replace the interactions of a bot, which makes a new revision',
		action: 'Update a bot by replacing all its interactions',
	},
	endpoint: 'PUT /bots/{bot_id}',
	fields: [
		botId,
		{
			displayName: 'Interactions',
			name: 'interactionsChange',
			type: 'options',
			options: [
				{
					name: 'Remove All Interactions',
					value: 'removeAll',
					description: 'Empty the bot. Earlier interactions stay in its revisions.',
				},
				{
					name: 'Replace With JSON',
					value: 'replace',
					description: 'The bot has exactly the given interactions afterwards',
				},
			],
			default: 'replace',
			description: 'The API always replaces the whole list, so interactions that are not given are gone',
		},
		// Empty at first: an example would replace the bot's interactions when the node is tried out.
		{ ...interactions, default: '', displayOptions: { show: { interactionsChange: ['replace'] } } },
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
		if (form.get('interactionsChange') === 'removeAll') return { body: form.readBody({ interactions: [] }) };
		const body = form.readBody({ interactions: enteredInteractions(form) });
		if (body.interactions.length === 0) {
			form.refuse(
				'Interactions (JSON) is an empty list, which would remove every interaction of the bot; to do that on purpose, set Interactions to "Remove All Interactions"',
			);
		}
		checkInteractions(form, body.interactions);
		return { body };
	},
});
