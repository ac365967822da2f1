import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { COUNTRY_CODE_HINT, defaultCountryOption } from '../transport/defaultCountry';

const events: INodePropertyOptions[] = [
	{
		name: 'Button Tapped',
		value: 'postback',
		description: 'A contact tapped a button or a quick reply (nativeMsg)',
	},
	{
		name: 'Message Delivered or Failed',
		value: 'deliveryReport',
		description: 'The status of one of your messages changed, for example to sent, delivered, or failed',
	},
	{ name: 'Message Read', value: 'read', description: 'A contact read one of your messages' },
	{ name: 'Message Received', value: 'inboundMessage', description: 'A contact wrote to you' },
	{
		name: 'Unknown Event',
		value: 'other',
		description: "Any event that the node doesn't know, passed through",
	},
];

/** Under the node's name on the canvas: the chosen events, by their names in the form. */
export const eventsSubtitle = `={{ $parameter["events"].map((event) => (${JSON.stringify(
	Object.fromEntries(events.map(({ name, value }) => [value, name.toLowerCase()])),
)})[event]).join(", ") }}`;

export const triggerFields: INodeProperties[] = [
	{
		displayName:
			'With a NativeMessage credential, n8n registers this webhook when you publish the workflow. With a nativeMsg credential, paste the production URL above in the nativeMsg dashboard under Settings > Webhooks, and copy the secret from there into the credential. Until you do, no event arrives.',
		name: 'registrationNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: events,
		required: true,
		default: ['inboundMessage'],
		description:
			'What starts the workflow. Each delivery report starts an execution, so select reports only if you need them.',
	},
	{
		displayName: 'Verify By (nativeMsg)',
		name: 'check',
		type: 'options',
		options: [
			{
				name: 'None',
				value: 'none',
				description: 'Anyone who knows the URL can start the workflow',
			},
			{
				name: 'Shared Secret in a Header',
				value: 'sharedSecret',
				description: 'For the "request" action of a bot',
			},
			{ name: 'Signature', value: 'signature', description: 'HMAC-SHA256 over the body, in hex or base64' },
		],
		default: 'signature',
		description:
			'How to verify that a webhook request comes from nativeMsg. Requests from NativeMessage are always verified by their signature.',
	},
	{
		displayName:
			'Without a check, anyone who knows the URL can start this workflow and make it send messages on your behalf. Only use this for testing.',
		name: 'noCheckNotice',
		type: 'notice',
		displayOptions: { show: { check: ['none'] } },
		default: '',
	},
	{
		displayName: 'Header Name (nativeMsg)',
		name: 'headerName',
		type: 'string',
		displayOptions: { hide: { check: ['none'] } },
		default: 'X-Webhook-Signature',
		description: 'The header that contains the signature or secret',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Channel IDs',
				name: 'channels',
				type: 'string',
				default: '',
				placeholder: 'e.g. 601, 602',
				description: 'Only events from these channels, separated by commas',
			},
			{
				displayName: 'Keywords',
				name: 'keywords',
				type: 'string',
				default: '',
				placeholder: 'e.g. STOP, HELP',
				description:
					"Only if the text, or the payload of a button, is one of these words, separated by commas. Punctuation doesn't matter. STOP, HELP, and START also match the other words for opting out, help, and opting in.",
			},
			{
				displayName: 'Pattern',
				name: 'pattern',
				type: 'string',
				default: '',
				placeholder: 'e.g. order\\s+\\d+',
				description: 'Only texts that match this regular expression, case-insensitive',
			},
			{
				displayName: 'Senders',
				name: 'senders',
				type: 'string',
				default: '',
				placeholder: 'e.g. +12015550123',
				description: 'Only events from these phone numbers or human IDs, separated by commas',
				hint: COUNTRY_CODE_HINT,
			},
			{
				displayName: 'Statuses',
				name: 'statuses',
				type: 'string',
				default: '',
				placeholder: 'e.g. delivered, failed',
				description: 'Only reports with one of these statuses, separated by commas',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			defaultCountryOption,
			{
				displayName: 'Ignore Duplicates For (Hours)',
				name: 'duplicateHours',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 24,
				description: 'Services resend an event if the response is late or lost. Set to 0 to turn off.',
			},
			{
				displayName: 'Opt-In Words',
				name: 'optInWords',
				type: 'string',
				default: '',
				placeholder: 'e.g. ALTA, OUI',
				description: 'More words that count as START, separated by commas, for example in other languages',
			},
			{
				displayName: 'Opt-Out Words',
				name: 'optOutWords',
				type: 'string',
				default: '',
				placeholder: 'e.g. BAJA, ARRET, NO MORE',
				description: 'More words that count as STOP, separated by commas, for example in other languages',
			},
		],
	},
];
