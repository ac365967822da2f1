import { defineOperation } from '../../operations/defineOperation';
import { namedSchema } from '../../transport/contract';
import { messageRecord } from '../records';
import { channelId, recipientOf, to } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Send Session Message',
		value: 'sendSession',
		description:
			'Reply with free text to a person who wrote to you, on WhatsApp within 24 hours of their last message',
		action: 'Send a session message',
	},
	endpoint: 'POST /ott/messages',
	fields: [
		channelId,
		to,
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 3 },
			required: true,
			default: '',
			placeholder: 'e.g. Thank you for your inquiry!',
		},
		{
			displayName:
				"WhatsApp accepts free text only within 24 hours of the person's last message. After that, send a template. Viber and Telegram have no such limit.",
			name: 'sessionNotice',
			type: 'notice',
			default: '',
		},
	],
	request(form) {
		if (form.payloadFormat === 'guide') {
			const names = { destination: 'to' };
			return { body: form.readObject(namedSchema('OttSessionMessageGuide'), {}, names) };
		}
		return { body: form.readObject(namedSchema('OttMessageReference'), {}, { body: 'text' }) };
	},
	output: messageRecord,
	subjects: recipientOf,
	addressee: String,
	remedies: {
		400: 'On WhatsApp, free text is accepted only within 24 hours of the last message from the person: send a template instead. Otherwise, check the number and the text.',
		404: 'Check the Channel ID: it may be mistyped, deleted, or belong to another account.',
	},
});
