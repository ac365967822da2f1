import { defineOperation } from '../../operations/defineOperation';

export const operation = defineOperation({
	option: {
		name: 'Get Types',
		value: 'getTypes',
		description: 'List the channel types you can connect, such as SMS or RCS, before you create a channel',
		action: 'Get channel types',
	},
	endpoint: 'GET /channels/types',
	fields: [],
});
