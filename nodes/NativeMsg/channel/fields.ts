import type { INodeListSearchItems, INodeProperties } from 'n8n-workflow';
import { botLocator } from '../bot/fields';

export const channelId: INodeProperties = {
	displayName: 'Channel',
	name: 'channelId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'Choose from the list, or enter an ID',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchChannels', searchable: true },
			placeholder: 'Select a channel…',
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 56435',
			validation: [
				{
					type: 'regex',
					properties: { regex: '[0-9]+', errorMessage: 'The ID of a channel is a number, such as 56435' },
				},
			],
		},
	],
};

export const humanIds: INodeProperties = {
	displayName: 'Human IDs',
	name: 'humanIds',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 540, 542',
	description: 'Comma-separated human IDs, or an array from an expression',
};

/** The bot of a channel, if it is optional. */
export const channelBot: INodeProperties = {
	...botLocator,
	description: 'The bot that replies on this channel. Choose from the list, or enter an ID.',
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
	description: "The country of the channel's phone number",
};

export const verifiedSenderSetup: INodeProperties = {
	displayName: 'Verified Sender Setup (JSON)',
	name: 'data',
	type: 'json',
	default: '{}',
	description: 'JSON object with the verified sender settings. RCS and BMP channels only.',
};

export const fallbackId: INodeProperties = {
	displayName: 'Fallback ID',
	name: 'fallbackId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 801',
	description:
		'The ID of the RCS Emulator for fallback messages. BMP channels only. Without it, there is no fallback.',
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
	description: 'The password, private key, or token of the channel. Facebook channels only.',
};

/** The documented types, as a fallback if the account's own list can't be fetched. */
export const CHANNEL_TYPES: INodeListSearchItems[] = [
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
];

/** The name of a channel type: as documented, otherwise as the account describes it. */
export function channelTypeName(type: string, description?: string): string {
	return CHANNEL_TYPES.find(({ value }) => value === type)?.name ?? description ?? type;
}

export const channelType: INodeProperties = {
	displayName: 'Channel Type',
	name: 'channelType',
	type: 'resourceLocator',
	default: { mode: 'list', value: 'dlc', cachedResultName: 'Long Code SMS/MMS' },
	description: 'What the channel connects to',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchChannelTypes', searchable: true },
			placeholder: 'Select a type…',
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. dlc',
		},
	],
};
