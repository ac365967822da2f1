import type { PayloadFormat } from '../../../../nodes/transport/credential';
import type { OperationCase } from '../../../support/cases';
import { nameValueRows, templateRecord } from './records';

const create = { resource: 'template', operation: 'create' };
const update = { resource: 'template', operation: 'update', templateId: '={{ $json.templateId }}' };
const unknownId = { json: { templateId: 'tmpl_none' }, error: 'template tmpl_none not found' };

/** Only the guide has this request, so both formats send the same. */
const createWithEveryField = (format: PayloadFormat): OperationCase => ({
	title: `with every field, format ${format}`,
	format,
	parameters: {
		...create,
		channelId: 'chan_viber',
		name: '={{ $json.name }}',
		body: 'Hello {{1}}, {{2}} is here',
		additionalFields: { category: 'transactional', language: '={{ $json.language }}' },
	},
	items: [
		{ name: 'parcel_here', language: 'en' },
		{ name: 'paket_da', language: 'de' },
	].map(({ name, language }, index) => ({
		json: { name, language },
		request: 'POST /api/v1/ott/templates',
		body: {
			channel_id: 'chan_viber',
			name,
			language,
			category: 'transactional',
			body: 'Hello {{1}}, {{2}} is here',
		},
		output: [
			templateRecord({
				id: `tmpl_${index + 1}`,
				name,
				channel_id: 'chan_viber',
				body: 'Hello {{1}}, {{2}} is here',
			}),
		],
	})),
});

/** Only the reference has this request, so both formats send the same. */
const updateEveryField = (format: PayloadFormat): OperationCase => ({
	title: `every field, format ${format}`,
	format,
	parameters: {
		...update,
		updateFields: {
			body: 'Hello {{name}}, total: {{total}}',
			name: '={{ $json.name }}',
			variables: nameValueRows({ name: 'string', total: 'number' }),
		},
	},
	items: [
		{ id: 'tmpl_order', name: 'order_v2' },
		{ id: 'tmpl_named', name: 'named_v2' },
	].map(({ id, name }) => {
		const body = {
			name,
			body: 'Hello {{name}}, total: {{total}}',
			variables: { name: 'string', total: 'number' },
		};
		return {
			json: { templateId: id, name },
			request: `PUT /api/v1/ott/templates/${id}`,
			body,
			output: [templateRecord({ id, ...body })],
		};
	}),
	unknownId,
});

export const templateCases: OperationCase[] = [
	createWithEveryField('guide'),
	createWithEveryField('reference'),
	{
		title: 'with nothing but the required fields, from an expression with placeholders',
		format: 'guide',
		parameters: {
			...create,
			channelId: '={{ $json.channel }}',
			name: 'greeting',
			body: '={{ $json.text }}',
			additionalFields: {},
		},
		items: [
			{ channel: 'chan_whatsapp', text: 'Hello {{1}}', status: 'pending' },
			{ channel: 'chan_telegram', text: 'Hi {{ 1 }}!', status: 'approved' },
		].map(({ channel, text, status }, index) => ({
			json: { channel, text },
			request: 'POST /api/v1/ott/templates',
			body: { channel_id: channel, name: 'greeting', body: text },
			output: [
				templateRecord({
					id: `tmpl_${index + 1}`,
					name: 'greeting',
					channel_id: channel,
					body: text,
					status,
				}),
			],
		})),
	},
	updateEveryField('guide'),
	updateEveryField('reference'),
	{
		title: 'one field alone',
		format: 'reference',
		parameters: { ...update, updateFields: { name: 'renamed' } },
		items: [
			{ id: 'tmpl_order', others: {} },
			{ id: 'tmpl_pending', others: { status: 'pending' } },
		].map(({ id, others }) => ({
			json: { templateId: id },
			request: `PUT /api/v1/ott/templates/${id}`,
			body: { name: 'renamed' },
			output: [templateRecord({ id, name: 'renamed', ...others })],
		})),
		unknownId,
	},
];
