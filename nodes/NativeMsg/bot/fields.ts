import type { INodeProperties } from 'n8n-workflow';

export const botId: INodeProperties = {
	displayName: 'Bot ID',
	name: 'botId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 129',
	description: 'The number of the bot, as "Get Many" bots lists it',
};

export const interactions: INodeProperties = {
	displayName: 'Interactions (JSON)',
	name: 'interactions',
	type: 'json',
	typeOptions: { rows: 10 },
	required: true,
	default:
		'[\n  {\n    "name": "Greeting",\n    "intents": ["nm:start"],\n    "actions": [{ "send": { "message": { "text": "Hi {nm:firstName}!" } } }]\n  }\n]',
	description: 'JSON list of interactions, as the bot editor of nativeMsg shows and exports it',
};
