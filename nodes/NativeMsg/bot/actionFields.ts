import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { nameValueRows } from '../../operations/commonFields';
import { CHANNEL_TYPES } from '../channel/fields';
import { buttonRows, media, quickReplyRows, text } from '../message/fields';
import { moreProperties, references, validation } from './sharedFields';

const forTypes = (types: string[], field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { show: { type: types } },
});

/** The types of actions. Each value is a property of the API's Action or Send object, or a variant of one. */
const actionTypes: INodePropertyOptions[] = [
	{ name: 'Assign Attributes', value: 'assignAttributes', description: 'Stores values about the human' },
	{ name: 'Assign Tags', value: 'assignTags' },
	{ name: 'Execute', value: 'execute', description: 'Runs other interactions or actions, then continues' },
	{ name: 'Finish Dialog', value: 'finishDialog', description: 'Ends the dialog' },
	{ name: 'Go To', value: 'goto', description: 'Continues with another interaction or action instead' },
	{
		name: 'HTTP Request',
		value: 'httpRequest',
		description: 'Sends a request to a URL, such as that of an n8n webhook',
	},
	{ name: 'JSON', value: 'json', description: "Any action of nativeMsg's object model" },
	{ name: 'Pause', value: 'pause', description: 'Waits for 5 seconds at most' },
	{ name: 'Send Email', value: 'sendEmail' },
	{
		name: 'Send Message',
		value: 'sendMessage',
		description: 'Text, media, buttons, and quick replies in one message',
	},
	{ name: 'Send Note', value: 'sendNote', description: 'Over long code SMS/MMS channels' },
	{ name: 'Start Dialog', value: 'startDialog', description: 'Sets what ends the questions that follow' },
	{ name: 'Subscribe', value: 'subscribe', description: 'Subscribes the human to the channel' },
	{ name: 'Unsubscribe', value: 'unsubscribe', description: 'Unsubscribes the human from the channel' },
	{ name: 'Wait for Reply', value: 'waitForReply', description: "Stores the human's reply" },
];

const replyTypes: INodePropertyOptions[] = [
	'Coordinates',
	'Datetime',
	'Distance',
	'File',
	'Message',
	'Money',
	'Multi Select',
	'Number',
	'Quick Reply',
	'Text',
].map((name) => ({ name, value: name.toLowerCase() }));

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];

const attributePath: INodeProperties = {
	displayName: 'Attribute',
	name: 'attributePath',
	type: 'string',
	default: '',
	placeholder: 'e.g. favoriteColor',
};

const attributes: INodeProperties = {
	displayName: 'Attributes',
	name: 'attributes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Attribute',
	default: {},
	options: [
		{
			displayName: 'Attribute',
			name: 'attribute',
			values: [
				{ ...attributePath, required: true },
				{
					displayName: 'Evaluate',
					name: 'evaluate',
					type: 'boolean',
					default: false,
					description: 'Whether the value is an expression to calculate, such as {count} + 1',
				},
				{
					displayName: 'Remove',
					name: 'remove',
					type: 'boolean',
					default: false,
					description: 'Whether to remove the attribute instead',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
};

const keywordAttributes: INodeProperties = {
	displayName: 'Keywords',
	name: 'keywords',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Keyword',
	default: {},
	description: 'Keywords of the bot whose values in the reply are also stored',
	options: [
		{
			displayName: 'Keyword',
			name: 'keyword',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. color' },
				{ ...attributePath, name: 'attribute' },
			],
		},
	],
};

const executeOnError: INodeProperties = {
	...references,
	displayName: 'Execute on Error',
	name: 'executeOnError',
};

const replyOptions: INodeProperties = {
	displayName: 'Reply Options',
	name: 'replyOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			...executeOnError,
			description: 'Runs if a reply for nm:firstName, nm:lastName, nm:email, or nm:phone is invalid',
		},
		keywordAttributes,
	],
};

const messageOptions: INodeProperties = {
	displayName: 'Message Options',
	name: 'messageOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [buttonRows, media, quickReplyRows],
};

const emailOptions: INodeProperties = {
	displayName: 'Email Options',
	name: 'emailOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{ displayName: 'BCC', name: 'bcc', type: 'string', default: '', placeholder: 'e.g. ann@example.com' },
		{ displayName: 'CC', name: 'cc', type: 'string', default: '', placeholder: 'e.g. ann@example.com' },
		{
			displayName: 'Is HTML',
			name: 'isHtml',
			type: 'boolean',
			default: true,
			description: 'Whether the text is HTML',
		},
	],
};

const requestOptions: INodeProperties = {
	displayName: 'Request Options',
	name: 'requestOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Allow HTML',
			name: 'allowHtml',
			type: 'boolean',
			default: true,
			description: 'Whether the response may have HTML tags',
		},
		{
			displayName: 'Async',
			name: 'async',
			type: 'boolean',
			default: false,
			description:
				'Whether the bot continues without waiting for the response, as it does without this option',
		},
		{
			displayName: 'Data Format',
			name: 'dataFormat',
			type: 'options',
			options: [
				{ name: 'Form', value: 'form' },
				{ name: 'JSON', value: 'json' },
				{ name: 'Text', value: 'text' },
			],
			default: 'json',
			description: 'Format of the content',
		},
		{ ...references, displayName: 'Fallback', name: 'fallback', description: 'Runs if all attempts fail' },
		nameValueRows('Headers', 'headers', { entry: 'Header' }),
		{
			displayName: 'Response',
			name: 'response',
			type: 'string',
			default: '',
			placeholder: 'e.g. {"status": "{orderStatus}"}',
			description:
				'Attribute that stores the response, or JSON that maps its fields to attributes. Turn off Async, too.',
		},
		{
			displayName: 'Response Headers',
			name: 'responseHeaders',
			type: 'string',
			default: '',
			description: 'Attribute that stores the response headers, as JSON',
		},
		{ displayName: 'Retries', name: 'retries', type: 'number', default: 2 },
	],
};

