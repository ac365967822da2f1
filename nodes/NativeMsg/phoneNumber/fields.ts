import type { INodeProperties } from 'n8n-workflow';
import { COUNTRY_CODE_HINT } from '../../transport/defaultCountry';

export const phoneNumber: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +12015550123',
	description: 'Spaces, dots, and dashes are ignored',
	hint: COUNTRY_CODE_HINT,
};
