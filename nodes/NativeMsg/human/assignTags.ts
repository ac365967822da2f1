import { defineOperation } from '../../operations/defineOperation';
import { humanId, tagFields } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Assign Tags',
		value: 'assignTags',
		description: 'Assign tags to a human, for example to include them in a broadcast to a tag',
		action: 'Assign tags to a human',
	},
	endpoint: 'POST /humans/{human_id}/tags/assign',
	fields: [humanId, ...tagFields],
	output: ({ message }, { path }) => ({ humanId: path.human_id, message }),
});
