import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { countries } from './numberingPlans';
import { compareNames } from './text';

/** All countries by name, and the choice of none. */
export const COUNTRY_CHOICES: INodePropertyOptions[] = [
	{ name: '(None)', value: '' },
	...countries.map(({ code, name }) => ({ name, value: code })).sort((a, b) => compareNames(a.name, b.name)),
];

/** Shown under every field for phone numbers, because a number without a country code may be another person's. */
export const COUNTRY_CODE_HINT = 'With country code, such as +1, unless you set Default Country';

/** The country to assume for phone numbers without a country code, stored as its ISO code. */
export const defaultCountry: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'options',
	options: COUNTRY_CHOICES,
	default: '',
	description:
		'The country of phone numbers without a country code, such as 020 7946 0958. Without it, the nodes reject these numbers.',
};

/**
 * The same as an option of a node, for numbers of a different country than the credential's. Its list is loaded when it
 * opens, because several operations have this option and n8n loads a node's whole form at once.
 */
export const defaultCountryOption: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		"The country of phone numbers without a country code, instead of the credential's Default Country",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchCountries', searchable: true },
			placeholder: 'Select a country…',
		},
		{ displayName: 'By Code', name: 'code', type: 'string', placeholder: 'e.g. GB' },
	],
};
