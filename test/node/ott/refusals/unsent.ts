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

/** What is no phone number, by what the sentence says. */
const notAPhone: Record<string, unknown[]> = {
	'must be a phone number with + and country code such as +12015550123 (or set Default Country)': [
		'2025550140',
	],
	'must be a phone number with + and country code such as +12015550123': ['+1202555O140', 'Maria', true],
	'must begin with the country code of a country, such as +1 in +12015550123': ['+0123456789'],
	'must have 10 digits after the country code +1': ['+1 202', '+1202555014012345'],
	'must be a phone number without an extension': ['+12025550140 ext. 5'],
	'must be one phone number only': ['+12025550140, +12025550141'],
};

const noPhone = (what: string, parameters: INodeParameters): Refusal[] =>
	Object.entries(notAPhone).map(([rule, bad]) => ({
		what: `${what}: it ${rule}`,
		parameters,
		good: '+1 (202) 555-0140',
		bad,
		sentence: `To ${rule}, but "VALUE" was given`,
		remedy,
	}));

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
	...noPhone('a session message to no phone number', session({ to: VALUE })),
	...noPhone('a template to no phone number', template({ to: VALUE })).map(
		(refusal): Refusal => ({ ...refusal, formats: ['guide'] }),
	),
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
