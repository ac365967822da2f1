import type { INodeProperties } from 'n8n-workflow';

/** An optional bot. */
export const botLocator: INodeProperties = {
	displayName: 'Bot',
	name: 'botId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'Choose from the list, or enter an ID',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchBots', searchable: true },
			placeholder: 'Select a bot…',
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 129',
			validation: [
				{
					type: 'regex',
					properties: { regex: '[0-9]+', errorMessage: 'The ID of a bot is a number, such as 129' },
				},
			],
		},
	],
};

export const botId: INodeProperties = { ...botLocator, required: true };

export const revision: INodeProperties = {
	displayName: 'Revision',
	name: 'revision',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	typeOptions: { loadOptionsDependsOn: ['botId.value'] },
	required: true,
	description: "The revision number, which isn't the ID of the revision",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchRevisions', searchable: true },
			placeholder: 'Select a revision…',
		},
		{
			displayName: 'By Number',
			name: 'number',
			type: 'string',
			placeholder: 'e.g. 2',
			validation: [
				{
					type: 'regex',
					properties: { regex: '[0-9]+', errorMessage: 'A revision is a number, such as 2' },
				},
			],
		},
	],
};

export const interactions: INodeProperties = {
	displayName: 'Interactions (JSON)',
	name: 'interactions',
	type: 'json',
	typeOptions: { rows: 10 },
	required: true,
	// No example as the default, because it would replace a bot's interactions if someone tries the node.
	default: '',
	placeholder:
		'e.g. [{ "intents": ["nm:start"], "actions": [{ "send": { "message": { "text": "Hi!" } } }] }]',
	description:
		"JSON list of interactions, as nativeMsg's bot editor shows and exports it, or a whole bot with such a list",
};
