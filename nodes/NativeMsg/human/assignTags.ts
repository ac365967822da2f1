import { defineOperation } from '../../operations/defineOperation';
import { humanId, tagFields } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Assign Tags',
		value: 'assignTags',
		description: 'Assign tags to a human, by name or by ID',
		action: 'Assign tags to a human',
	},
	endpoint: 'POST /humans/{human_id}/tags/assign',
	fields: [humanId, ...tagFields],
	output: ({ message }, { path }) => ({ humanId: path.human_id, message }),
});
