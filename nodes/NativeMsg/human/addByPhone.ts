import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { combineList } from '../../operations/combine';
import { draggedFields, nameValueRows } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import type { Form } from '../../operations/form/form';
import type { Schema } from '../../transport/contract';
import { namedSchema } from '../../transport/contract';
import type { JsonObject } from '../../transport/json';
import { COUNTRY_CODE_HINT } from '../../transport/defaultCountry';
import { channelId } from '../channel/fields';

/**
 * The API takes IDs (numbers) and names (texts) in one list. The form has two fields, so that a name can consist of
 * digits.
 */
const TAGS: Schema = {
	properties: {
		tagIds: { type: 'array', items: { type: 'integer', minimum: 1 } },
		tagNames: { type: 'array', items: { type: 'string' } },
	},
};

const ATTRIBUTES: Schema = {
	properties: { customFields: { type: 'object' }, draggedFields: { type: 'object' } },
};

/** The attributes entered as rows or by dragging; rows take precedence. */
function customFieldsOf(form: Form): JsonObject | undefined {
	const entered = form.readObject<Record<string, JsonObject | undefined>>(ATTRIBUTES);
	return entered.draggedFields && { ...entered.draggedFields, ...entered.customFields };
}

/** The human entered in the fields. */
function humanOf(form: Form): unknown {
	const customFields = customFieldsOf(form);
	return form.readObject(namedSchema('HumanByPhone'), customFields && { customFields });
}

const only = <T>(list: T[]): T | null => (list.length === 1 ? list[0] : null);

/**
 * The output of adding people. For a single person, it has their phone and ID, which the next node can refer to by name.
 */
const added = (phones: string[], humanIds: number[] = [], message: string | null = null): IDataObject => ({
	phone: only(phones.map((phone) => `+${phone}`)),
	humanId: only(humanIds),
	humanIds,
	message,
});

const ATTRIBUTES_ARE = 'Attributes of your own, which bots and messages can use';

/** A field that is hidden if the humans are given as JSON. */
const ofOneHuman = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { show: { '/specifyHumans': ['fields'] } },
});

export const operation = defineOperation({
	option: {
		name: 'Add by Phone',
		value: 'addByPhone',
		description:
			'Add contacts to a channel by phone number, with names, tags, and subscription, for example from a CRM',
		action: 'Add humans by phone',
	},
	endpoint: 'POST /channels/{channel_id}/add_humans',
	fields: [
		{ ...channelId, description: 'The channel to add them to. Choose from the list, or enter an ID.' },
		{
			displayName: 'Specify Humans',
			name: 'specifyHumans',
			type: 'options',
			options: [
				{ name: 'Using Fields Below', value: 'fields', description: 'One human per input item' },
				{ name: 'Using JSON', value: 'json', description: 'A list of humans per input item' },
			],
			default: 'fields',
		},
		{
			displayName: 'Phone Number',
			name: 'phone',
			type: 'string',
			displayOptions: { show: { specifyHumans: ['fields'] } },
			required: true,
			default: '',
			placeholder: 'e.g. +12015550123',
			hint: COUNTRY_CODE_HINT,
		},
		{
			displayName: 'Humans (JSON)',
			name: 'humans',
			type: 'json',
			displayOptions: { show: { specifyHumans: ['json'] } },
			typeOptions: { rows: 6 },
			required: true,
			default:
				'[\n  { "phone": "+12015550123", "firstName": "Ada", "customFields": { "city": "Newark" } }\n]',
			description:
				'List of objects with phone and, if known, firstName, lastName, userName, company, and customFields (the attributes)',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				ofOneHuman(nameValueRows('Attributes', 'customFields', { description: ATTRIBUTES_ARE })),
				ofOneHuman(draggedFields('Attributes by Dragging', 'draggedFields', ATTRIBUTES_ARE)),
				ofOneHuman({
					displayName: 'Company',
					name: 'company',
					type: 'string',
					default: '',
					placeholder: 'e.g. Analytical Engines Ltd',
				}),
				ofOneHuman({
					displayName: 'First Name',
					name: 'firstName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Ada',
				}),
				ofOneHuman({
					displayName: 'Last Name',
					name: 'lastName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Lovelace',
				}),
				{
					displayName: 'Subscribe',
					name: 'subscribe',
					type: 'boolean',
					default: true,
					description:
						'Whether to subscribe the humans to the channel. Only do this with their consent. Without this field, nativeMsg decides.',
				},
				{
					displayName: 'Tag IDs',
					name: 'tagIds',
					type: 'string',
					default: '',
					placeholder: 'e.g. 4, 5',
					description: 'Tags to assign, by ID, separated by commas',
				},
				{
					displayName: 'Tag Names',
					name: 'tagNames',
					type: 'string',
					default: '',
					placeholder: 'e.g. newsletter, vip',
					description: "Tags to assign, separated by commas. Tags that don't exist yet are created.",
				},
				{
					displayName: 'Update Existing',
					name: 'updateExisting',
					type: 'boolean',
					default: true,
					description:
						'Whether to update existing humans with the same phone number. Without this field, they stay as they are.',
				},
				ofOneHuman({
					displayName: 'User Name',
					name: 'userName',
					type: 'string',
					default: '',
					placeholder: 'e.g. ada_lovelace',
				}),
			],
		},
	],
	request(form) {
		const { tagIds = [], tagNames = [] } = form.readObject<{ tagIds?: number[]; tagNames?: string[] }>(TAGS);
		const assignTags = [...tagIds, ...tagNames];
		const byFields = form.get('specifyHumans') === 'fields';
		const { humans, ...others } = form.readBody({
			...(byFields && { humans: [humanOf(form as Form)] }),
			...(assignTags.length > 0 && { assignTags }),
		});
		// The API's examples have no +.
		return {
			body: { ...others, humans: humans.map((human) => ({ ...human, phone: human.phone.replace('+', '') })) },
		};
	},
	// The response doesn't say which ID belongs to which phone, so items that need theirs must not share a request.
	combine: combineList('humans', {
		byDefault: false,
		subject: (human) => (human as { phone: string }).phone,
		share: (_output, recipients) => added(recipients.map(({ subject }) => subject)),
	}),
	// The IDs of the added people are only in the message text, but later nodes need them.
	output({ message }, { body: { humans } }) {
		const phones = humans.map(({ phone }) => phone);
		// An unexpected message is no reason to fail, because the people have been added.
		const listed = typeof message === 'string' ? /^Humans \[([\d, ]*)\]/.exec(message)?.[1] : undefined;
		return added(phones, (listed?.match(/\d+/g) ?? []).map(Number), message);
	},
});
