import { defineOperation } from '../../operations/defineOperation';
import {
	channelBot,
	channelId,
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
		name: 'Update',
		value: 'update',
		description: 'Change the name, bot, or settings of a channel',
		action: 'Update a channel',
	},
	endpoint: 'PUT /channels/{channel_id}',
	fields: [
		channelId,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				channelBot,
				channelToken,
				{ ...channelType, default: { mode: 'list', value: '' } },
				countryCode,
				description,
				fallbackId,
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Customer Service Line',
					description: 'Up to 255 characters',
				},
				publicIdentifier,
				verifiedSenderSetup,
			],
		},
	],
});
