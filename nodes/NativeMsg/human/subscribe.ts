import { defineOperation } from '../../operations/defineOperation';
import { humanId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Subscribe',
		value: 'subscribe',
		description: 'Subscribe one human to their channel',
		action: 'Subscribe a human to their channel with their consent',
	},
	endpoint: 'POST /humans/{human_id}/subscription',
	fields: [humanId],
});
