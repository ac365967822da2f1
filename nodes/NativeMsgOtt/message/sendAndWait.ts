import { defineOperation } from '../../operations/defineOperation';
import type { Form } from '../../operations/form/form';
import { questionFields, questionOptions, withLink } from '../../operations/wait/fields';
import { messageOf, readQuestion } from '../../operations/wait/question';
import type { Schema } from '../../transport/contract';
import { namedSchema } from '../../transport/contract';
import { messageRecord } from '../records';
import { channelId, recipientOf, templateId, to } from './fields';

const OPTIONS: Schema = { properties: { linkLine: { type: 'string' } } };

/** The values of a template with a message and a link. WhatsApp allows no line breaks in them. */
function templateValues(form: Form): { message: string; link: string } {
	return { message: messageOf(form).replace(/\s+/g, ' ').trim(), link: form.link() };
}

export const operation = defineOperation({
	option: {
		name: 'Send and Wait for Response',
		value: 'sendAndWait',
		description:
			'Ask a person for approval, a choice, or a text, and wait for the reply before the workflow goes on',
		action: 'Send and wait for response',
	},
	endpoint: 'POST /ott/messages',
	fields: [
		channelId,
		to,
		{
			displayName: 'Send As',
			name: 'sendAs',
			type: 'options',
			options: [
				{
					name: 'Session Message',
					value: 'sessionMessage',
					description: "On WhatsApp, only within 24 hours of the person's last message",
				},
				{ name: 'Template Message', value: 'templateMessage', description: 'At any time' },
			],
			default: 'sessionMessage',
		},
		{
			...templateId,
			displayOptions: { show: { sendAs: ['templateMessage'] } },
			description:
				'The ID of an approved template with two placeholders: {{1}} for the message and {{2}} for the link. With the payload format API Reference they are {{message}} and {{link}}.',
		},
		...questionFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: questionOptions,
		},
	],
	ask: (form) => readQuestion(form as Form),
	request(form) {
		const isGuide = form.payloadFormat === 'guide';
		const names = { destination: 'to' };
		if (form.get('sendAs') === 'templateMessage') {
			const values = templateValues(form as Form);
			return {
				body: isGuide
					? form.readObject(
							namedSchema('OttTemplateMessageGuide'),
							{ parameters: Object.values(values) },
							names,
						)
					: form.readObject(namedSchema('OttMessageReference'), { variables: values, body: undefined }),
			};
		}
		const { linkLine = 'Reply here:' } = form.readObject<{ linkLine?: string }>(OPTIONS);
		const text = withLink(messageOf(form as Form), linkLine, form.link());
		return {
			body: isGuide
				? form.readObject(namedSchema('OttSessionMessageGuide'), { content: { type: 'text', text } }, names)
				: form.readObject(namedSchema('OttMessageReference'), { body: text, template_id: undefined }),
		};
	},
	output: messageRecord,
	subjects: recipientOf,
	addressee: String,
	remedies: {
		400: 'On WhatsApp, free text is accepted only within 24 hours of the last message from the person: send a template instead. Otherwise, check the number and the text.',
		404: 'Check the Channel ID and the Template ID: one of them may be mistyped, deleted, or belong to another account.',
	},
});
