import type { IDataObject, INodeParameters } from 'n8n-workflow';

/** Each kind of button or quick reply. */
const pressed: INodeParameters[] = [
	{ type: 'weburl', title: 'Open', payload: 'https://example.com' },
	{ type: 'call', title: 'Call', payload: '+12015550123' },
	{ type: 'postback', title: 'Go', execute: 'Tell', payload: 'go' },
	{
		type: 'calendar',
		title: 'Save',
		eventTitle: 'Visit',
		description: 'Bring a card',
		startTime: '2026-11-21T09:30:00.000Z',
		endTime: '2026-11-21T10:30:00.000Z',
	},
	{ type: 'viewLocation', title: 'See', query: '1 Main Street' },
	{ type: 'viewLocation', title: 'See', latitude: '40.5', longitude: '-74.5', label: 'Store' },
];
const textReply = { type: 'text', title: 'Yes', imageUrl: 'https://example.com/a.png' };
const sentButtons = [
	...pressed.slice(0, -1),
	{ type: 'viewLocation', title: 'See', latLong: { latitude: 40.5, longitude: -74.5 }, label: 'Store' },
] as IDataObject[];

const rule = { content: 'zip', pattern: '^\\d+$', executeOnError: 'Tell' };

/** Every field of the form for interactions. */
export const everyField: INodeParameters = {
	interaction: [
		{
			name: '={{ $json.topic }}',
			intents: 'hours, opening times',
			actions: {
				action: [
					{
						type: 'sendMessage',
						text: 'Hello',
						messageOptions: {
							media: 'https://example.com/a.png',
							buttons: { button: pressed },
							quickReplies: { quickReply: [...pressed, textReply] },
						},
						settings: {
							name: 'Say hello',
							validation: { rule },
							conditions: {
								condition: [
									{ channelTypes: ['bmp'], attribute: 'age', operator: 'greater or equal', value: 18 },
									{ attribute: 'city', operator: 'is present' },
								],
							},
							moreProperties: '{ "description": "Hello" }',
						},
					},
					{ type: 'json', json: '{ "updateSettings": { "bot": { "enabled": false } } }' },
					{
						type: 'waitForReply',
						data: ['number', 'text'],
						content: 'age',
						replyOptions: {
							keywords: { keyword: [{ name: 'color', attribute: 'favorite' }] },
							executeOnError: 'Tell',
						},
					},
					{
						type: 'assignAttributes',
						attributes: {
							attribute: [
								{ attributePath: 'count', value: '{count} + 1', evaluate: true },
								{ attributePath: 'old', remove: true },
							],
						},
					},
					{ type: 'startDialog', breakOut: 'Tell', cancel: 'Tell', startOver: 'Tell, Say hello' },
					{ type: 'finishDialog' },
					{ type: 'assignTags', assignTags: 'vip' },
					{ type: 'subscribe' },
					{ type: 'unsubscribe' },
					{ type: 'execute', execute: 'Tell, Say hello' },
					{ type: 'pause', seconds: 1, milliseconds: 500 },
					{ type: 'goto', goto: 'Tell' },
				],
			},
			additionalFields: {
				context: 'hours',
				include: 'Small Talk, Weather',
				keywords: {
					keyword: [
						{
							name: 'color',
							values: { value: [{ value: 'red', expressions: 'red, crimson' }] },
						},
					],
				},
				validation: { rule },
				moreProperties: '{ "pos": { "x": 1 } }',
			},
		},
		{
			name: 'Tell',
			actions: {
				action: [
					{
						type: 'sendEmail',
						to: 'ann@example.com, {nm:email}',
						subject: 'News',
						text: '<b>Hello</b>',
						emailOptions: { cc: 'bob@example.com', bcc: 'cem@example.com', isHtml: true },
					},
					{ type: 'sendNote', text: 'Called', channelId: '601', executeOnError: 'Tell' },
					{
						type: 'httpRequest',
						method: 'POST',
						url: 'https://example.com/{id}',
						content: '{"id": "{id}"}',
						requestOptions: {
							allowHtml: true,
							async: false,
							dataFormat: 'json',
							fallback: 'Tell',
							headers: { attribute: [{ name: 'X-Key', value: '{key}' }] },
							response: 'answer',
							responseHeaders: 'answerHeaders',
							retries: 2,
						},
					},
				],
			},
		},
	],
};

const sentRule = { ...rule, executeOnError: 'Tell' };

/** What it must become. */
export const everyInteraction = (topic: string): IDataObject[] => [
	{
		name: topic,
		intents: ['hours', 'opening times'],
		actions: [
			{
				name: 'Say hello',
				description: 'Hello',
				conditions: [
					{ channelTypes: ['bmp'], comparisons: [['age', 'greater or equal', 18]] },
					{ comparisons: [['city', 'is', 'present']] },
				],
				validation: sentRule,
				send: {
					message: {
						text: 'Hello',
						media: 'https://example.com/a.png',
						mediaType: 'image',
						buttons: sentButtons,
						quickReplies: [...sentButtons, textReply],
					},
				},
			},
			{ updateSettings: { bot: { enabled: false } } },
			{
				waitFor: {
					data: ['number', 'text'],
					content: 'age',
					keywords: [{ name: 'color', attribute: 'favorite' }],
					executeOnError: ['Tell'],
				},
			},
			{
				assignAttributes: {
					attributes: [
						{ attributePath: 'count', value: '{count} + 1', evaluate: true },
						{ attributePath: 'old', remove: true },
					],
				},
			},
			{
				startDialog: {
					breakOut: { execute: 'Tell' },
					cancel: { execute: 'Tell' },
					startOver: { execute: ['Tell', 'Say hello'] },
				},
			},
			{ finishDialog: true },
			{ assignTags: 'vip' },
			{ subscribe: true },
			{ subscribe: false },
			{ execute: ['Tell', 'Say hello'] },
			{ pause: { seconds: 1, milliseconds: 500 } },
			{ goto: 'Tell' },
		],
		context: 'hours',
		include: ['Small Talk', 'Weather'],
		keywords: [{ name: 'color', values: [{ value: 'red', expressions: ['red', 'crimson'] }] }],
		validation: sentRule,
		pos: { x: 1 },
	},
	{
		name: 'Tell',
		actions: [
			{
				send: {
					email: {
						to: ['ann@example.com', '{nm:email}'],
						subject: 'News',
						text: '<b>Hello</b>',
						cc: ['bob@example.com'],
						bcc: ['cem@example.com'],
						isHtml: true,
					},
				},
			},
			{ send: { note: { text: 'Called', channelId: 601, executeOnError: ['Tell'] } } },
			{
				send: {
					request: {
						method: 'POST',
						url: 'https://example.com/{id}',
						content: '{"id": "{id}"}',
						allowHtml: true,
						async: false,
						dataFormat: 'json',
						fallback: 'Tell',
						headers: { 'X-Key': '{key}' },
						response: 'answer',
						responseHeaders: 'answerHeaders',
						retries: 2,
					},
				},
			},
		],
	},
];
