import type { INodeParameters } from 'n8n-workflow';

/** A value with what its refusal must say: what the field may be, and what was given. */
export interface BadValue {
	value: unknown;
	rule: string;
	given: string;
}

/** A field that is filled by `{{ $json.value }}`, with values that can be sent and values that cannot. */
export interface Refusal {
	/** As it stands in the form. */
	label: string;
	parameters: INodeParameters;
	/** Where the field has a limit, a value that just keeps it. */
	good: unknown;
	bad: BadValue[];
}

const VALUE = '={{ $json.value }}';

const tooLong = (limit: number): Pick<Refusal, 'good' | 'bad'> => ({
	good: 'x'.repeat(limit),
	bad: [limit + 1, 5000].map((length) => ({
		value: 'ü'.repeat(length),
		rule: `at most ${limit} characters`,
		given: String(length),
	})),
});

const missing: BadValue[] = ['', null, undefined].map((value) => ({
	value,
	rule: 'required',
	given: 'nothing',
}));

const quoted = (rule: string, ...values: unknown[]): BadValue[] =>
	values.map((value) => ({
		value,
		rule,
		given: typeof value === 'string' ? `"${value}"` : JSON.stringify(value),
	}));

const badPhones = quoted(
	'7 to 15 digits',
	'abc',
	'123',
	'+1234567890123456',
	'12015550101x5',
	'++12015550101',
	'1201555010１',
	'..',
);

const badUrls = quoted(
	'full URL',
	'example.com/a.png',
	'/a.png',
	'//example.com/a.png',
	'ftp://example.com/a.png',
	'javascript:alert(1)',
	'http://',
	'not a URL',
);

const badDates = quoted(
	'date and time',
	'soon',
	'2026-13-45',
	'2026-02-30T10:00:00',
	'2026-12-01T25:00',
	true,
);

const url = { good: 'https://example.com/a.png', bad: badUrls };

const send = (additionalFields: INodeParameters, main: INodeParameters = {}): INodeParameters => ({
	resource: 'message',
	operation: 'send',
	targetType: 'humans',
	ids: '540',
	text: 'Hello',
	specifyMessage: 'fields',
	additionalFields,
	...main,
});

const button = (values: INodeParameters) => send({ buttons: { button: [values] } });
const quickReply = (values: INodeParameters) => send({ quickReplies: { quickReply: [values] } });
const card = (values: INodeParameters) => send({ carousel: { card: [values] } });
const listOf = (values: INodeParameters) => send({ list: { entry: [{ title: 'First' }, values] } });
const calendar = { type: 'calendar', title: 'Save', eventTitle: 'Visit' };

const messageJson = (rest: string): INodeParameters => ({
	resource: 'message',
	operation: 'send',
	specifyMessage: 'json',
	messageJson: `={{ ({ text: 'Hello', targets: [{ targetType: 'humans', ids: [540] }], ${rest} }) }}`,
});

const cards = (count: number) => Array.from({ length: count }, () => ({ title: 'Card' }));
const count = (rule: string, value: unknown[]): BadValue => ({ value, rule, given: String(value.length) });

