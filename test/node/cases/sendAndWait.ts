import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { OperationCase } from '../../support/cases';
import { choiceLink, LINK } from '../../support/links';
import { receipt, toPhone } from './sendMessage';

const respondedAt = '2026-11-21T09:30:00.000Z';

/** A question, with the message that asks it and what the reply of the example yields. */
function questionCase(
	title: string,
	parameters: INodeParameters,
	body: object,
	reply: IDataObject,
	json: IDataObject = {},
): OperationCase {
	const data = { approved: null, choice: null, text: null, chatInput: null, ...reply, respondedAt };
	const output = [{ data, timedOut: false, ...receipt(body, 0) }];
	return {
		title,
		parameters: { resource: 'message', operation: 'sendAndWait', ...parameters },
		items: [{ json, request: 'POST /v1/messages', body, output }],
	};
}

const ids = [540];
const toHuman = { targets: [{ targetType: 'humans', ids }] };

export const sendAndWaitCases: OperationCase[] = [
	questionCase(
		'as a text with a link',
		{
			targetType: 'phones',
			phones: '={{ $json.phone }}',
			channelId: '601',
			message: '=Order {{ $json.what }}?',
			options: {
				sendAs: 'link',
				linkLine: 'Your answer:',
				pageTitle: 'Your approval, please',
				pageText: 'Please decide by Friday.',
				approveLabel: 'Order it',
				declineLabel: 'Not now',
				commentLabel: 'Comment',
				thankYouText: 'Thank you.',
				limitWaitTime: { values: { limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'days' } },
			},
		},
		{ text: `Order a laptop?\n\nYour answer: ${LINK}`, targets: [toPhone('+12025550142')] },
		{
			approved: true,
			choice: 'Order it',
			text: 'With the larger screen.',
			chatInput: 'With the larger screen.',
		},
		{ phone: '+1 202 555 0142', what: 'a laptop' },
	),
	questionCase(
		'as buttons in the chat',
		{
			targetType: 'humans',
			ids: '540',
			message: 'When do you want it?',
			responseType: 'choices',
			choices: { choice: [{ label: 'Morning' }, { label: 'Evening' }] },
			options: { sendAs: 'buttons', answerInChat: true, buttonLabel: 'Open' },
		},
		{
			...toHuman,
			text: 'When do you want it?',
			buttons: [
				{ type: 'postback', title: 'Morning', payload: choiceLink(0) },
				{ type: 'postback', title: 'Evening', payload: choiceLink(1) },
				{ type: 'weburl', title: 'Open', payload: LINK },
			],
		},
		{ choice: 'Evening', chatInput: 'Evening' },
	),
	questionCase(
		'as a card that only approves',
		{
			targetType: 'humans',
			ids: '540',
			message: 'Ship it?',
			approvalType: 'single',
			options: {
				sendAs: 'richCard',
				limitWaitTime: {
					values: { limitType: 'atSpecifiedTime', maxDateAndTime: '2999-12-31T00:00:00' },
				},
			},
		},
		{
			...toHuman,
			title: 'Please reply',
			text: 'Ship it?',
			richCard: {},
			buttons: [{ type: 'weburl', title: 'Reply', payload: LINK }],
		},
		{ approved: true, choice: 'Approve' },
	),
	questionCase(
		'for a free text',
		{
			targetType: 'humans',
			ids: '540',
			message: 'What went wrong?',
			responseType: 'freeText',
			options: { sendAs: 'link', submitLabel: 'Submit', linkWorkflow: 'FGmXq3rJb4sL9wVk' },
		},
		{ ...toHuman, text: `What went wrong?\n\nReply here: ${LINK}` },
		{ text: 'The box was empty.', chatInput: 'The box was empty.' },
	),
	{
		...questionCase(
			'with nothing but the question',
			{
				targetType: 'phones',
				phones: '={{ $json.phone }}',
				channelId: '601',
				message: '=Order {{ $json.what }}?',
			},
			{ text: `Order a laptop?\n\nReply here: ${LINK}`, targets: [toPhone('+12025550142')] },
			{ approved: true, choice: 'Approve' },
			{ phone: '+1 202 555 0142', what: 'a laptop' },
		),
		isExample: true,
		lookUp: 'GET /v1/channels',
	},
];
