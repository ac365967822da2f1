import { defineOperation } from '../../operations/defineOperation';
import { checkInteractions, enteredInteractions } from './checkInteractions';
import { gatherItems } from './gatherItems';
import { includeHints, lookUpBotNames } from './includes';
import { interactionFields, specifyInteractions } from './interactionFields';
import { unreachableHints } from './map';

export const operation = defineOperation({
	option: {
		name: 'Create',
		value: 'create',
		description: 'Create a bot from its interactions, for example from the rows of a spreadsheet',
		action: 'Create a bot',
	},
	endpoint: 'POST /bots',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Opening Hours',
			description: 'Up to 100 characters',
		},
		{ ...specifyInteractions, hint: 'Without interactions, the bot is empty' },
		...interactionFields,
	],
	request(form) {
		const body = form.readBody({ interactions: enteredInteractions(form) });
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