const texts: Refusal[] = [
	{ label: 'Title', parameters: send({ title: VALUE }), ...tooLong(200) },
	{ label: 'Text', parameters: send({}, { text: VALUE }), ...tooLong(1600) },
	{
		label: 'Name',
		parameters: { resource: 'channel', operation: 'create', channelType: 'dlc', name: VALUE, botId: '451' },
		good: 'x'.repeat(255),
		bad: [...tooLong(255).bad, ...missing],
	},
	{
		label: 'Name',
		parameters: { resource: 'channel', operation: 'update', channelId: '601', updateFields: { name: VALUE } },
		...tooLong(255),
	},
	{
		label: 'Description',
		parameters: {
			resource: 'channel',
			operation: 'create',
			channelType: 'dlc',
			name: 'New',
			botId: '451',
			additionalFields: { description: VALUE },
		},
		...tooLong(200),
	},
	{
		label: 'Description',
		parameters: {
			resource: 'channel',
			operation: 'update',
			channelId: '601',
			updateFields: { description: VALUE },
		},
		...tooLong(200),
	},
	{
		label: 'Name',
		parameters: { resource: 'bot', operation: 'create', name: VALUE, interactions: '[]' },
		good: 'x'.repeat(100),
		bad: [...tooLong(100).bad, ...missing],
	},
	{
		label: 'Name',
		parameters: {
			resource: 'bot',
			operation: 'update',
			botId: '451',
			interactions: '[{}]',
			updateFields: { name: VALUE },
		},
		...tooLong(100),
	},
	{
		label: 'Payload',
		parameters: button({ type: 'postback', title: 'Go', payload: VALUE }),
		good: 'x'.repeat(1000),
		bad: [...tooLong(1000).bad, ...missing],
	},
	{
		label: 'Payload',
		parameters: quickReply({ type: 'postback', title: 'Go', payload: VALUE }),
		...tooLong(1000),
	},
	{
		label: 'Carousel, entry 1, Title',
		parameters: card({ title: VALUE }),
		good: 'x',
		bad: [...tooLong(80).bad, ...missing],
	},
	{
		label: 'Carousel, entry 1, Subtitle',
		parameters: card({ title: 'Card', subtitle: VALUE }),
		...tooLong(80),
	},
	{
		label: 'List, entry 2, Title',
		parameters: listOf({ title: VALUE }),
		good: 'x',
		bad: [...tooLong(80).bad, ...missing],
	},
	{
		label: 'List, entry 2, Subtitle',
		parameters: listOf({ title: 'Entry', subtitle: VALUE }),
		...tooLong(80),
	},
];

const counts: Refusal[] = [
	{
		label: 'carousel',
		parameters: messageJson('carousel: $json.value'),
		good: cards(10),
		bad: [count('at most 10', cards(11)), count('at least 1', [])],
	},
	{
		label: 'list',
		parameters: messageJson('list: $json.value'),
		good: cards(4),
		bad: [count('at most 4', cards(5)), count('at least 2', cards(1))],
	},
	{
		label: 'buttons',
		parameters: messageJson('carousel: [{ title: "Card", buttons: $json.value }]'),
		good: Array.from({ length: 3 }, () => ({ type: 'share' })),
		bad: [
			count(
				'at most 3',
				Array.from({ length: 4 }, () => ({ type: 'share' })),
			),
		],
	},
	{
		label: 'Human IDs',
		parameters: { resource: 'channel', operation: 'subscribeHumans', channelId: '601', humanIds: VALUE },
		good: '540, 541',
		bad: [
			...missing,
			...['[]', []].map((value) => ({ value, rule: 'at least 1', given: '0' })),
			{ value: '540, x', rule: 'whole number', given: '"x"' },
			{ value: [540, -1], rule: 'at least 1', given: '-1' },
			{ value: '540;541', rule: 'whole number', given: '"540;541"' },
		],
	},
];

const formats: Refusal[] = [
	{
		label: 'Phone Numbers',
		parameters: send({}, { targetType: 'phones', phones: VALUE, channelId: '601' }),
		good: '+1 (201) 555-0101',
		bad: [
			...badPhones,
			...missing,
			{ value: '12015550101, 12', rule: '7 to 15 digits', given: '"12"' },
			{ value: [], rule: 'at least 1', given: '0' },
		],
	},
	{
		label: 'From Channel ID',
		parameters: send({}, { targetType: 'phones', phones: '12015550101', channelId: VALUE }),
		good: 601,
		bad: [...missing, ...quoted('whole number', 'x', '..'), { value: 0, rule: 'at least 1', given: '0' }],
	},
	{
		label: 'Phone',
		parameters: {
			resource: 'human',
			operation: 'addByPhone',
			channelId: '601',
			specifyHumans: 'fields',
			phone: VALUE,
		},
		good: '12015550101',
		bad: [...badPhones, ...missing],
	},
	{
		label: 'Phone Number',
		parameters: { resource: 'phoneNumber', operation: 'getCapabilities', phoneNumber: VALUE },
		good: '+1-201-555-0101',
		bad: [...badPhones, ...missing],
	},
	{
		label: 'Phone Number',
		parameters: {
			resource: 'channel',
			operation: 'create',
			channelType: 'bmp',
			name: 'New',
			botId: '451',
			additionalFields: { phoneNumber: VALUE },
		},
		good: '12015550101',
		bad: badPhones,
	},
	{ label: 'Media URL', parameters: send({ media: VALUE }), ...url },
	{ label: 'Thumbnail URL', parameters: send({ richCard: { thumbnailUrl: VALUE }, title: 'Card' }), ...url },
	{ label: 'Image URL', parameters: quickReply({ type: 'text', title: 'Yes', imageUrl: VALUE }), ...url },
	{ label: 'Image URL', parameters: card({ title: 'Card', imageUrl: VALUE }), ...url },
	{ label: 'Link URL', parameters: card({ title: 'Card', additionalFields: { payload: VALUE } }), ...url },
	{
		label: 'Event Start',
		parameters: button({ ...calendar, startTime: VALUE }),
		good: '2026-12-01T10:00:00',
		bad: badDates,
	},
	{
		label: 'Event End',
		parameters: quickReply({ ...calendar, endTime: VALUE }),
		good: '2026-12-01',
		bad: badDates,
	},
	{
		label: 'Latitude',
		parameters: button({ type: 'viewLocation', title: 'Map', latitude: VALUE, longitude: '-74.1' }),
		good: '40.7',
		bad: [...quoted('number', 'north', '40,7'), ...missing],
	},
	{
		label: 'Limit',
		parameters: { resource: 'bot', operation: 'getMany', returnAll: false, limit: VALUE },
		good: 1,
		bad: [...quoted('whole number', 'all', 1.5), ...quoted('at least 1', 0, -1)],
	},
	{
		label: 'Revision',
		parameters: { resource: 'bot', operation: 'getRevision', botId: '451', revision: VALUE },
		good: 1,
		bad: [...quoted('whole number', 'latest', 1.5, '1/../2'), ...quoted('at least 1', 0)],
	},
	{
		label: 'Bot Enabled',
		parameters: { resource: 'human', operation: 'update', humanId: '540', botEnabled: VALUE },
		good: true,
		bad: quoted('true or false', 'yes', 1),
	},
];

