import { defineOperation } from '../../operations/defineOperation';
import { botId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		description: 'Delete a bot for good, with its revisions',
		action: 'Delete a bot for good with all its revisions',
	},
	endpoint: 'DELETE /bots/{bot_id}',
	fields: [botId],
	output: () => ({ deleted: true }),
});
