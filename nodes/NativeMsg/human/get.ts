import { simplify } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import { humanId } from './fields';
import { simpleHuman } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get',
		value: 'get',
		description: 'Get one human by ID, with their channels and attributes',
		action: 'Get a human',
	},
	endpoint: 'GET /humans/{human_id}',
	fields: [humanId, simplify],
	simplify: simpleHuman,
});
