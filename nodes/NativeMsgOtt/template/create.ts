import { defineOperation } from '../../operations/defineOperation';
import { channelId } from '../message/fields';
import { templateRecord } from '../records';
import { approvalNotice, body } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Create',
		value: 'create',
		description: 'Create a message template and, for WhatsApp, submit it for approval',
		action: 'Create a template',
	},
	endpoint: 'POST /ott/templates',
	fields: [
		channelId,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. order_confirmation',
		},
		{ ...body, required: true },
		approvalNotice,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Category',
					name: 'category',
					type: 'string',
					default: '',
					placeholder: 'e.g. transactional',
					description: 'What the template is for, such as "transactional"',
				},
				{
					displayName: 'Language',
					name: 'language',
					type: 'string',
					default: '',
					placeholder: 'e.g. en',
					description: 'Language code of the text',
				},
			],
		},
	],
	output: templateRecord,
});
