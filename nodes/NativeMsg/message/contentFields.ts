import type { INodeProperties } from 'n8n-workflow';
import { buttonRows, quickReplyRows } from './buttonFields';
import { carouselRows, listRows, richCard } from './cardFields';

export const text: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. Hi {{ $json.first_name }}, your order is on its way',
	description:
		'Up to 1,600 characters. Attributes of the human in braces, such as {nm:firstName}, are filled in by nativeMsg.',
};

/** Settings for buttons or quick replies that are made from an attribute which holds a JSON list. */
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
				default: false,
				description: 'Whether attributes in braces inside the items are filled in as well',
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

/** The content of a message beside its text, each with the name of its property in the API's Message object. */
export const contentFields: INodeProperties[] = [
	{ ...buttonRows, description: 'On RCS only together with Rich Card. A list may have one.' },
	carouselRows,
	listRows,
	{
		displayName: 'Media Type',
		name: 'mediaType',
		type: 'options',
		options: [
			{ name: 'Audio', value: 'audio' },
			{ name: 'File', value: 'file' },
			{ name: 'Image', value: 'image' },
			{ name: 'Text', value: 'text' },
			{ name: 'Video', value: 'video' },
		],
		default: 'image',
	},
	{
		displayName: 'Media URL',
		name: 'media',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/picture.png',
		description: 'Full address of a picture, video, audio or file. RCS takes pictures and videos only.',
	},
	populate(
		'Populate Buttons',
		'populateButtons',
		'Makes the buttons from an attribute of the human that holds a JSON list',
	),
	populate(
		'Populate Quick Replies',
		'populateQuickReplies',
		'Makes the quick replies from an attribute of the human that holds a JSON list',
	),
	quickReplyRows,
	richCard,
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		placeholder: 'e.g. Order Update',
		description: 'Up to 200 characters',
	},
];
