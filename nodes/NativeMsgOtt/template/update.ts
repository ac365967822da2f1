import { nameValueRows } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import { templateId } from '../message/fields';
import { templateRecord } from '../records';
import { approvalNotice, body } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Update',
		value: 'update',
		description: 'Change the name, text, or variables of a message template',
		action: 'Update a template',
	},
	endpoint: 'PUT /ott/templates/{template_id}',
	fields: [
		{ ...templateId, description: 'The templateId that Template: Create returned' },
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				body,
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. order_confirmation',
				},
				nameValueRows('Variables', 'variables', {
					entry: 'Variable',
					description: 'The placeholders by name, with the type of each value',
				}),
			],
		},
		approvalNotice,
	],
	output: templateRecord,
});
