import { defineOperation } from '../../operations/defineOperation';
import { messageRecord } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get',
		value: 'get',
		description: 'Get one message with its delivery status, when you know the ID of the message',
		action: 'Get a message',
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
			description: 'The message ID. Use Get Many to find it.',
		},
	],
	output: messageRecord,
});
