import type { INodeProperties } from 'n8n-workflow';
import { rowsTitledBy } from '../commonFields';

/** n8n replaces the field of this name if the node reviews the tools of an AI agent. */
const message: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	placeholder: 'e.g. Order {{ $json.what }} for {{ $json.price }}?',
	description: 'What you ask. The link to the reply page is added where the channel has no buttons.',
};

/** The question and the kinds of reply. n8n hides the response type if the node reviews tools. */
export const questionFields: INodeProperties[] = [
	message,
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		options: [
			{ name: 'Approval', value: 'approval', description: 'Approve, or approve and decline' },
			{ name: 'Choices', value: 'choices', description: 'One of a list of your own' },
			{ name: 'Free Text', value: 'freeText', description: 'Words, on the reply page' },
		],
		default: 'approval',
	},
	{
		displayName: 'Type of Approval',
		name: 'approvalType',
		type: 'options',
		displayOptions: { show: { responseType: ['approval'] } },
		options: [
			{ name: 'Approve and Decline', value: 'double' },
			{ name: 'Approve Only', value: 'single' },
		],
		default: 'double',
	},
	{
		displayName: 'Choices',
		name: 'choices',
		type: 'fixedCollection',
		typeOptions: { ...rowsTitledBy('label'), sortable: true },
		displayOptions: { show: { responseType: ['choices'] } },
		placeholder: 'Add Choice',
		default: {},
		description: '2 to 20 labels to choose from',
		options: [
			{
				displayName: 'Choice',
				name: 'choice',
				values: [
					{
						displayName: 'Label',
						name: 'label',
						type: 'string',
						default: '',
						placeholder: 'e.g. Tomorrow Morning',
					},
				],
			},
		],
	},
];

const limitWaitTime: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'fixedCollection',
	placeholder: 'Add Limit',
	default: {},
	description:
		'When the workflow goes on without a reply. The item then has timedOut true and data.approved null. Without a limit, it waits until someone replies.',
	options: [
		{
			displayName: 'Limit',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					options: [
						{ name: 'After Time Interval', value: 'afterTimeInterval' },
						{ name: 'At Specified Time', value: 'atSpecifiedTime' },
					],
					default: 'afterTimeInterval',
				},
				{
					displayName: 'Amount',
					name: 'resumeAmount',
					type: 'number',
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					typeOptions: { minValue: 1 },
					default: 1,
				},
				{
					displayName: 'Unit',
					name: 'resumeUnit',
					type: 'options',
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					options: [
						{ name: 'Days', value: 'days' },
						{ name: 'Hours', value: 'hours' },
						{ name: 'Minutes', value: 'minutes' },
					],
					default: 'hours',
				},
				{
					displayName: 'Max Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
					default: '',
				},
			],
		},
	],
};

/** The options of every operation that asks. */
export const questionOptions: INodeProperties[] = [
	{
		displayName: 'Approve Label',
		name: 'approveLabel',
		type: 'string',
		displayOptions: { show: { '/responseType': ['approval'] } },
		default: 'Approve',
	},
	{
		displayName: 'Comment Label',
		name: 'commentLabel',
		type: 'string',
		displayOptions: { hide: { '/responseType': ['freeText'] } },
		default: 'Comment (optional)',
		description: 'Adds a field for a comment to the page, with this label. An AI agent is told the comment.',
	},
	{
		displayName: 'Decline Label',
		name: 'declineLabel',
		type: 'string',
		displayOptions: { show: { '/responseType': ['approval'] } },
		default: 'Decline',
	},
	limitWaitTime,
	{
		displayName: 'Link Line',
		name: 'linkLine',
		type: 'string',
		default: 'Reply here:',
		description: 'What is written before the link in a text',
	},
	{
		displayName: 'Link Workflow',
		name: 'linkWorkflow',
		type: 'workflowSelector',
		default: '',
		description:
			'A workflow that is given the link once the question was sent, so that it can keep it until a text comes in as the reply. Gets one item for each recipient, with recipient, link and until.',
	},
	{
		displayName: 'Page Text',
		name: 'pageText',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		description: 'What the page says instead of the message',
	},
	{
		displayName: 'Page Title',
		name: 'pageTitle',
		type: 'string',
		default: 'Please reply',
	},
	{
		displayName: 'Submit Label',
		name: 'submitLabel',
		type: 'string',
		displayOptions: { show: { '/responseType': ['freeText'] } },
		default: 'Send',
		description: 'Label of the button under the text on the page',
	},
	{
		displayName: 'Thank-You Text',
		name: 'thankYouText',
		type: 'string',
		default: 'Thank you. Your reply was sent.',
		description: 'What the page says after the reply',
	},
];

/** A text followed by the link to the page. @param line the text before the link */
export const withLink = (text: string, line: string, link: string) => `${text}\n\n${line} ${link}`.trim();
