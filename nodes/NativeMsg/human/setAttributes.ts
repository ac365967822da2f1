import { draggedFields, nameValueRows } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import { namedSchema } from '../../transport/contract';
import type { RequestOf } from '../../transport/endpoint';
import { humanId } from './fields';

const ENDPOINT = 'PUT /humans/{human_id}/attributes';
type Body = RequestOf<typeof ENDPOINT>['body'];

/** The field that holds the attributes, by how they are specified. */
const FIELDS: Record<string, string> = { dragged: 'draggedAttributes', json: 'attributesJson' };

export const operation = defineOperation({
	option: {
		name: 'Set Attributes',
		value: 'setAttributes',
		description: 'Add or change attributes of a human, which bots and messages can use',
		action: 'Set attributes of a human',
	},
	endpoint: ENDPOINT,
	fields: [
		humanId,
		{
			displayName: 'Specify Attributes',
			name: 'specifyAttributes',
			type: 'options',
			options: [
				{ name: 'By Dragging Fields', value: 'dragged', description: 'All input fields at once' },
				{ name: 'Using Fields Below', value: 'fields' },
				{ name: 'Using JSON', value: 'json' },
			],
			default: 'fields',
		},
		{
			...nameValueRows('Attributes', 'attributes'),
			displayOptions: { show: { specifyAttributes: ['fields'] } },
		},
		{
			...draggedFields('Attributes', 'draggedAttributes', 'The attributes, by name'),
			displayOptions: { show: { specifyAttributes: ['dragged'] } },
		},
		{
			displayName: 'Attributes (JSON)',
			name: 'attributesJson',
			type: 'json',
			displayOptions: { show: { specifyAttributes: ['json'] } },
			typeOptions: { rows: 5 },
			required: true,
			default: '{\n  "favoriteColor": "blue"\n}',
			description: 'Object of attribute names and their values',
		},
	],
	request(form) {
		const name = FIELDS[String(form.get('specifyAttributes'))] ?? 'attributes';
		const body = form.read<Body>(name, namedSchema('HumanAttributesUpdate'));
		return { body: body ?? form.refuse('Attributes needs at least one value, but nothing was given') };
	},
	// An attribute may be named "error". At the top level, n8n would treat such an item as failed.
	output: (attributes, { path }) => ({ humanId: path.human_id, attributes }),
});
