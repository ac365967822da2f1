import type { INodeProperties } from 'n8n-workflow';
import { byDisplayName } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import type { Form } from '../../operations/form/form';
import { isBlank } from '../../operations/form/values';
import type { Schema } from '../../transport/contract';
import { callContract, namedSchema } from '../../transport/contract';
import type { RequestOf } from '../../transport/endpoint';
import { channelProblems, lookUpChannels } from './channelChecks';
import { channelOptions } from './channelLimits';
import { combineTargets, targetName } from './combineTargets';
import { additionalContent, contentFields, messageType } from './composerFields';
import { waitForDelivery } from './delivery';
import { deliveryGroup } from './deliveryFields';
import { chosenMediaType, fileLifetime, lifetimeOf, mediaFileOf } from './mediaType';
import { receipt } from './records';
import { smsCost } from './smsCost';
import { moreRecipients, onlySubscribed, targetFields } from './targetFields';

const ENDPOINT = 'POST /messages';
type Message = RequestOf<typeof ENDPOINT>['body'];
type Target = Message['targets'][number];

const unlessJson = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { ...field.displayOptions, hide: { messageType: ['json'] } },
});

/** The additional recipients, read separately so that they follow the main ones. */
const MORE_RECIPIENTS: Schema = {
	properties: { targets: { type: 'array', items: { $ref: 'Target' } } },
};

/** What a message of each type must have: one of these properties. The label names them for the user. */
const ESSENTIAL: Record<string, { properties: Array<keyof Message>; label: string }> = {
	buttons: { properties: ['buttons', 'populateButtons'], label: 'Buttons' },
	carousel: { properties: ['carousel'], label: 'Carousel' },
	list: { properties: ['list'], label: 'List' },
	quickReplies: { properties: ['quickReplies', 'populateQuickReplies'], label: 'Quick Replies' },
	richCard: { properties: ['title', 'media'], label: 'Title or Media URL' },
};

/** A message needs one of these. Buttons or quick replies alone aren't enough. */
const SUBSTANCE: Array<keyof Message> = ['text', 'media', 'title', 'carousel', 'list', 'richCard'];

/** The form fields of one of several properties. */
const fieldsOf = (properties: Array<keyof Message>): string[] =>
	properties.flatMap((name) => (name === 'media' ? [name, 'mediaFile'] : [name]));

const isMissing = (message: Message, properties: Array<keyof Message>) =>
	properties.every((name) => isBlank(message[name]));

function readJson(form: Form): Message {
	const message = form.read<Message>('messageJson', callContract(ENDPOINT).body!);
	if (message === undefined) return form.refuse('Message (JSON) is required, but nothing was given');
	if (isMissing(message, SUBSTANCE)) {
		form.refuse('Message (JSON) needs content such as text or media, but none was given');
	}
	return message;
}

function readMessage(form: Form<typeof ENDPOINT>): Message {
	const target = form.readObject<Target>(namedSchema('Target'));
	const more = form.readObject<{ targets?: Target[] }>(MORE_RECIPIENTS).targets ?? [];
	const { subscription } = target;
	const file = mediaFileOf(form as Form);
	const message = form.readBody({
		targets: [target, ...more.map((other) => ({ ...other, subscription }))],
		mediaType: chosenMediaType(form as Form, file),
		...(file && { media: file.link(lifetimeOf(form as Form)) }),
	});
	const type = String(form.get('messageType'));
	const { properties, label } = ESSENTIAL[type] ?? { properties: [], label: '' };
	if (properties.length > 0 && isMissing(message, properties)) {
		form.refuse(`${label} is required, but nothing was given`);
	}
	if (isMissing(message, SUBSTANCE)) form.refuse('Text or Media URL is required, but nothing was given');
	// A card doesn't need media, and without media there is no media type.
	if (message.media === undefined) delete message.mediaType;
	return message;
}

export const operation = defineOperation({
	option: {
		name: 'Send',
		value: 'send',
		description:
			'Send a message to phone numbers, humans, tags, or whole channels, for example a notification, a reply, or a broadcast',
		action: 'Send a message',
	},
	endpoint: ENDPOINT,
	fields: [
		messageType,
		...targetFields.map(unlessJson),
		...contentFields,
		{
			displayName: 'Message (JSON)',
			name: 'messageJson',
			type: 'json',
			displayOptions: { show: { messageType: ['json'] } },
			typeOptions: { rows: 8 },
			required: true,
			default:
				'{\n  "text": "Hello!",\n  "targets": [{ "targetType": "phones", "phones": ["+12015550123"], "channelId": 56435 }]\n}',
			description: 'The message object of the nativeMsg API, with its targets',
		},
		unlessJson({
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [...additionalContent, moreRecipients, onlySubscribed].sort(byDisplayName),
		}),
		deliveryGroup,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [...channelOptions, fileLifetime],
		},
	],
	needs: Object.fromEntries(
		Object.entries(ESSENTIAL).map(([type, { properties }]) => [
			type,
			[fieldsOf(properties), fieldsOf(SUBSTANCE)],
		]),
	),
	lookUp: lookUpChannels,
	request: (form) => ({ body: form.get('messageType') === 'json' ? readJson(form) : readMessage(form) }),
	problems: ({ body }, form) => channelProblems(body, form as Form),
	cost: ({ body }, form) => smsCost(body, form as Form),
	output: receipt,
	combine: combineTargets,
	addressee: targetName,
	settle: waitForDelivery,
});