const conditions: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Condition',
	default: {},
	description: 'The action runs only if all conditions are met',
	options: [
		{
			displayName: 'Condition',
			name: 'condition',
			values: [
				{
					displayName: 'Attribute',
					name: 'attribute',
					type: 'string',
					default: '',
					placeholder: 'e.g. favoriteColor',
					description: 'Attribute to compare. Leave it empty to check only the channel type.',
				},
				{
					displayName: 'Channel Types',
					name: 'channelTypes',
					type: 'multiOptions',
					options: CHANNEL_TYPES,
					default: [],
				},
				{
					displayName: 'Operator',
					name: 'operator',
					type: 'options',
					options: [
						...['Entry Found', 'Entry Not Found', 'Equal', 'Greater', 'Greater or Equal', 'Is Absent'],
						...['Is After', 'Is Before', 'Is in Range', 'Is Not in Range', 'Is Present', 'Less'],
						...['Less or Equal', 'Match', 'Not Equal', 'Not Match'],
					].map((name) => ({ name, value: operatorOf(name) })),
					default: 'equal',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					description: 'Not for Is Present and Is Absent',
				},
			],
		},
	],
};

/** In the object model, operators for numbers are words, and those for patterns and dates are in camel case. */
function operatorOf(label: string): string {
	const words = label.toLowerCase();
	if (!/match|found|after|before|range/.test(words)) return words;
	return words.replace(/ (\w)/g, (_match, letter: string) => letter.toUpperCase());
}

const settings: INodeProperties = {
	displayName: 'Settings',
	name: 'settings',
	type: 'collection',
	placeholder: 'Add Setting',
	default: {},
	options: [
		conditions,
		moreProperties,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ask for name',
			description: 'Lets Go To and Execute lead here',
		},
		{ ...validation, description: 'Checked after the action' },
	],
};

const [ELSEWHERE, WAIT, REQUEST] = [['goto'], ['waitForReply'], ['httpRequest']];

/** The fields of an action, sorted by label as n8n's linter requires. */
const actionFields: INodeProperties[] = [
	{
		displayName: 'Action',
		name: 'type',
		type: 'options',
		options: actionTypes,
		default: 'sendMessage',
	},
	forTypes(['json'], {
		displayName: 'Action (JSON)',
		name: 'json',
		type: 'json',
		required: true,
		default: '',
		description: "One action, as nativeMsg's bot editor shows it",
	}),
	forTypes(WAIT, {
		...attributePath,
		name: 'content',
		required: true,
		placeholder: 'e.g. nm:firstName',
		description: 'Attribute that stores the reply',
	}),
	forTypes(['assignAttributes'], attributes),
	forTypes(['startDialog'], { ...references, displayName: 'Break Out', name: 'breakOut' }),
	forTypes(['startDialog'], { ...references, displayName: 'Cancel', name: 'cancel' }),
	forTypes(['sendNote'], {
		displayName: 'Channel ID',
		name: 'channelId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 56435',
	}),
	forTypes(REQUEST, {
		displayName: 'Content',
		name: 'content',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. {"email": "{nm:email}"}',
		description: 'For POST, PUT, and PATCH',
	}),
	forTypes(['sendEmail'], emailOptions),
	forTypes(['execute'], { ...references, displayName: 'Execute', name: 'execute', required: true }),
	forTypes(['sendNote'], {
		...executeOnError,
		description: "Runs if the note isn't sent",
	}),
	forTypes(ELSEWHERE, { ...references, displayName: 'Go To', name: 'goto', required: true }),
	forTypes(['sendMessage'], messageOptions),
	forTypes(REQUEST, {
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: METHODS.map((name) => ({ name, value: name })),
		default: 'GET',
	}),
	forTypes(['pause'], { displayName: 'Milliseconds', name: 'milliseconds', type: 'number', default: 0 }),
	forTypes(WAIT, replyOptions),
	forTypes(WAIT, {
		displayName: 'Reply Types',
		name: 'data',
		type: 'multiOptions',
		required: true,
		options: replyTypes,
		default: ['message'],
	}),
	forTypes(REQUEST, requestOptions),
	forTypes(['pause'], { displayName: 'Seconds', name: 'seconds', type: 'number', default: 1 }),
	settings,
	forTypes(['startDialog'], { ...references, displayName: 'Start Over', name: 'startOver' }),
	forTypes(['sendEmail'], { displayName: 'Subject', name: 'subject', type: 'string', default: '' }),
	forTypes(['assignTags'], {
		displayName: 'Tags',
		name: 'assignTags',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. customer, newsletter',
	}),
	forTypes(['sendEmail', 'sendMessage', 'sendNote'], text),
	forTypes(['sendEmail'], {
		displayName: 'To',
		name: 'to',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ann@example.com, {nm:email}',
	}),
	forTypes(REQUEST, {
		displayName: 'URL',
		name: 'url',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/webhook/order',
	}),
];

/** The actions of an interaction, in one group to keep the order of different actions. */
export const actionRows: INodeProperties = {
	displayName: 'Actions',
	name: 'actions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Action',
	default: {},
	description: 'What the bot does, in this order',
	options: [{ displayName: 'Action', name: 'action', values: actionFields }],
};
