import { defineOperation } from '../../operations/defineOperation';
import { humanId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Get',
		value: 'get',
		description: 'Retrieve one human with channels and custom fields',
		action: 'Get a human',
	},
	endpoint: 'GET /humans/{human_id}',
	fields: [humanId],
});
