import { returnAllOrLimit, rowsTitledBy, simplify } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import { namedSchema } from '../../transport/contract';
import { simpleHuman } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get Many',
		value: 'getMany',
		description: "List humans, or find them by their attributes when you don't know their IDs",
		action: 'Get many humans',
	},
	endpoint: 'GET /humans',
	fields: [
		{
			displayName: 'Attribute Filters',
			name: 'filters',
			type: 'fixedCollection',
			typeOptions: rowsTitledBy('attributeName'),
			placeholder: 'Add Condition',
			default: {},
			description: 'Finds humans who meet at least one of the conditions',
			options: [
				{
					displayName: 'Condition',
					name: 'condition',
					values: [
						{
							displayName: 'Attribute Name',
							name: 'attributeName',
							type: 'string',
							default: '',
							placeholder: 'e.g. favoriteColor',
						},
						{
							displayName: 'Operator',
							name: 'operator',
							type: 'options',
							options: [
								{ name: 'Does Not Equal', value: 'notEqual' },
								{ name: 'Does Not Exist', value: 'absent' },
								{ name: 'Equals', value: 'equal' },
								{ name: 'Exists', value: 'present' },
								{ name: 'Is Greater Than', value: 'greater' },
								{ name: 'Is Greater Than or Equal', value: 'greaterOrEqual' },
								{ name: 'Is Less Than', value: 'less' },
								{ name: 'Is Less Than or Equal', value: 'lessOrEqual' },
							],
							default: 'equal',
							description: '"Does Not Equal" only matches humans that have the attribute',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							displayOptions: { hide: { operator: ['present', 'absent'] } },
							default: '',
							placeholder: 'e.g. blue',
						},
					],
				},
			],
		},
		...returnAllOrLimit,
		simplify,
	],
	simplify: simpleHuman,
	request(form) {
		const value = form.read<object[]>('filters', namedSchema('HumanFilter').properties!.value);
		return { query: value ? { filters: JSON.stringify([{ type: 'ATTRIBUTE', value }]) } : {} };
	},
});
