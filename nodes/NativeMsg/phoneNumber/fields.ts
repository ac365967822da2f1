import type { INodeProperties } from 'n8n-workflow';

export const phoneNumber: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +12015550123',
	description: 'With country code, or a number of the Default Country, written in any way',
};
