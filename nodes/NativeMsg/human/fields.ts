import type { INodeProperties } from 'n8n-workflow';

export const humanId: INodeProperties = {
	displayName: 'Human ID',
	name: 'humanId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 542',
	description: 'The number of the human, as "Get Many" humans lists it',
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
