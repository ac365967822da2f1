import { defineOperation } from '../../operations/defineOperation';
import { channelId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Get Subscription Count',
		value: 'getSubscription',
		description: 'Count the humans who are subscribed to a channel, for example before a broadcast',
		action: 'Get a subscription count',
	},
	endpoint: 'GET /channels/{channel_id}/subscription',
	fields: [channelId],
});
