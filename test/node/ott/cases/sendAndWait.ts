import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { PayloadFormat } from '../../../../nodes/transport/credential';
import type { OperationCase } from '../../../support/cases';
import { LINK } from '../../../support/links';
import { messageRecord } from './records';

const respondedAt = '2026-11-21T09:30:00.000Z';
const to = '+12025550140';
const MESSAGE = 'Order a laptop?\n\nIt is $1,450.';

interface Asked {
	format: PayloadFormat;
	parameters: INodeParameters;
	body: object;
	/** What the service's record of the message has. */
	record: IDataObject;
	reply: IDataObject;
}

function questionCase(title: string, { format, parameters, body, record, reply }: Asked): OperationCase {
	const data = { approved: null, choice: null, text: null, chatInput: null, ...reply, respondedAt };
	return {
		title,
		format,
		parameters: { resource: 'message', operation: 'sendAndWait', to: '={{ $json.phone }}', ...parameters },
		items: [
			{
				json: { phone: to },
				request: 'POST /api/v1/ott/messages',
				body,
				output: [{ data, timedOut: false, ...messageRecord({ id: 'msg_1', to, ...record }) }],
			},
		],
	};
}

const approved = { approved: true, choice: 'Approve' };
const text = `${MESSAGE}\n\nReply here: ${LINK}`;
const values = ['Order a laptop? It is $1,450.', LINK];
const session = { channelId: 'chan_telegram', message: MESSAGE };
/** WhatsApp takes no line breaks in the values of a template. */
const template = { channelId: 'chan_whatsapp', message: `${MESSAGE}\n\n`, sendAs: 'templateMessage' };

export const sendAndWaitCases: OperationCase[] = [
	questionCase('as a session message, in the format of the guide', {
		format: 'guide',
		parameters: session,
		body: { channel_id: 'chan_telegram', destination: to, content: { type: 'text', text } },
		record: { channel_id: 'chan_telegram', body: text },
		reply: approved,
	}),
	questionCase('as a session message, in the format of the reference', {
		format: 'reference',
		parameters: {
			...session,
			responseType: 'choices',
			choices: { choice: [{ label: 'Today' }, { label: 'Tomorrow' }] },
			options: {
				linkLine: 'Your answer:',
				commentLabel: 'Comment',
				pageTitle: 'When?',
				pageText: 'Please choose.',
				thankYouText: 'Thank you.',
				limitWaitTime: { values: { limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'days' } },
			},
		},
		body: { channel_id: 'chan_telegram', to, body: `${MESSAGE}\n\nYour answer: ${LINK}` },
		record: { channel_id: 'chan_telegram', body: `${MESSAGE}\n\nYour answer: ${LINK}` },
		reply: { choice: 'Today', chatInput: 'Today' },
	}),
	questionCase('as a template, in the format of the guide', {
		format: 'guide',
		parameters: {
			...template,
			templateId: 'tmpl_question',
			approvalType: 'single',
			options: {
				approveLabel: 'Order it',
				declineLabel: 'Not now',
				limitWaitTime: {
					values: { limitType: 'atSpecifiedTime', maxDateAndTime: '2999-12-31T00:00:00' },
				},
			},
		},
		body: {
			channel_id: 'chan_whatsapp',
			destination: to,
			template_id: 'tmpl_question',
			parameters: values,
		},
		record: {
			channel_id: 'chan_whatsapp',
			template_id: 'tmpl_question',
			body: `${values[0]} Reply here: ${LINK}`,
		},
		reply: { approved: true, choice: 'Order it' },
	}),
	questionCase('as a template, in the format of the reference', {
		format: 'reference',
		parameters: {
			...template,
			templateId: 'tmpl_named_question',
			responseType: 'freeText',
			options: { submitLabel: 'Submit', linkWorkflow: 'FGmXq3rJb4sL9wVk' },
		},
		body: {
			channel_id: 'chan_whatsapp',
			to,
			template_id: 'tmpl_named_question',
			variables: { message: values[0], link: LINK },
		},
		record: {
			channel_id: 'chan_whatsapp',
			template_id: 'tmpl_named_question',
			body: `${values[0]} Reply here: ${LINK}`,
		},
		reply: { text: 'Yes', chatInput: 'Yes' },
	}),
];
