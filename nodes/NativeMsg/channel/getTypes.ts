import { defineOperation } from '../../operations/defineOperation';

export const operation = defineOperation({
	option: {
		name: 'Get Types',
		value: 'getTypes',
		description: 'List the channel types that can be connected, such as SMS or RCS',
		action: 'Get channel types that can be connected',
	},
	endpoint: 'GET /channels/types',
	fields: [],
});
