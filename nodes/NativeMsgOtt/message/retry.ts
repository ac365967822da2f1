import { defineOperation } from '../../operations/defineOperation';
import { messageRecord } from '../records';

export const operation = defineOperation({
	option: {
		name: 'Retry',
		value: 'retry',
		description: 'Send a message again, when its status is failed',
		action: 'Retry a failed message',
	},
	endpoint: 'POST /ott/messages/{message_id}/retry',
	fields: [
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. msg_abc123',
			description: 'The messageId that sending the message returned',
		},
	],
	output: messageRecord,
	remedies: {
		400: 'Only messages with the status failed can be retried. Check the status first, for example with an If node.',
		404: 'Check the Message ID: it is the messageId that sending the message returned.',
	},
});
