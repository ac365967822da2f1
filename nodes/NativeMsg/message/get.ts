import { defineOperation } from '../../operations/defineOperation';
import { messageRecord } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get',
		value: 'get',
		description: 'Retrieve one message with its delivery status',
		action: 'Get a message with its delivery status',
	},
	endpoint: 'GET /messages/{message_id}',
	fields: [
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 8767223',
			description: 'The number of the message, as "Get Many" messages lists it',
		},
	],
	output: messageRecord,
});
