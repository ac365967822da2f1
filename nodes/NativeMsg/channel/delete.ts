import { defineOperation } from '../../operations/defineOperation';
import { channelId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		description: 'Permanently delete a channel, when nothing is sent over it anymore',
		action: 'Delete a channel permanently',
	},
	endpoint: 'DELETE /channels/{channel_id}',
	fields: [channelId],
	output: () => ({ deleted: true }),
});
