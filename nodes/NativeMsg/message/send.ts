import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../operations/defineOperation';
import type { Schema } from '../../transport/contract';
import { callContract, namedSchema } from '../../transport/contract';
import type { RequestOf } from '../../transport/endpoint';
import { checkChannels, checkForChannels } from './channelLimits';
import { combineTargets } from './combineTargets';
import { contentFields, text } from './contentFields';
import { deliveryOptions, waitForDelivery } from './delivery';
import { moreRecipients, onlySubscribed, targetFields } from './targetFields';

const ENDPOINT = 'POST /messages';
type Message = RequestOf<typeof ENDPOINT>['body'];
type Target = Message['targets'][number];

const whenUsingFields = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { show: { specifyMessage: ['fields'], ...field.displayOptions?.show } },
});

/** The further recipients alone, read before the message so that they follow the main ones. */
const MORE_RECIPIENTS: Schema = {
	properties: { targets: { type: 'array', items: { $ref: 'Target' } } },
};

export const operation = defineOperation({
	option: {
		name: 'Send',
		value: 'send',
		description: 'Send a message to phone numbers, humans, tags or whole channels',
		action: 'Send a message',
	},
	endpoint: ENDPOINT,
	fields: [
		...targetFields.map(whenUsingFields),
		whenUsingFields(text),
		{
			displayName: 'Specify Message',
			name: 'specifyMessage',
			type: 'options',
			options: [
				{ name: 'Using Fields', value: 'fields' },
				{ name: 'Using JSON', value: 'json', description: 'The whole request body, recipients included' },
			],
			default: 'fields',
		},
		{
			displayName: 'Message (JSON)',
			name: 'messageJson',
			type: 'json',
			displayOptions: { show: { specifyMessage: ['json'] } },
			typeOptions: { rows: 8 },
			required: true,
			default:
				'{\n  "text": "Hello!",\n  "targets": [{ "targetType": "phones", "phones": ["+12015550123"], "channelId": 56435 }]\n}',
			description: 'The message object of the nativeMsg API, with its targets',
		},
		whenUsingFields({
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [...contentFields, moreRecipients, onlySubscribed].sort((a, b) =>
				a.displayName.localeCompare(b.displayName),
			),
		}),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [checkForChannels, ...deliveryOptions],
		},
	],
	request(form) {
		if (form.get('specifyMessage') === 'json') {
			const body = form.read<Message>('messageJson', callContract(ENDPOINT).body!);
			if (body === undefined) return form.refuse('Message (JSON) is required, but nothing was given');
			checkChannels(form, body);
			return { body };
		}
		const target = form.readObject<Target>(namedSchema('Target'));
		const more = form.readObject<{ targets?: Target[] }>(MORE_RECIPIENTS).targets ?? [];
		const { subscription } = target;
		const body = form.readBody({ targets: [target, ...more.map((other) => ({ ...other, subscription }))] });
		if (Object.keys(body).every((name) => name === 'targets')) {
			form.refuse('The message is empty: give it a Text, or content under Additional Fields');
		}
		checkChannels(form, body);
		return { body };
	},
	combine: combineTargets,
	settle: waitForDelivery,
});
