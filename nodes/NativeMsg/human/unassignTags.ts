import { defineOperation } from '../../operations/defineOperation';
import { humanId, tagFields } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Unassign Tags',
		value: 'unassignTags',
		description: 'Remove tags from a human, when they no longer apply',
		action: 'Unassign tags from a human',
	},
	endpoint: 'POST /humans/{human_id}/tags/unassign',
	fields: [humanId, ...tagFields],
	output: ({ message }, { path }) => ({ humanId: path.human_id, message }),
});
