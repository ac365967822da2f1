import { defineOperation } from '../../operations/defineOperation';
import { humanId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Update',
		value: 'update',
		description: 'Turn the bot on or off for a human, for example while an agent replies',
		action: 'Update a human',
	},
	endpoint: 'PUT /humans/{human_id}',
	fields: [
		humanId,
		{
			displayName: 'Bot Enabled',
			name: 'botEnabled',
			type: 'boolean',
			default: true,
			description: 'Whether the bot replies to this human',
		},
	],
});
