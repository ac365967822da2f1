import type { INodeProperties } from 'n8n-workflow';

/** n8n replaces the field of this name if the node reviews the tools of an AI agent. */
const message: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	placeholder: 'e.g. Order {{ $json.what }} for {{ $json.price }}?',
	description: 'Your question. If the channel has no buttons, the node adds the link to the reply page.',
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
			{ name: 'Choices', value: 'choices', description: 'One of the choices you enter' },
			{ name: 'Free Text', value: 'freeText', description: 'A text on the reply page' },
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
		typeOptions: { multipleValues: true, sortable: true },
		displayOptions: { show: { responseType: ['choices'] } },
		placeholder: 'Add Choice',
		required: true,
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
		'When to continue without a reply. The item then has timedOut true and data.approved null. Without a limit, the workflow waits until someone replies.',
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
		description: 'Adds a comment field with this label to the page. An AI agent gets the comment.',
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
		description: 'Text before the link',
	},
	{
		displayName: 'Link Workflow',
		name: 'linkWorkflow',
		type: 'workflowSelector',
		default: '',
		description:
			'Workflow that gets the link after the question is sent, and keeps it until a text arrives as the reply. It gets one item per recipient, with recipient, link, and until.',
	},
	{
		displayName: 'Page Text',
		name: 'pageText',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		description: 'Text on the page, instead of the message',
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
		description: 'Label of the button below the text on the page',
	},
	{
		displayName: 'Thank-You Text',
		name: 'thankYouText',
		type: 'string',
		default: 'Thank you. Your reply was sent.',
		description: 'Text on the page after the reply',
	},
];

/** A text followed by the link to the page. @param line the text before the link */
export const withLink = (text: string, line: string, link: string) => `${text}\n\n${line} ${link}`.trim();
