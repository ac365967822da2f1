import { defineOperation } from '../../operations/defineOperation';
import { humanId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Unsubscribe',
		value: 'unsubscribe',
		description: 'Unsubscribe one human from their channel, e.g. after a STOP',
		action: 'Unsubscribe a human who wants no more messages',
	},
	endpoint: 'DELETE /humans/{human_id}/subscription',
	fields: [humanId],
});
