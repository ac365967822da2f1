import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { byDisplayName, byName, rowsTitledBy } from '../../operations/commonFields';
import { COUNTRY_CODE_HINT } from '../../transport/defaultCountry';

const buttonActions: INodePropertyOptions[] = [
	{ name: 'Call', value: 'call', description: 'Dials a phone number' },
	{ name: 'Default Action', value: 'defaultAction' },
	{ name: 'Open URL', value: 'weburl', description: 'Opens a web page' },
	{ name: 'Postback', value: 'postback', description: 'Sends data back to your bot or webhook' },
	{ name: 'Save Calendar Event', value: 'calendar', description: 'RCS only' },
	{ name: 'Share', value: 'share', description: 'Shares the card. Only in a carousel.' },
	{ name: 'Share Location', value: 'location', description: "Asks for the person's location" },
	{ name: 'Show Location', value: 'viewLocation', description: 'Opens a map. RCS only.' },
];

const textReply: INodePropertyOptions = {
	name: 'Text',
	value: 'text',
	description: 'Sends the reply text, and its payload if set',
};

const action: INodeProperties = {
	displayName: 'Action',
	name: 'type',
	type: 'options',
	options: buttonActions,
	default: 'weburl',
};

/**
 * The fields that buttons and quick replies share, named so that the alphabetical order that n8n's linter requires is
 * also the order to fill them in.
 */
const details: INodeProperties[] = [
	{
		displayName: 'Button Text',
		name: 'title',
		type: 'string',
		default: '',
		placeholder: 'e.g. Track Order',
		description: 'Maximum length: Facebook 20 characters, RCS 25, Twitter and web chat 36',
	},
	{
		displayName: 'Event End',
		name: 'endTime',
		type: 'dateTime',
		displayOptions: { show: { type: ['calendar'] } },
		default: '',
	},
	{
		displayName: 'Event Name',
		name: 'eventTitle',
		type: 'string',
		displayOptions: { show: { type: ['calendar'] } },
		default: '',
		placeholder: 'e.g. Dental appointment',
	},
	{
		displayName: 'Event Notes',
		name: 'description',
		type: 'string',
		displayOptions: { show: { type: ['calendar'] } },
		default: '',
		placeholder: 'e.g. Bring your insurance card',
	},
	{
		displayName: 'Event Start',
		name: 'startTime',
		type: 'dateTime',
		displayOptions: { show: { type: ['calendar'] } },
		default: '',
	},
	{
		displayName: 'Execute',
		name: 'execute',
		type: 'string',
		displayOptions: { show: { type: ['postback'] } },
		default: '',
		placeholder: 'e.g. Show menu',
		description: 'Name of the bot interaction or action to run',
	},
	{
		displayName: 'Map Address',
		name: 'query',
		type: 'string',
		displayOptions: { show: { type: ['viewLocation'] } },
		default: '',
		placeholder: 'e.g. 1 Main Street, Newark',
		description: 'The address. Alternatively, enter latitude and longitude.',
	},
	{
		displayName: 'Map Latitude',
		name: 'latitude',
		type: 'string',
		displayOptions: { show: { type: ['viewLocation'] } },
		default: '',
		placeholder: 'e.g. 40.7357',
	},
	{
		displayName: 'Map Longitude',
		name: 'longitude',
		type: 'string',
		displayOptions: { show: { type: ['viewLocation'] } },
		default: '',
		placeholder: 'e.g. -74.1724',
	},
	{
		displayName: 'Map Place Name',
		name: 'label',
		type: 'string',
		displayOptions: { show: { type: ['viewLocation'] } },
		default: '',
		placeholder: 'e.g. Our Store',
		description: 'Shown with latitude and longitude',
	},
	{
		displayName: 'Payload',
		name: 'payload',
		type: 'string',
		displayOptions: { show: { type: ['defaultAction', 'postback', 'text'] } },
		default: '',
		placeholder: 'e.g. order-{{ $json.order_id }}',
		description: 'The data sent back when tapped, up to 1,000 characters for Postback',
	},
	{
		displayName: 'Phone Number',
		name: 'payload',
		type: 'string',
		displayOptions: { show: { type: ['call'] } },
		default: '',
		placeholder: 'e.g. +12015550123',
		hint: COUNTRY_CODE_HINT,
	},
	{
		displayName: 'URL',
		name: 'payload',
		type: 'string',
		displayOptions: { show: { type: ['weburl'] } },
		default: '',
		placeholder: 'e.g. https://example.com/orders/{{ $json.order_id }}',
	},
];

/** For quick replies, the text on the button is the reply. */
const asReply = (field: INodeProperties): INodeProperties =>
	field.name === 'title' ? { ...field, displayName: 'Reply Text', placeholder: 'e.g. Book a Table' } : field;

const replyImage: INodeProperties = {
	displayName: 'Image URL',
	name: 'imageUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/icon.png',
	description: 'A small picture next to the text',
};

const buttonGroup = [{ displayName: 'Button', name: 'button', values: [action, ...details] }];

/** Buttons of a message or card. */
export const buttonRows: INodeProperties = {
	displayName: 'Buttons',
	name: 'buttons',
	type: 'fixedCollection',
	typeOptions: { ...rowsTitledBy('title'), sortable: true },
	placeholder: 'Add Button',
	default: {},
	options: buttonGroup,
};

/** The one button of a list entry. */
export const singleButton: INodeProperties = {
	displayName: 'Button',
	name: 'button',
	type: 'fixedCollection',
	placeholder: 'Add Button',
	default: {},
	options: buttonGroup,
};

export const quickReplyRows: INodeProperties = {
	displayName: 'Quick Replies',
	name: 'quickReplies',
	type: 'fixedCollection',
	typeOptions: { ...rowsTitledBy('title'), sortable: true },
	placeholder: 'Add Quick Reply',
	default: {},
	description: 'Suggested replies shown below the message',
	options: [
		{
			displayName: 'Quick Reply',
			name: 'quickReply',
			values: [
				{
					...action,
					options: [...buttonActions, textReply].sort(byName),
					default: 'text',
				},
				...[...details.map(asReply), replyImage].sort(byDisplayName),
			],
		},
	],
};
