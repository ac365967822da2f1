import { defineOperation } from '../../operations/defineOperation';
import { botId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		description: 'Permanently delete a bot with all its revisions',
		action: 'Delete a bot permanently',
	},
	endpoint: 'DELETE /bots/{bot_id}',
	fields: [botId],
	output: () => ({ deleted: true }),
});
