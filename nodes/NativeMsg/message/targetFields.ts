import type { INodeProperties } from 'n8n-workflow';
import { COUNTRY_CODE_HINT } from '../../transport/defaultCountry';
import { channelId } from '../channel/fields';

const recipientKinds = [
	{ name: 'Channels', value: 'channels', description: 'Everybody on the given channels' },
	{ name: 'Humans', value: 'humans', description: 'People who are known to nativeMsg, by their IDs' },
	{ name: 'Phone Numbers', value: 'phones', description: 'Phone numbers, from one of your channels' },
	{ name: 'Tags', value: 'tags', description: 'Everybody with one of the given tags' },
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
		description: 'Drag a field of the input here, or enter several numbers separated by commas',
		hint: COUNTRY_CODE_HINT,
	},
	{
		...channelId,
		displayName: 'From Channel',
		displayOptions: { show: { targetType: ['phones'] } },
		description: 'The channel that sends, from the list or by its number',
	},
];

/** The numbers of all other recipients. */
const ids: INodeProperties = {
	displayName: 'IDs',
	name: 'ids',
	type: 'string',
	displayOptions: { show: { targetType: ['channels', 'humans', 'tags'] } },
	required: true,
	default: '',
	placeholder: 'e.g. {{ $json.humanId }} or 540, 542',
	description: 'The numbers of the channels, humans or tags, separated by commas or as a list',
};

/**
 * One kind of recipients, as the fields of the API's Target object. One field holds the numbers of every kind: where
 * Send To is an expression, n8n shows the fields of all kinds, and two of the same name would be one value shown twice.
 */
export const targetFields: INodeProperties[] = [...phoneFields, ids];

/** The people whom a question goes to; the first reply counts. */
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
		description: 'The IDs of the humans, separated by commas or as a list',
	},
];

export const onlySubscribed: INodeProperties = {
	displayName: 'Only Subscribed',
	name: 'subscription',
	type: 'boolean',
	default: true,
	description:
		'Whether to leave out people who are not subscribed to their channel. Holds for all recipients.',
};

/** Recipients of further kinds in the same request. */
export const moreRecipients: INodeProperties = {
	displayName: 'More Recipients',
	name: 'targets',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Recipients',
	default: {},
	description:
		'Further recipients of the same message. The API does not say what it does with people who are named twice.',
	options: [
		{
			displayName: 'Recipients',
			name: 'target',
			values: [...phoneFields, ids],
		},
	],
};
