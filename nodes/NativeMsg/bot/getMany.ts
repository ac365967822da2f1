import { returnAllOrLimit, simplify } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import { simpleBot } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get Many',
		value: 'getMany',
		description: 'List the bots of the account, for example to find the ID of one',
		action: 'Get many bots',
	},
	endpoint: 'GET /bots',
	fields: [...returnAllOrLimit, simplify],
	simplify: simpleBot,
});
