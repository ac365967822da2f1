import { defineOperation } from '../../operations/defineOperation';
import { nameValueRows } from '../../operations/commonFields';
import { namedSchema } from '../../transport/contract';
import { channelRecord } from '../records';

const whatsAppOnly = { show: { channelType: ['whatsapp'] } };

export const operation = defineOperation({
	option: {
		name: 'Create',
		value: 'create',
		description: 'Link a WhatsApp, Viber, or Telegram channel to a provider',
		action: 'Create a channel',
	},
	endpoint: 'POST /ott/channels',
	fields: [
		{
			displayName: 'Channel Type',
			name: 'channelType',
			type: 'options',
			options: [
				{ name: 'Telegram', value: 'telegram' },
				{ name: 'Viber', value: 'viber' },
				{ name: 'WhatsApp', value: 'whatsapp' },
			],
			default: 'whatsapp',
		},
		{
			displayName: 'Provider ID',
			name: 'providerId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. prov_abc123',
			description: 'The ID of the provider in the NativeMessage dashboard',
		},
		{
			displayName: 'Phone Number ID',
			name: 'phoneNumberId',
			type: 'string',
			displayOptions: whatsAppOnly,
			required: true,
			default: '',
			placeholder: 'e.g. 123456789',
			description: 'The ID of the phone number in the WhatsApp Business API',
		},
		{
			displayName: 'Business Account ID',
			name: 'businessAccountId',
			type: 'string',
			displayOptions: whatsAppOnly,
			required: true,
			default: '',
			placeholder: 'e.g. 987654321',
			description: 'The ID of the WhatsApp Business account',
		},
		{
			...nameValueRows('Settings', 'config', {
				entry: 'Setting',
				description: 'Settings that the provider needs for this channel, by name',
			}),
			displayOptions: { show: { channelType: ['telegram', 'viber'] } },
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Orders on WhatsApp',
					description:
						"Required if the credential's Payload Format is API Reference. With Guide, it isn't sent.",
				},
			],
		},
	],
	fieldNames: {
		channel: 'channelType',
		phone_number_id: 'phoneNumberId',
		business_account_id: 'businessAccountId',
	},
	request(form) {
		const isWhatsApp = form.get('channelType') === 'whatsapp';
		const config = isWhatsApp
			? form.readObject(namedSchema('OttWhatsAppConfig'))
			: form.read('config', { type: 'object' });
		const schema = form.payloadFormat === 'guide' ? 'OttChannelGuide' : 'OttChannelReference';
		return { body: form.readObject(namedSchema(schema), { config }) };
	},
	output: channelRecord,
});
