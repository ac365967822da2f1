import { defineOperation } from '../../operations/defineOperation';
import { channelId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Get Subscription Status',
		value: 'getSubscription',
		description: 'Count the humans that are subscribed to a channel',
		action: 'Get the subscription status of a channel',
	},
	endpoint: 'GET /channels/{channel_id}/subscription',
	fields: [channelId],
});
