import type { OperationCase } from '../../support/cases';
import { dateTime } from './records';
import { sendMessageCases, toPhone } from './sendMessage';

/** A record with the property names from the reference's tables, and with names for its two one-letter codes. */
const record = (id: number, humanId: number, requestId: string, text: string, fails = false) => ({
	id,
	botId: 451,
	channelId: 601,
	requestId,
	humanId,
	sent: fails ? null : dateTime,
	status: fails ? 'F' : 'D',
	statusName: fails ? 'failed' : 'delivered',
	messageType: 'O',
	messageTypeName: 'outbound',
	delivered: fails ? null : dateTime,
	profilePicUrl: null,
	message: { text },
});

/** Two send requests; numbers that end in 0199 can't be reached. */
const earlier = [
	{
		path: '/messages',
		body: { text: 'One', targets: [{ ...toPhone('12015550101'), phones: ['12015550101', '12015550199'] }] },
	},
	{ path: '/messages', body: { text: 'Two', targets: [toPhone('12025550141')] } },
];

export const messageCases: OperationCase[] = [
	...sendMessageCases,
	{
		title: 'a delivered and a failed one',
		earlier,
		parameters: { resource: 'message', operation: 'get', messageId: '={{ $json.id }}' },
		items: [
			{
				json: { id: 100001 },
				request: 'GET /v1/messages/100001',
				output: [record(100001, 1001, 'request00000001', 'One')],
			},
			{
				json: { id: '100002' },
				request: 'GET /v1/messages/100002',
				output: [record(100002, 1002, 'request00000001', 'One', true)],
			},
		],
		unknownId: { json: { id: 999 }, error: 'Message #999 does not exist' },
	},
	{
		title: 'of one send request each',
		earlier,
		parameters: {
			resource: 'message',
			operation: 'getMany',
			requestId: '={{ $json.requestId }}',
			returnAll: true,
		},
		items: [
			{
				json: { requestId: 'request00000001' },
				request: 'GET /v1/messages/requests/request00000001',
				output: [
					record(100001, 1001, 'request00000001', 'One'),
					record(100002, 1002, 'request00000001', 'One', true),
				],
			},
			{
				json: { requestId: 'request00000002' },
				request: 'GET /v1/messages/requests/request00000002',
				output: [record(100003, 541, 'request00000002', 'Two')],
			},
		],
		unknownId: { json: { requestId: 'none' }, error: 'Request none does not exist' },
	},
	{
		title: 'of one send request, up to a limit',
		earlier,
		parameters: {
			resource: 'message',
			operation: 'getMany',
			requestId: 'request00000001',
			returnAll: false,
			limit: '={{ $json.most }}',
		},
		items: [1, '1'].map((most) => ({
			json: { most },
			request: 'GET /v1/messages/requests/request00000001',
			output: [record(100001, 1001, 'request00000001', 'One')],
		})),
	},
];
