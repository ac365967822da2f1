import type { INodeProperties } from 'n8n-workflow';
import { buttonRows, quickReplyRows } from './buttonFields';
import { cardSettings, carouselRows, listRows } from './cardFields';

/**
 * Decides which fields of a message are shown. It takes no expressions, because n8n would then show the fields of all
 * types, including two with the same name.
 */
export const messageType: INodeProperties = {
	displayName: 'Message Type',
	name: 'messageType',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Buttons', value: 'buttons', description: 'A text with buttons' },
		{ name: 'Carousel', value: 'carousel', description: '1 to 10 cards to swipe through' },
		{ name: 'JSON', value: 'json', description: 'The whole request body, recipients included' },
		{ name: 'List', value: 'list', description: '2 to 4 stacked entries' },
		{ name: 'Media', value: 'media', description: 'A picture, video, audio, or file, with or without text' },
		{ name: 'Quick Replies', value: 'quickReplies', description: 'A text with suggested replies' },
		{
			name: 'Rich Card',
			value: 'richCard',
			description: 'One RCS card with media, title, text, and buttons',
		},
		{ name: 'Text', value: 'text' },
	],
	default: 'text',
};

export const text: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. Hi {{ $json.first_name }}, your order is on its way',
	description:
		'Up to 1,600 characters. Drag input fields here to personalize the message. nativeMsg replaces attributes in braces, such as {nm:firstName}.',
};

const title: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	placeholder: 'e.g. Order {{ $json.order_id }}',
	description: 'Up to 200 characters',
};

const mediaType: INodeProperties = {
	displayName: 'Media Type',
	name: 'mediaType',
	type: 'options',
	options: [
		{ name: 'Audio', value: 'audio' },
		{
			name: 'Automatic',
			value: 'auto',
			description: 'By the type of the file, or the ending of the URL, such as .mp4',
		},
		{ name: 'File', value: 'file' },
		{ name: 'Image', value: 'image' },
		{ name: 'Text', value: 'text' },
		{ name: 'Video', value: 'video' },
	],
	default: 'auto',
};

const mediaFrom: INodeProperties = {
	displayName: 'Media From',
	name: 'mediaFrom',
	type: 'options',
	options: [
		{
			name: 'Binary Field',
			value: 'binary',
			description: 'A file from the input, which nativeMsg fetches from this n8n by a link that expires',
		},
		{ name: 'URL', value: 'url' },
	],
	default: 'url',
};

const mediaFile: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'mediaFile',
	type: 'string',
	typeOptions: { binaryDataProperty: true },
	default: 'data',
	hint: 'The name of the input field with the file to send',
};

export const media: INodeProperties = {
	displayName: 'Media URL',
	name: 'media',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/picture.png',
	description: 'Full URL of a picture, video, audio, or file. RCS supports only pictures and videos.',
};

/** Settings for buttons or quick replies created from a JSON list in an attribute. */
function populate(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		description,
		options: [
			{
				displayName: 'Allow Inner Attributes',
				name: 'allowInnerAttributes',
				type: 'boolean',
				default: true,
				description: 'Whether to replace attributes in braces inside the entries, too',
			},
			{
				displayName: 'Attribute',
				name: 'attribute',
				type: 'string',
				default: '',
				placeholder: 'e.g. item',
				description: 'Name of the attribute that holds the current entry',
			},
			{
				displayName: 'From',
				name: 'from',
				type: 'string',
				default: '',
				placeholder: 'e.g. orders',
				description: 'Name of the attribute that holds the JSON list',
			},
		],
	};
}

const populateButtons = populate(
	'Populate Buttons',
	'populateButtons',
	'Creates the buttons from a JSON list in a human attribute',
);

const populateQuickReplies = populate(
	'Populate Quick Replies',
	'populateQuickReplies',
	'Creates the quick replies from a JSON list in a human attribute',
);

const forTypes = (
	types: string[],
	field: INodeProperties,
	others: NonNullable<INodeProperties['displayOptions']>['show'] = {},
): INodeProperties => ({ ...field, displayOptions: { show: { messageType: types, ...others } } });

/** The fields of each message type, in the order to fill them in. */
export const contentFields: INodeProperties[] = [
	forTypes(['text'], { ...text, required: true }),
	forTypes(['richCard'], { ...title, description: 'Up to 200 characters. A card needs a title or media.' }),
	forTypes(['media', 'richCard'], mediaFrom),
	forTypes(['media', 'richCard'], mediaType),
	forTypes(['media'], { ...media, required: true }, { mediaFrom: ['url'] }),
	forTypes(['richCard'], media, { mediaFrom: ['url'] }),
	forTypes(['media', 'richCard'], { ...mediaFile, required: true }, { mediaFrom: ['binary'] }),
	forTypes(['buttons', 'media', 'quickReplies', 'richCard'], text),
	forTypes(['buttons', 'richCard'], {
		...buttonRows,
		description: 'On RCS, only in a rich card or a carousel',
	}),
	forTypes(['quickReplies'], quickReplyRows),
	forTypes(['carousel'], carouselRows),
	forTypes(['list'], listRows),
	forTypes(['richCard'], {
		...cardSettings('singleCard'),
		displayName: 'Card Settings',
		description: 'How the card looks. Without settings, the defaults apply.',
	}),
];

/** Inside a collection, n8n needs the path of the condition to start at the root of the form. */
const addedFor = (types: string[], field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { show: { '/messageType': types } },
});

/** What else a message of each type can have, based on the reference's examples. */
export const additionalContent: INodeProperties[] = [
	addedFor(['list'], { ...buttonRows, description: 'A list can have one' }),
	addedFor(['buttons', 'quickReplies'], mediaType),
	addedFor(['buttons', 'quickReplies'], media),
	addedFor(['buttons', 'quickReplies'], mediaFile),
	addedFor(['buttons', 'list', 'richCard'], populateButtons),
	addedFor(['buttons', 'carousel', 'list', 'media', 'quickReplies', 'richCard'], populateQuickReplies),
	addedFor(['buttons', 'carousel', 'list', 'media', 'richCard'], quickReplyRows),
	addedFor(['carousel'], {
		...cardSettings('carousel'),
		description: 'How the cards of an RCS carousel look. Settings on a card override these.',
	}),
	addedFor(['carousel', 'list'], text),
	addedFor(['buttons', 'carousel', 'list', 'media', 'quickReplies', 'text'], title),
];
