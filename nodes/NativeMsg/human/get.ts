import { simplify } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import { humanId } from './fields';
import { simpleHuman } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get',
		value: 'get',
		description: 'Retrieve one human with channels and custom fields',
		action: 'Get a human with channels and custom fields',
	},
	endpoint: 'GET /humans/{human_id}',
	fields: [humanId, simplify],
	simplify: simpleHuman,
});
