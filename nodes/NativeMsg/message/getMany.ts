import { returnAllOrLimit } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import { messageRecord } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get Many',
		value: 'getMany',
		description:
			'List the messages of a send request with the delivery status of each recipient, when you know the ID of the request',
		action: 'Get many messages',
	},
	endpoint: 'GET /messages/requests/{request_id}',
	fields: [
		{
			displayName: 'Request ID',
			name: 'requestId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. jh2h4hKj3Khjaak123jhgvn1v12n31m',
			description: 'The requestId that sending a message returned',
		},
		...returnAllOrLimit,
	],
	output: (records) => records.map(messageRecord),
});
