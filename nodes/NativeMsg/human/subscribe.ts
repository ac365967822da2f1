import { defineOperation } from '../../operations/defineOperation';
import { humanId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Subscribe',
		value: 'subscribe',
		description: 'Subscribe a human to their channel, when they opt in to getting messages',
		action: 'Subscribe a human',
	},
	endpoint: 'POST /humans/{human_id}/subscription',
	fields: [humanId],
});
