import { defineOperation } from '../../operations/defineOperation';
import { humanId, tagFields } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Unassign Tags',
		value: 'unassignTags',
		description: 'Unassign tags from a human, by name or by ID',
		action: 'Unassign tags from a human',
	},
	endpoint: 'POST /humans/{human_id}/tags/unassign',
	fields: [humanId, ...tagFields],
	output: ({ message }, { path }) => ({ humanId: path.human_id, message }),
});
