import type { INodeProperties } from 'n8n-workflow';

export const humanId: INodeProperties = {
	displayName: 'Human',
	name: 'humanId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'Choose from the list, or enter an ID',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: {
				searchListMethod: 'searchHumans',
				searchable: true,
				slowLoadNotice: {
					message: 'Loading many humans takes a while. You can enter an ID instead.',
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

/** Tags by name or by ID: the API documents these as two requests to the same endpoint. */
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
		description: 'Whether to specify tags by name or by ID',
	},
	{
		displayName: 'Tag Names',
		name: 'tags',
		type: 'string',
		displayOptions: { show: { tagsBy: ['names'] } },
		required: true,
		default: '',
		placeholder: 'e.g. newsletter, vip',
		description: 'Comma-separated, or an array from an expression',
	},
	{
		displayName: 'Tag IDs',
		name: 'tagIds',
		type: 'string',
		displayOptions: { show: { tagsBy: ['ids'] } },
		required: true,
		default: '',
		placeholder: 'e.g. 4, 5',
		description: 'Comma-separated, or an array from an expression',
	},
];
