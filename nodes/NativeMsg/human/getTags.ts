import { defineOperation } from '../../operations/defineOperation';
import { humanId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Get Tags',
		value: 'getTags',
		description: 'List the tags of a human, for example to decide what to send them',
		action: 'Get the tags of a human',
	},
	endpoint: 'GET /humans/{human_id}/tags',
	fields: [humanId],
});
