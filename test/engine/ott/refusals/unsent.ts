import type { INodeParameters } from 'n8n-workflow';
import {
	changedTemplate,
	channel,
	newTemplate,
	session,
	template,
	VALUE,
	whatsAppChannel,
	type Refusal,
} from './refusal';

const remedy = /^Nothing was sent for this item/;

/** What an emptied field and expressions without a result yield. */
const nothing = ['', ' ', '\u200b\n', null, undefined];

const missing = (label: string, parameters: INodeParameters, good: string): Refusal => ({
	what: `no ${label} in ${parameters.resource}/${parameters.operation}`,
	parameters,
	good,
	bad: nothing,
	sentence: `${label} is required, but nothing was given`,
	remedy,
});

const notE164 = {
	good: '+1 (202) 555-0140',
	bad: [
		'12025550140',
		'0012025550140',
		'+0123456789',
		'+1 202',
		'+1202555014012345',
		'+12025550140 ext. 5',
		'+1202555O140',
		'Maria',
		'+12025550140, +12025550141',
		12025550140,
		true,
	],
	sentence:
		'To must be a phone number with + and country code, 7 to 15 digits, such as +12015550123, but "VALUE" was given',
	remedy,
};

const notAnId = (label: string, parameters: INodeParameters, good: string): Refusal => ({
	what: `a ${label} that leads elsewhere`,
	parameters,
	good,
	bad: ['..', '.'],
	sentence: `${label} must be an ID, but "VALUE" was given`,
	remedy,
});

const retry = { resource: 'message', operation: 'retry', messageId: VALUE };

/** What is refused before a request goes out. */
export const unsent: Refusal[] = [
	{ what: 'a session message to no E.164 number', parameters: session({ to: VALUE }), ...notE164 },
	{
		what: 'a template to no E.164 number',
		formats: ['guide'],
		parameters: template({ to: VALUE }),
		...notE164,
	},
	missing('To', session({ to: VALUE }), '+12025550140'),
	missing('Text', session({ text: VALUE }), '0'),
	missing('Channel ID', session({ channelId: VALUE }), 'chan_viber'),
	missing('Body', newTemplate({ body: VALUE }), 'Hello'),
	missing('Name', newTemplate({ name: VALUE }), 'greeting'),
	missing('Provider ID', channel({ providerId: VALUE }), 'prov_viber'),
	missing('Phone Number ID', whatsAppChannel({ phoneNumberId: VALUE }), '123456789'),
	missing('Business Account ID', whatsAppChannel({ businessAccountId: VALUE }), '987654321'),
	{
		...missing('Name', channel({ additionalFields: { name: VALUE } }), 'Shop'),
		formats: ['reference'],
	},
	{ ...missing('Template ID', template({ templateId: VALUE }), 'tmpl_order'), formats: ['guide'] },
	missing('Template ID', changedTemplate({ templateId: VALUE }), 'tmpl_order'),
	notAnId('Template ID', changedTemplate({ templateId: VALUE }), 'tmpl_order'),
	// The account has one message that failed, whose number stays out of reach.
	missing('Message ID', retry, 'msg_1'),
	notAnId('Message ID', retry, 'msg_1'),
	{
		what: 'an unknown kind of channel',
		parameters: whatsAppChannel({ channelType: VALUE }),
		good: 'telegram',
		bad: ['sms', 'WhatsApp'],
		sentence: 'Channel Type must be one of telegram, viber, whatsapp, but "VALUE" was given',
		remedy,
	},
	// The contract wants at least one character, so this would be refused by the API.
	{
		what: 'a template whose text is emptied',
		formats: ['reference'],
		parameters: changedTemplate({ updateFields: { body: VALUE } }),
		good: 'Hello',
		bad: [''],
		sentence: 'Body is required, but nothing was given',
		remedy,
	},
];
