import { defineOperation } from '../../operations/defineOperation';
import { humanId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Get Subscription Status',
		value: 'getSubscription',
		description: 'Check whether a human is subscribed to their channel, before you message them',
		action: 'Get a subscription status',
	},
	endpoint: 'GET /humans/{human_id}/subscription',
	fields: [humanId],
});
