import { defineOperation } from '../../operations/defineOperation';
import { channelId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		description: 'Delete a channel for good',
		action: 'Delete a channel for good',
	},
	endpoint: 'DELETE /channels/{channel_id}',
	fields: [channelId],
	output: () => ({ deleted: true }),
});
