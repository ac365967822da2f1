import {
	button,
	card,
	counted,
	createChannel,
	missing,
	quickReply,
	repeated,
	updateChannel,
	VALUE,
	type Refusal,
	send,
	sendText,
} from './refusal';

const badPhones = [
	...repeated(
		'must be a phone number with + and country code',
		'abc',
		'123',
		'++12015550101',
		'..',
		'2015550101',
	),
	...repeated('must have 10 digits after the country code +1', '+1234567890123456'),
	...repeated('must be a phone number without an extension', '12015550101x5'),
	...repeated('must be one phone number only', '+12015550101 / +12015550102', '5550101/5550102'),
];

const phones: Refusal[] = [
	{
		label: 'Phone Numbers',
		parameters: sendText({ targetType: 'phones', phones: VALUE, channelId: '601' }),
		good: '+1 (201) 555-0101',
		bad: [
			...badPhones,
			...missing,
			...counted('at least 1', []),
			{ value: '12015550101, 12', rule: 'must be a phone number with +', given: '"12"' },
		],
	},
	{
		label: 'Phone Number',
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
		parameters: createChannel({ additionalFields: { phoneNumber: VALUE } }),
		good: '12015550101',
		bad: badPhones,
	},
];

const twoUrls = ['https://a.example/a.png https://b.example/b.png', 'https://a.example,https://b.example'];

const url = {
	good: 'https://example.com/a.png',
	bad: [
		...repeated('one URL', ...twoUrls),
		...repeated(
			'full URL',
			'https:example.com/a.png',
			'https:/example.com/a.png',
			'https:///example.com/a.png',
			'www.example.com',
			'example.com/a.png',
			'/a.png',
			'//example.com/a.png',
			'ftp://example.com/a.png',
			'javascript:alert(1)',
			'http://',
			'not a URL',
		),
		{ value: 'https://example.com/a\nb.png', rule: 'full URL', given: 'https://example.com/a b.png' },
	],
};

const urls: Refusal[] = [
	{ label: 'Media URL', parameters: send('media', { media: VALUE }), ...url },
	{
		label: 'Thumbnail URL',
		parameters: send('richCard', { title: 'Card', richCard: { thumbnailUrl: VALUE } }),
		...url,
	},
	{
		label: 'Quick Replies, entry 1, Image URL',
		parameters: quickReply({ type: 'text', title: 'Yes', imageUrl: VALUE }),
		...url,
	},
	{
		label: 'Carousel, entry 1, Image URL',
		parameters: card({ title: 'Card', imageUrl: VALUE }),
		...url,
	},
	{
		label: 'Buttons, entry 1, URL',
		parameters: button({ type: 'weburl', title: 'Open', payload: VALUE }),
		...url,
		bad: [...url.bad, ...missing],
	},
	{
		label: 'Quick Replies, entry 1, URL',
		parameters: quickReply({ type: 'weburl', title: 'Open', payload: VALUE }),
		...url,
		bad: [...url.bad, ...missing],
	},
	{
		label: 'Carousel, entry 1, Link URL',
		parameters: card({ title: 'Card', additionalFields: { payload: VALUE } }),
		...url,
	},
];

const event = { type: 'calendar', title: 'Save', eventTitle: 'Visit', startTime: '2026-12-01' };

/** JavaScript would take some of them for a day in 2001, and a day that does not exist for the one after it. */
const badDates = repeated(
	'date and time',
	'soon',
	'Room 5',
	'5',
	5,
	'2026-13-45',
	'2026-02-30T10:00:00',
	'2026-02-29',
	'2026-12-01T25:00',
	true,
);

const dates: Refusal[] = [
	{
		label: 'Event Start',
		parameters: button({ ...event, startTime: VALUE }),
		good: '2028-02-29T10:00:00',
		bad: badDates,
	},
	{
		label: 'Event End',
		parameters: quickReply({ ...event, endTime: VALUE }),
		good: '2026-12-01',
		bad: badDates,
	},
];

const choices: Refusal[] = [
	{
		label: 'Media Type',
		parameters: send('media', { media: 'https://example.com/a.png', mediaType: VALUE }),
		good: 'video',
		bad: repeated('image', 'picture'),
	},
	{
		label: 'Country Code',
		parameters: updateChannel({ countryCode: VALUE }),
		good: 'CA',
		bad: repeated('US', 'DE', 'us'),
	},
	{
		label: 'Phone Type',
		parameters: createChannel({ additionalFields: { phoneType: VALUE } }),
		good: 3,
		bad: [...repeated('1, 2, 3', 9), ...repeated('number', 'own')],
	},
	{
		label: 'Bot Enabled',
		parameters: { resource: 'human', operation: 'update', humanId: '540', botEnabled: VALUE },
		good: true,
		bad: [...repeated('true or false', 'maybe', 2), ...missing],
	},
];

const condition = { attributeName: 'plan', operator: 'equal', value: 'gold' };
const findHumans = (values: object) => ({
	resource: 'human',
	operation: 'getMany',
	returnAll: true,
	filters: { condition: [{ ...condition, ...values }] },
});

/** Fields that are required because of another field, or inside a row. */
const parts: Refusal[] = [
	{
		label: 'From Channel',
		parameters: sendText({ targetType: 'phones', phones: '12015550101', channelId: VALUE }),
		good: 601,
		bad: [...repeated('whole number', 'x', '..'), ...repeated('at least 1', 0), ...missing],
	},
	{
		label: 'More Recipients, entry 1, IDs',
		parameters: sendText({ additionalFields: { targets: { target: [{ targetType: 'tags', ids: VALUE }] } } }),
		good: '4',
		bad: [...repeated('whole number', 'vip'), ...missing],
	},
	{
		label: 'Event Name',
		parameters: button({ ...event, eventTitle: VALUE }),
		good: 'Visit',
		bad: missing,
	},
	{
		label: 'Map Latitude',
		parameters: button({ type: 'viewLocation', title: 'Map', latitude: VALUE, longitude: '-74.1' }),
		good: '40.7',
		bad: [...repeated('number', 'north', '40,7'), ...missing],
	},
	{
		label: 'Map Address',
		parameters: button({ type: 'viewLocation', title: 'Map', query: VALUE }),
		good: '1 Main Street, Newark',
		bad: missing.map((value) => ({ ...value, rule: 'Map Latitude' })),
	},
	{
		label: 'Attribute Name',
		parameters: findHumans({ attributeName: VALUE }),
		good: 'plan',
		bad: missing,
	},
	{ label: 'Value', parameters: findHumans({ value: VALUE }), good: 'gold', bad: missing },
	{
		label: 'Operator',
		parameters: findHumans({ operator: VALUE }),
		good: 'notEqual',
		bad: repeated('greaterOrEqual', 'like'),
	},
	{
		label: 'Attributes',
		parameters: {
			resource: 'human',
			operation: 'addByPhone',
			channelId: '601',
			specifyHumans: 'fields',
			phone: '12015550101',
			additionalFields: { customFields: { attribute: [{ name: VALUE, value: 'x' }] } },
		},
		good: 'city',
		bad: ['', null].map((value) => ({ value, rule: 'without a name', given: '' })),
	},
	{
		label: 'Revision',
		parameters: { resource: 'bot', operation: 'getRevision', botId: '451', revision: VALUE },
		good: 1,
		bad: [...repeated('whole number', 'latest', 1.5, '1/../2', '..'), ...repeated('at least 1', 0)],
	},
];

export const formatRefusals: Refusal[] = [...phones, ...urls, ...dates, ...choices, ...parts];
