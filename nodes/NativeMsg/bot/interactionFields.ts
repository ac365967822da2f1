import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { actionRows } from './actionFields';
import { interactions } from './fields';
import { moreProperties, validation } from './sharedFields';

const keywords: INodeProperties = {
	displayName: 'Keywords',
	name: 'keywords',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Keyword',
	default: {},
	description: 'Words that the bot recognizes in replies, such as colors or cities',
	options: [
		{
			displayName: 'Keyword',
			name: 'keyword',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. color',
				},
				{
					displayName: 'Values',
					name: 'values',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add Value',
					default: {},
					options: [
						{
							displayName: 'Value',
							name: 'value',
							values: [
								{
									displayName: 'Value',
									name: 'value',
									type: 'string',
									required: true,
									default: '',
									placeholder: 'e.g. red',
								},
								{
									displayName: 'Expressions',
									name: 'expressions',
									type: 'string',
									required: true,
									default: '',
									placeholder: 'e.g. red, crimson, scarlet',
									description: 'What people write to mean this value, separated by commas',
								},
							],
						},
					],
				},
			],
		},
	],
};

/** The ways to specify interactions, chosen first in the form. */
export const USING_FIELDS = 'usingFields';
export const FROM_INPUT_ITEMS = 'fromInputItems';
export const USING_JSON = 'usingJson';

export const specifyInteractions: INodeProperties & { options: INodePropertyOptions[] } = {
	displayName: 'Interactions',
	name: 'specifyInteractions',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'From Input Items',
			value: FROM_INPUT_ITEMS,
			description: 'All input items become one bot, such as the rows of a spreadsheet',
		},
		{ name: 'Using Fields', value: USING_FIELDS },
		{ name: 'Using JSON', value: USING_JSON, description: "As nativeMsg's bot editor exports it" },
	],
	default: USING_FIELDS,
};

/** Exported for the code that reads its values. */
export const interactionRows: INodeProperties = {
	displayName: 'Interactions',
	name: 'interactionRows',
	type: 'fixedCollection',
	displayOptions: { show: { specifyInteractions: [FROM_INPUT_ITEMS, USING_FIELDS] } },
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Interaction',
	default: {},
	description:
		'The interactions of the bot. With From Input Items, every item adds them, each with its own values. An interaction that is the same for all items is added once.',
	options: [
		{
			displayName: 'Interaction',
			name: 'interaction',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Opening hours',
					description: 'Lets buttons and other interactions lead here',
				},
				{
					displayName: 'Intents',
					name: 'intents',
					type: 'string',
					default: '',
					placeholder: 'e.g. hours, when are you open',
					description:
						'What people write to start it, separated by commas. nm:start is the first contact, and nm:help asks for help.',
				},
				actionRows,
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [
						{
							displayName: 'Context',
							name: 'context',
							type: 'string',
							default: '',
							placeholder: 'e.g. ordering',
							description:
								'Value of the attribute nm:context from here on. Without it, the attribute is removed.',
						},
						{
							displayName: 'Include',
							name: 'include',
							type: 'string',
							default: '',
							placeholder: 'e.g. Small Talk',
							description: 'Names of bots that become part of this interaction, separated by commas',
						},
						keywords,
						moreProperties,
						{ ...validation, description: 'Checked before the interaction' },
					],
				},
			],
		},
	],
};

/** The fields for interactions after that choice. All operations share these objects, so the form contains them once. */
export const interactionFields: INodeProperties[] = [
	interactionRows,
	{ ...interactions, displayOptions: { show: { specifyInteractions: [USING_JSON] } } },
];
