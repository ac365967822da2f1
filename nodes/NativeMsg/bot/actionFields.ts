import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { text } from '../message/fields';
import {
	attributePath,
	attributes,
	emailOptions,
	executeOnError,
	messageOptions,
	replyOptions,
	requestOptions,
	settings,
} from './actionGroups';
import { references } from './sharedFields';

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
