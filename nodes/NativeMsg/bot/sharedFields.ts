import type { INodeProperties } from 'n8n-workflow';

/** Names of the interactions or actions to go to. */
export const references: INodeProperties = {
	displayName: 'Execute',
	name: 'execute',
	type: 'string',
	default: '',
	placeholder: 'e.g. Show menu',
	description: 'Names of interactions or actions, separated by commas',
};

/** Validates an attribute with a pattern, for an interaction or an action. */
export const validation: INodeProperties = {
	displayName: 'Validation',
	name: 'validation',
	type: 'fixedCollection',
	placeholder: 'Add Validation',
	default: {},
	options: [
		{
			displayName: 'Validation',
			name: 'rule',
			values: [
				{
					displayName: 'Attribute',
					name: 'content',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. zipCode',
				},
				{ ...references, displayName: 'Execute on Error', name: 'executeOnError', required: true },
				{
					displayName: 'Pattern',
					name: 'pattern',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. ^[0-9]{5}$',
					description: 'Regular expression that the attribute has to match',
				},
			],
		},
	],
};

/** The properties that have no field. */
export const moreProperties: INodeProperties = {
	displayName: 'More Properties (JSON)',
	name: 'moreProperties',
	type: 'json',
	default: '',
	description:
		"Further properties of nativeMsg's object model, as a JSON object. The node adds them to those of the fields.",
};
