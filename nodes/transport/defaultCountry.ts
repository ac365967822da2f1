import type { INodeProperties } from 'n8n-workflow';
import { countries } from './numberingPlans';

const { compare } = new Intl.Collator('en');

/** The country of phone numbers without country code, stored as its ISO code. */
export const defaultCountry: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'options',
	options: [
		{ name: '(None)', value: '' },
		...countries.map(({ code, name }) => ({ name, value: code })).sort((a, b) => compare(a.name, b.name)),
	],
	default: '',
	description:
		'The country of phone numbers that are written without country code, such as 020 7946 0958. Without it they are refused.',
};

/** The same as an option of a node, for numbers from elsewhere than the others. */
export const defaultCountryOption: INodeProperties = {
	...defaultCountry,
	description:
		'The country of phone numbers that are written without country code, in place of the Default Country of the credential',
};
