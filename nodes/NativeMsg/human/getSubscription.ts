import { defineOperation } from '../../operations/defineOperation';
import { humanId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Get Subscription Status',
		value: 'getSubscription',
		description: 'Check whether a human is subscribed to their channel',
		action: 'Check whether a human is subscribed to their channel',
	},
	endpoint: 'GET /humans/{human_id}/subscription',
	fields: [humanId],
});
