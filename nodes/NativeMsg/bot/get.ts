import { simplify } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import { botId } from './fields';
import { interactionTable } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get',
		value: 'get',
		description: 'Get one bot with its interactions',
		action: 'Get a bot',
	},
	endpoint: 'GET /bots/{bot_id}',
	fields: [botId, simplify],
	simplify: interactionTable,
});
