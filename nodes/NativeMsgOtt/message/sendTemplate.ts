import { draggedFields, nameValueRows, rowsTitledBy } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import type { Form } from '../../operations/form/form';
import { isBlank } from '../../operations/form/values';
import type { Schema } from '../../transport/contract';
import { namedSchema } from '../../transport/contract';
import { messageRecord } from '../records';
import { channelId, recipientOf, templateId, to } from './fields';
import { emptyVariable, misfit } from './placeholders';

type Values = string[] | Record<string, unknown>;

const LIST = { type: 'array', items: { type: 'string' } };

/** Not sent, only used to check the values. */
const TO_CHECK: Schema = { properties: { templateText: { type: 'string' } } };

/** All values as JSON text or from an expression: a list of texts, or an object of names and values. */
function jsonValues(form: Form<'POST /ott/messages'>): Values {
	const values = form.readJson('parametersJson');
	if (isBlank(values)) return form.refuse('Parameters (JSON) is required, but nothing was given');
	if (typeof values !== 'object') return form.refuse(wrongKind(form));
	if (!Array.isArray(values)) return values as Record<string, unknown>;
	return values.map((value, index) => {
		const entry = `Parameters (JSON), entry ${index + 1}`;
		if (isBlank(value)) return form.refuse(`${entry} is required, but nothing was given`);
		return typeof value === 'object' ? form.refuse(`${entry} must be text`) : String(value);
	});
}

/** The dragged values, in the shape that the payload format takes. */
function draggedValues(form: Form<'POST /ott/messages'>): Values {
	const name = 'draggedParameters';
	if (isBlank(form.get(name))) return form.refuse('Parameters is required, but nothing was given');
	return form.payloadFormat === 'guide'
		? (form.read<string[]>(name, LIST) ?? [])
		: (form.read<Record<string, unknown>>(name, { type: 'object' }) ?? {});
}

function enteredValues(form: Form<'POST /ott/messages'>): Values {
	const how = form.get('parametersAs');
	if (how === 'dragged') return draggedValues(form);
	if (how === 'list') return form.read<string[]>('parameters', LIST) ?? [];
	if (how === 'variables') return form.read<Record<string, unknown>>('variables', { type: 'object' }) ?? {};
	const values = jsonValues(form);
	// An empty list means no values in either format.
	return Array.isArray(values) && values.length === 0 && form.payloadFormat === 'reference' ? {} : values;
}

/** The error if the values don't have the shape that the credential's payload format takes. */
function wrongKind({ get, payloadFormat }: Form<'POST /ott/messages'>): string {
	const isJson = get('parametersAs') === 'json';
	return payloadFormat === 'guide'
		? `${isJson ? 'Parameters (JSON) must be a list' : 'Parameters As must be Ordered List'}, because the credential uses the payload format Guide`
		: `${isJson ? 'Parameters (JSON) must be a JSON object of names and values' : 'Parameters As must be Named Variables'}, because the credential uses the payload format API Reference`;
}

export const operation = defineOperation({
	option: {
		name: 'Send Template Message',
		value: 'sendTemplate',
		description:
			"Send an approved template with values for its placeholders, also to a person who hasn't written to you",
		action: 'Send a template message',
	},
	endpoint: 'POST /ott/messages',
	fields: [
		channelId,
		to,
		templateId,
		{
			displayName: 'Parameters As',
			name: 'parametersAs',
			type: 'options',
			options: [
				{
					name: 'Dragged Fields',
					value: 'dragged',
					description:
						'Input fields, for either payload format. Guide uses their order, and API Reference their names.',
				},
				{ name: 'JSON', value: 'json', description: 'All values at once, for example from an expression' },
				{ name: 'Named Variables', value: 'variables', description: 'For the payload format API Reference' },
				{
					name: 'Ordered List',
					value: 'list',
					description: 'For {{1}}, {{2}}, and so on, and the payload format Guide',
				},
			],
			default: 'list',
			description: "How to specify the placeholder values. This depends on the credential's Payload Format.",
		},
		{
			displayName: 'Parameters',
			name: 'parameters',
			type: 'fixedCollection',
			typeOptions: { ...rowsTitledBy('value'), sortable: true },
			displayOptions: { show: { parametersAs: ['list'] } },
			placeholder: 'Add Parameter',
			default: {},
			description: 'The values for {{1}}, {{2}}, and so on, in this order',
			options: [
				{
					displayName: 'Parameter',
					name: 'parameter',
					values: [
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. ORD-12345',
						},
					],
				},
			],
		},
		{
			...nameValueRows('Variables', 'variables', { entry: 'Variable' }),
			displayOptions: { show: { parametersAs: ['variables'] } },
		},
		{
			...draggedFields('Parameters', 'draggedParameters', 'The values of the placeholders'),
			displayOptions: { show: { parametersAs: ['dragged'] } },
		},
		{
			displayName: 'Parameters (JSON)',
			name: 'parametersJson',
			type: 'json',
			required: true,
			displayOptions: { show: { parametersAs: ['json'] } },
			default: '["ORD-12345", "49.99"]',
			description:
				'A list such as ["ORD-12345", "49.99"], or, for the payload format API Reference, an object of names and values. Enter [] for a template without placeholders.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Template Text',
					name: 'templateText',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
					placeholder: 'e.g. Your order {{1}} is confirmed. Total: ${{2}}',
					description: 'The template text. Used only to check the number of values before sending.',
				},
			],
		},
	],
	request(form) {
		const isGuide = form.payloadFormat === 'guide';
		const values = enteredValues(form);
		if (Array.isArray(values) !== isGuide) form.refuse(wrongKind(form));
		const empty = Array.isArray(values) ? undefined : emptyVariable(values);
		const label = form.get('parametersAs') === 'dragged' ? 'Parameters' : 'Variables';
		if (empty !== undefined) form.refuse(`${label}, ${empty} is required, but nothing was given`);
		const { templateText } = form.readObject<{ templateText?: string }>(TO_CHECK);
		const problem = templateText ? misfit(templateText, values) : undefined;
		if (problem !== undefined) form.refuse(problem);
		const given = Object.keys(values).length > 0 ? values : undefined;
		return {
			body: isGuide
				? form.readObject(
						namedSchema('OttTemplateMessageGuide'),
						{ parameters: given },
						{ destination: 'to' },
					)
				: form.readObject(namedSchema('OttMessageReference'), { variables: given, body: undefined }),
		};
	},
	output: messageRecord,
	subjects: recipientOf,
	addressee: String,
	remedies: {
		400: 'Check that the template is approved, that it belongs to this channel, and that it has as many placeholders as you give parameters. On WhatsApp, approval takes 24 to 48 hours, and parameters must not contain line breaks, tabs, or more than four consecutive spaces.',
		404: 'Check the Channel ID and the Template ID: one of them may be mistyped, deleted, or belong to another account.',
	},
});