const notJson = quoted('valid JSON', '{', '[1', 'text', "{'a': 1}");

const json: Refusal[] = [
	{
		label: 'Interactions (JSON)',
		parameters: { resource: 'bot', operation: 'create', name: 'New', interactions: VALUE },
		good: '[]',
		bad: [
			...notJson,
			...missing,
			...['5', '[1]', '"text"'].map((value) => ({
				value,
				rule: 'JSON object',
				given: value.replace(/[[\]]/g, ''),
			})),
		],
	},
	{
		label: 'Message (JSON)',
		parameters: { resource: 'message', operation: 'send', specifyMessage: 'json', messageJson: VALUE },
		good: '{ "text": "Hello", "targets": [{ "targetType": "humans", "ids": [540] }] }',
		bad: [
			...notJson,
			...missing,
			{ value: '[]', rule: 'JSON object', given: '[]' },
			{ value: { text: 'Hello' }, rule: 'targets is required', given: 'nothing' },
			{ value: { text: 'x'.repeat(1601), targets: [] }, rule: 'at most 1600', given: '1601' },
			{ value: { text: 'Hello', targets: [] }, rule: 'at least 1', given: '0' },
		],
	},
	{
		label: 'Humans (JSON)',
		parameters: {
			resource: 'human',
			operation: 'addByPhone',
			channelId: '601',
			specifyHumans: 'json',
			humans: VALUE,
		},
		good: '[{ "phone": "12015550101" }]',
		bad: [
			...notJson,
			...missing,
			{ value: [], rule: 'at least 1', given: '0' },
			{ value: [{ firstName: 'Ada' }], rule: 'phone is required', given: 'nothing' },
			{ value: [{ phone: '12' }], rule: '7 to 15 digits', given: '"12"' },
		],
	},
	{
		label: 'Attributes',
		parameters: {
			resource: 'human',
			operation: 'setAttributes',
			humanId: '540',
			specifyAttributes: 'json',
			attributesJson: VALUE,
		},
		good: '{ "a": 1 }',
		bad: [
			...notJson,
			...['', null, undefined, '{}'].map((value) => ({
				value,
				rule: 'at least one value',
				given: 'nothing',
			})),
			{ value: '[1]', rule: 'JSON object', given: '[1]' },
		],
	},
	{
		label: 'Verified Sender Setup (JSON)',
		parameters: {
			resource: 'channel',
			operation: 'update',
			channelId: '601',
			updateFields: { name: 'New', data: VALUE },
		},
		good: '{}',
		bad: [...notJson, { value: '[1]', rule: 'JSON object', given: '[1]' }],
	},
];

export const refusals: Refusal[] = [...texts, ...counts, ...formats, ...json];
