import { defineOperation } from '../../operations/defineOperation';
import { humanId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Unsubscribe',
		value: 'unsubscribe',
		description: 'Unsubscribe a human from their channel, when they opt out, for example with STOP',
		action: 'Unsubscribe a human',
	},
	endpoint: 'DELETE /humans/{human_id}/subscription',
	fields: [humanId],
});
