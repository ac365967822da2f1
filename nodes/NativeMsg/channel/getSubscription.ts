import { defineOperation } from '../../operations/defineOperation';
import { channelId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Get Subscription Status',
		value: 'getSubscription',
		description: 'Count the humans that are subscribed to a channel',
		action: 'Count the humans who are subscribed to a channel',
	},
	endpoint: 'GET /channels/{channel_id}/subscription',
	fields: [channelId],
});
