import type { INodeProperties } from 'n8n-workflow';

export const humanId: INodeProperties = {
	displayName: 'Human',
	name: 'humanId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The human, from the list or by their number',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: {
				searchListMethod: 'searchHumans',
				searchable: true,
				slowLoadNotice: {
					message: 'An account with many humans takes a while. Their numbers can be entered By ID meanwhile.',
					timeout: 3_000,
				},
			},
			placeholder: 'Select a human…',
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 542',
			validation: [
				{
					type: 'regex',
					properties: { regex: '[0-9]+', errorMessage: 'The ID of a human is a number, such as 542' },
				},
			],
		},
	],
};

/** Tags by name or by ID: the API documents these as two calls to one endpoint. */
export const tagFields: INodeProperties[] = [
	{
		displayName: 'Tags By',
		name: 'tagsBy',
		type: 'options',
		options: [
			{ name: 'ID', value: 'ids' },
			{ name: 'Name', value: 'names' },
		],
		default: 'names',
		description: 'Whether the tags are given by their names or by their numbers',
	},
	{
		displayName: 'Tag Names',
		name: 'tags',
		type: 'string',
		displayOptions: { show: { tagsBy: ['names'] } },
		required: true,
		default: '',
		placeholder: 'e.g. newsletter, vip',
		description: 'Separated by commas, or a list from an expression',
	},
	{
		displayName: 'Tag IDs',
		name: 'tagIds',
		type: 'string',
		displayOptions: { show: { tagsBy: ['ids'] } },
		required: true,
		default: '',
		placeholder: 'e.g. 4, 5',
		description: 'Separated by commas, or a list from an expression',
	},
];
