import type { INodeProperties } from 'n8n-workflow';
import { COUNTRY_CODE_HINT } from '../../transport/defaultCountry';
import { channelId } from '../channel/fields';

const recipientKinds = [
	{ name: 'Channels', value: 'channels', description: 'Everyone on the channels' },
	{ name: 'Humans', value: 'humans', description: 'Existing humans, by ID' },
	{ name: 'Phone Numbers', value: 'phones', description: 'Phone numbers, from one of your channels' },
	{ name: 'Tags', value: 'tags', description: 'Everyone with one of the tags' },
];

/** Phone numbers, and the channel that sends to them. */
const phoneFields: INodeProperties[] = [
	{
		displayName: 'Send To',
		name: 'targetType',
		type: 'options',
		options: recipientKinds,
		default: 'phones',
	},
	{
		displayName: 'Phone Numbers',
		name: 'phones',
		type: 'string',
		displayOptions: { show: { targetType: ['phones'] } },
		required: true,
		default: '',
		placeholder: 'e.g. +12015550123',
		description: 'Drag an input field here, or enter several numbers separated by commas',
		hint: COUNTRY_CODE_HINT,
	},
	{
		...channelId,
		displayName: 'From Channel',
		displayOptions: { show: { targetType: ['phones'] } },
		description: 'The channel that sends. Choose from the list, or enter an ID.',
	},
];

/** The IDs of all other recipients. */
const ids: INodeProperties = {
	displayName: 'IDs',
	name: 'ids',
	type: 'string',
	displayOptions: { show: { targetType: ['channels', 'humans', 'tags'] } },
	required: true,
	default: '',
	placeholder: 'e.g. {{ $json.humanId }} or 540, 542',
	description: 'Comma-separated IDs of channels, humans, or tags, or an array',
};

/**
 * One kind of recipients, as the fields of the API's Target object. A single field holds the IDs of every kind: if Send
 * To is an expression, n8n shows the fields of all kinds, and two with the same name would be one value shown twice.
 */
export const targetFields: INodeProperties[] = [...phoneFields, ids];

/** The people who get a question; the first reply counts. */
export const askedFields: INodeProperties[] = [
	{
		...phoneFields[0],
		options: recipientKinds.filter(({ value }) => value === 'phones' || value === 'humans'),
		description: 'Who is asked. If you ask several people, the first reply counts.',
	},
	...phoneFields.slice(1),
	{
		...ids,
		displayName: 'Human IDs',
		displayOptions: { show: { targetType: ['humans'] } },
		description: 'Comma-separated human IDs, or an array from an expression',
	},
];

export const onlySubscribed: INodeProperties = {
	displayName: 'Only Subscribed',
	name: 'subscription',
	type: 'boolean',
	default: true,
	description: "Whether to skip people who aren't subscribed to their channel. Applies to all recipients.",
};

/** Recipients of other kinds in the same request. */
export const moreRecipients: INodeProperties = {
	displayName: 'More Recipients',
	name: 'targets',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Recipients',
	default: {},
	description:
		"Further recipients of the same message. Avoid duplicates: the API doesn't document how it handles them.",
	options: [
		{
			displayName: 'Recipients',
			name: 'target',
			values: [...phoneFields, ids],
		},
	],
};
