import type { INodeProperties } from 'n8n-workflow';
import { nameValueRows } from '../../operations/commonFields';
import { CHANNEL_TYPES } from '../channel/fields';
import { buttonRows, media, quickReplyRows } from '../message/fields';
import { moreProperties, references, validation } from './sharedFields';

// Groups of fields of an action: lists and collections that only some types of actions have.

export const attributePath: INodeProperties = {
	displayName: 'Attribute',
	name: 'attributePath',
	type: 'string',
	default: '',
	placeholder: 'e.g. favoriteColor',
};

export const attributes: INodeProperties = {
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

export const executeOnError: INodeProperties = {
	...references,
	displayName: 'Execute on Error',
	name: 'executeOnError',
};

export const replyOptions: INodeProperties = {
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

export const messageOptions: INodeProperties = {
	displayName: 'Message Options',
	name: 'messageOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [buttonRows, media, quickReplyRows],
};

export const emailOptions: INodeProperties = {
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

export const requestOptions: INodeProperties = {
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

export const settings: INodeProperties = {
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
