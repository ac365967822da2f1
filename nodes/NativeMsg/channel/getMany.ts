import { returnAllOrLimit, simplify } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import { botLocator } from '../bot/fields';
import { simpleChannel } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get Many',
		value: 'getMany',
		description: 'List the channels of the account, for example to find the ID of one',
		action: 'Get many channels',
	},
	endpoint: 'GET /channels',
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [{ ...botLocator, description: 'Only channels that this bot replies on' }],
		},
		...returnAllOrLimit,
		simplify,
	],
	simplify: simpleChannel,
});
