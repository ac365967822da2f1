import type { PayloadFormat } from '../../../../nodes/transport/credential';
import { dragged, type CaseItem, type OperationCase } from '../../../support/cases';
import { messageRecord, nameValueRows, parameterRows } from './records';

const request = 'POST /api/v1/ott/messages';
const sendTemplate = { resource: 'message', operation: 'sendTemplate', to: '={{ $json.phone }}' };
const sendSession = { resource: 'message', operation: 'sendSession', text: '={{ $json.text }}' };

const orders = [
	{ phone: '+12025550140', order: 'ORD-12345', total: '49.99' },
	{ phone: '+1 (202) 555-0141', order: 'ORD-12346', total: 5 },
];

/** In the format of the guide: positional values for a template. */
const ordersAsInGuide = orders.map(
	({ phone, order, total }, index): CaseItem => ({
		json: { phone, order, total },
		request,
		body: {
			channel_id: 'chan_whatsapp',
			destination: `+1202555014${index}`,
			template_id: 'tmpl_order',
			parameters: [order, String(total)],
		},
		output: [
			messageRecord({
				id: `msg_${index + 1}`,
				channel_id: 'chan_whatsapp',
				template_id: 'tmpl_order',
				to: `+1202555014${index}`,
				body: `Your order ${order} is confirmed. Total: $${total}`,
			}),
		],
	}),
);

const greetings = [
	{ phone: '+12025550140', name: 'Maria', total: '49.99' },
	{ phone: '+1.202.555.0141', name: 'Jürgen', total: '0' },
];

/** In the form of the reference: values by the names of the placeholders. */
const greetingsAsInReference = greetings.map(
	({ phone, name, total }, index): CaseItem => ({
		json: { phone, name, total },
		request,
		body: {
			channel_id: 'chan_whatsapp',
			to: `+1202555014${index}`,
			template_id: 'tmpl_named',
			variables: { name, total },
		},
		output: [
			messageRecord({
				id: `msg_${index + 1}`,
				channel_id: 'chan_whatsapp',
				template_id: 'tmpl_named',
				to: `+1202555014${index}`,
				body: `Hello ${name}, your order is confirmed. Total: ${total}`,
			}),
		],
	}),
);

const replies = [
	{ channel: 'chan_viber', text: 'Thank you!' },
	{ channel: 'chan_telegram', text: 'Danke schön\nund bis bald' },
];

const retries = (format: PayloadFormat): OperationCase => ({
	title: `one that the second attempt delivers and one that stays failed, format ${format}`,
	format,
	parameters: { resource: 'message', operation: 'retry', messageId: '={{ $json.messageId }}' },
	earlier: ['+12025550199', '+12025550197'].map((to) => ({
		path: '/ott/messages',
		body: { channel_id: 'chan_viber', to, body: 'Hello' },
	})),
	items: [
		{ id: 'msg_1', to: '+12025550199', others: {} },
		{
			id: 'msg_2',
			to: '+12025550197',
			others: {
				status: 'failed',
				provider_message_id: null,
				error_message: 'the recipient could not be reached',
			},
		},
	].map(({ id, to, others }) => ({
		json: { messageId: id },
		request: `POST /api/v1/ott/messages/${id}/retry`,
		output: [messageRecord({ id, channel_id: 'chan_viber', to, body: 'Hello', ...others })],
	})),
	unknownId: { json: { messageId: 'msg_none' }, error: 'message msg_none not found' },
});

export const messageCases: OperationCase[] = [
	{
		title: 'values in order, as in the guide',
		isExample: true,
		format: 'guide',
		parameters: {
			...sendTemplate,
			channelId: 'chan_whatsapp',
			templateId: 'tmpl_order',
			parametersAs: 'list',
			parameters: parameterRows('={{ $json.order }}', '={{ $json.total }}'),
			options: { templateText: 'Your order {{1}} is confirmed. Total: ${{2}}' },
		},
		items: ordersAsInGuide,
	},
	{
		title: 'values in order as JSON, as in the guide',
		format: 'guide',
		parameters: {
			...sendTemplate,
			channelId: 'chan_whatsapp',
			templateId: 'tmpl_order',
			parametersAs: 'json',
			parametersJson: '={{ [$json.order, $json.total] }}',
			options: {},
		},
		items: ordersAsInGuide,
	},
	{
		title: 'values by name, as in the reference',
		format: 'reference',
		parameters: {
			...sendTemplate,
			channelId: 'chan_whatsapp',
			templateId: 'tmpl_named',
			parametersAs: 'variables',
			variables: nameValueRows({ name: '={{ $json.name }}', total: '={{ $json.total }}' }),
			options: { templateText: 'Hello {{name}}, your order is confirmed. Total: {{total}}' },
		},
		items: greetingsAsInReference,
	},
	{
		title: 'values by name as JSON, as in the reference',
		format: 'reference',
		parameters: {
			...sendTemplate,
			channelId: 'chan_whatsapp',
			templateId: 'tmpl_named',
			parametersAs: 'json',
			parametersJson: '={{ ({ name: $json.name, total: $json.total }) }}',
			options: {},
		},
		items: greetingsAsInReference,
	},
	{
		title: 'dragged values in order, as in the guide',
		format: 'guide',
		parameters: {
			...sendTemplate,
			channelId: 'chan_whatsapp',
			templateId: 'tmpl_order',
			parametersAs: 'dragged',
			draggedParameters: dragged('order', 'total'),
			options: {},
		},
		items: ordersAsInGuide,
	},
	{
		title: 'dragged values by name, as in the reference',
		format: 'reference',
		parameters: {
			...sendTemplate,
			channelId: 'chan_whatsapp',
			templateId: 'tmpl_named',
			parametersAs: 'dragged',
			draggedParameters: dragged('name', 'total'),
			options: {},
		},
		items: greetingsAsInReference,
	},
	{
		title: 'as in the guide',
		format: 'guide',
		parameters: { ...sendSession, channelId: '={{ $json.channel }}', to: '+12025550140' },
		items: replies.map(({ channel, text }, index) => ({
			json: { channel, text },
			request,
			body: { channel_id: channel, destination: '+12025550140', content: { type: 'text', text } },
			output: [
				messageRecord({ id: `msg_${index + 1}`, channel_id: channel, to: '+12025550140', body: text }),
			],
		})),
	},
	{
		title: 'as in the reference',
		format: 'reference',
		parameters: { ...sendSession, channelId: '={{ $json.channel }}', to: '+12025550140' },
		items: replies.map(({ channel, text }, index) => ({
			json: { channel, text },
			request,
			body: { channel_id: channel, to: '+12025550140', body: text },
			output: [
				messageRecord({ id: `msg_${index + 1}`, channel_id: channel, to: '+12025550140', body: text }),
			],
		})),
	},
	retries('guide'),
	retries('reference'),
];
