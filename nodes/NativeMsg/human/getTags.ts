import { defineOperation } from '../../operations/defineOperation';
import { humanId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Get Tags',
		value: 'getTags',
		description: 'List the tags that are assigned to a human',
		action: 'Get the tags of a human',
	},
	endpoint: 'GET /humans/{human_id}/tags',
	fields: [humanId],
});
