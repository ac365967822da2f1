import { defineOperation } from '../../operations/defineOperation';
import { COUNTRY_CODE_HINT } from '../../transport/defaultCountry';
import {
	channelBot,
	channelToken,
	channelType,
	countryCode,
	description,
	fallbackId,
	publicIdentifier,
	verifiedSenderSetup,
} from './fields';

export const operation = defineOperation({
	option: {
		name: 'Create',
		value: 'create',
		description: 'Connect a new channel, such as a phone number or web chat, to a bot',
		action: 'Create a channel',
	},
	endpoint: 'POST /channels',
	fields: [
		{ ...channelType, required: true },
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Customer Service Line',
			description: 'Up to 255 characters',
		},
		{ ...channelBot, required: true },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				channelToken,
				countryCode,
				description,
				fallbackId,
				publicIdentifier,
				{
					displayName: 'Phone Number',
					name: 'phoneNumber',
					type: 'string',
					default: '',
					placeholder: 'e.g. +12015550123',
					description:
						'The phone number that sends fallback messages. BMP channels only. Without it, nativeMsg acquires a virtual number.',
					hint: COUNTRY_CODE_HINT,
				},
				{
					displayName: 'Phone Type',
					name: 'phoneType',
					type: 'options',
					options: [
						{ name: 'Hosted by nativeMsg', value: 2 },
						{ name: 'Own Number', value: 1 },
						{ name: 'Text-Enabled 800 Number', value: 3 },
					],
					default: 1,
					description: 'Where the number comes from. Long Code SMS/MMS channels only.',
				},
				verifiedSenderSetup,
			],
		},
	],
});
