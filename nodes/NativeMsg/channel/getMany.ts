import { returnAllOrLimit } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';

export const operation = defineOperation({
	option: {
		name: 'Get Many',
		value: 'getMany',
		description: 'List the channels of the account',
		action: 'Get many channels',
	},
	endpoint: 'GET /channels',
	fields: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Bot ID',
					name: 'botId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 4345',
					description: 'Only channels that this bot answers on',
				},
			],
		},
	],
});
