import type { INodeProperties } from 'n8n-workflow';

export const channelId: INodeProperties = {
	displayName: 'Channel ID',
	name: 'channelId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 56435',
	description: 'The number of the channel, as "Get Many" channels lists it',
};

export const humanIds: INodeProperties = {
	displayName: 'Human IDs',
	name: 'humanIds',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 540, 542',
	description: 'The numbers of the humans, separated by commas, or a list from an expression',
};

export const botId: INodeProperties = {
	displayName: 'Bot ID',
	name: 'botId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 4345',
	description: 'The number of the bot that answers on this channel',
};

export const countryCode: INodeProperties = {
	displayName: 'Country Code',
	name: 'countryCode',
	type: 'options',
	options: [
		{ name: 'Canada', value: 'CA' },
		{ name: 'United States', value: 'US' },
	],
	default: 'US',
	description: 'The country of the phone number of this channel',
};

export const verifiedSenderSetup: INodeProperties = {
	displayName: 'Verified Sender Setup (JSON)',
	name: 'data',
	type: 'json',
	default: '{}',
	description: 'Free JSON object with the verified sender setup. RCS and BMP channels only.',
};

export const fallbackId: INodeProperties = {
	displayName: 'Fallback ID',
	name: 'fallbackId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 801',
	description:
		'The number of the RCS Emulator that fallback messages go through. BMP channels only. Without it there is no fallback.',
};

export const description: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	placeholder: 'e.g. Order updates for US customers',
	description: 'Up to 200 characters',
};

export const publicIdentifier: INodeProperties = {
	displayName: 'Page ID',
	name: 'user',
	type: 'string',
	default: '',
	placeholder: 'e.g. 8273428734',
	description: 'The public identifier of the channel. Facebook channels only.',
};

export const channelToken: INodeProperties = {
	displayName: 'Channel Token',
	name: 'token',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The password, private key or token of the channel. Facebook channels only.',
};

/** The documented list. The account's own list comes from the operation "Get Types". */
export const channelType: INodeProperties = {
	displayName: 'Channel Type',
	name: 'channelType',
	type: 'options',
	options: [
		{ name: 'Alexa', value: 'alx' },
		{ name: 'BMP', value: 'bmp' },
		{ name: 'Facebook', value: 'fb' },
		{ name: 'Long Code SMS/MMS', value: 'dlc' },
		{ name: 'RCS', value: 'rcs' },
		{ name: 'Short Code SMS/MMS', value: 'dsc' },
		{ name: 'Skype (Coming Soon)', value: 'sky' },
		{ name: 'Slack (Coming Soon)', value: 'slk' },
		{ name: 'Telegram (Coming Soon)', value: 'tlg' },
		{ name: 'Twitter', value: 'twr' },
		{ name: 'Web Chat', value: 'web' },
	],
	default: 'dlc',
	description: 'What the channel connects to',
};
