import type { INodeParameters } from 'n8n-workflow';
import {
	button,
	card,
	counted,
	createChannel,
	listEntry,
	missing,
	quickReply,
	repeated,
	updateChannel,
	VALUE,
	type BadValue,
	type Refusal,
	send,
	sendText,
} from './refusal';

/** What shows nothing: an empty cell that is not quite empty. */
const BLANKS = [' ', '\u00a0', '\n', '\u200b', '\u2060\ufeff', '\u3164'];

const longerThan = (limit: number): BadValue[] =>
	[limit + 1, 5000].map((length) => ({
		value: 'ü'.repeat(length),
		rule: `at most ${limit} characters`,
		given: String(length),
	}));

const upTo = (limit: number) => ({ good: 'ü'.repeat(limit), bad: longerThan(limit) });

const requiredUpTo = (limit: number) => ({
	good: 'ü'.repeat(limit),
	bad: [...longerThan(limit), ...missing],
});

/** The reference's limits on the length of texts. */
const lengths: Refusal[] = [
	{ label: 'Title', parameters: sendText({ additionalFields: { title: VALUE } }), ...upTo(200) },
	{ label: 'Text', parameters: sendText({ text: VALUE }), ...upTo(1600) },
	{ label: 'Name', parameters: createChannel({ name: VALUE }), ...requiredUpTo(255) },
	{ label: 'Name', parameters: updateChannel({ name: VALUE }), ...upTo(255) },
	{
		label: 'Description',
		parameters: createChannel({ additionalFields: { description: VALUE } }),
		...upTo(200),
	},
	{ label: 'Description', parameters: updateChannel({ description: VALUE }), ...upTo(200) },
	{
		label: 'Name',
		parameters: {
			resource: 'bot',
			operation: 'create',
			name: VALUE,
			specifyInteractions: 'usingJson',
			interactions: '[]',
		},
		...requiredUpTo(100),
	},
	{
		label: 'Name',
		parameters: {
			resource: 'bot',
			operation: 'update',
			botId: '451',
			specifyInteractions: 'usingJson',
			interactions: '[{}]',
			updateFields: { name: VALUE },
		},
		...upTo(100),
	},
	{
		label: 'Buttons, entry 1, Payload',
		parameters: button({ type: 'postback', title: 'Go', payload: VALUE }),
		...requiredUpTo(1000),
	},
	{
		label: 'Quick Replies, entry 1, Payload',
		parameters: quickReply({ type: 'postback', title: 'Go', payload: VALUE }),
		...requiredUpTo(1000),
	},
	{ label: 'Carousel, entry 1, Title', parameters: card({ title: VALUE }), ...requiredUpTo(80) },
	{
		label: 'Carousel, entry 1, Subtitle',
		parameters: card({ title: 'Card', subtitle: VALUE }),
		...upTo(80),
	},
	{ label: 'List, entry 2, Title', parameters: listEntry({ title: VALUE }), ...requiredUpTo(80) },
	{
		label: 'List, entry 2, Subtitle',
		parameters: listEntry({ title: 'Entry', subtitle: VALUE }),
		...upTo(80),
	},
];

const cards = (count: number) => Array.from({ length: count }, () => ({ title: 'Card' }));
const shares = (count: number) => Array.from({ length: count }, () => ({ type: 'share' }));

/** A message in JSON, in which a list can differ from item to item. */
const inJson = (content: string): INodeParameters => ({
	resource: 'message',
	operation: 'send',
	messageType: 'json',
	messageJson: `={{ ({ targets: [{ targetType: 'humans', ids: [540] }], ${content} }) }}`,
});

/** The reference's limits on the number of entries, and lists that must not be empty. */
const counts: Refusal[] = [
	{
		label: 'carousel',
		parameters: inJson('carousel: $json.value'),
		good: cards(10),
		bad: [...counted('at most 10', cards(11)), ...counted('at least 1', [])],
	},
	{
		label: 'list',
		parameters: inJson('list: $json.value'),
		good: cards(4),
		bad: [...counted('at most 4', cards(5)), ...counted('at least 2', cards(1), [])],
	},
	{
		label: 'buttons',
		parameters: inJson('carousel: [{ title: "Card", buttons: $json.value }]'),
		good: shares(3),
		bad: counted('at most 3', shares(4)),
	},
	{
		label: 'Human IDs',
		parameters: { resource: 'channel', operation: 'subscribeHumans', channelId: '601', humanIds: VALUE },
		good: '540, 541',
		bad: [
			...missing,
			...counted('at least 1', []),
			{ value: '[]', rule: 'at least 1', given: '0' },
			{ value: '540, x', rule: 'whole number', given: '"x"' },
			{ value: '540;541', rule: 'whole number', given: '"540;541"' },
			{ value: [540, -1], rule: 'at least 1', given: '-1' },
		],
	},
	{
		label: 'Tag Names',
		parameters: { resource: 'human', operation: 'assignTags', humanId: '540', tagsBy: 'names', tags: VALUE },
		good: 'vip',
		bad: [...counted('at least 1', []), { value: '["vip"', rule: 'valid JSON', given: '["vip"' }, ...missing],
	},
	{
		label: 'Limit',
		parameters: { resource: 'bot', operation: 'getMany', returnAll: false, limit: VALUE },
		good: 1,
		bad: [...repeated('whole number', 'all', 1.5), ...repeated('at least 1', 0, -1)],
	},
	{
		label: 'Text',
		parameters: sendText({ text: VALUE }),
		good: '.',
		bad: [...missing, ...repeated('required', ...BLANKS).map((bad) => ({ ...bad, given: 'nothing' }))],
	},
];

export const limitRefusals: Refusal[] = [...lengths, ...counts];

/** All that any type of button needs. */
const FILLED_IN = {
	title: 'Press',
	payload: 'https://example.com',
	query: 'Newark',
	eventTitle: 'Visit',
	startTime: '2026-12-01',
};

type WrongForm = [what: string, INodeParameters, label: string, rule: string, given: string];

/** Forms that no item can fill in rightly, with what their refusal says. */
export const wrongForms: WrongForm[] = [
	['11 cards', send('carousel', { carousel: { card: cards(11) } }), 'Carousel', 'at most 10', '11'],
	['no buttons', send('buttons', {}), 'Buttons', 'required', 'nothing'],
	['no quick replies', send('quickReplies', {}), 'Quick Replies', 'required', 'nothing'],
	['no cards', send('carousel', { carousel: {} }), 'Carousel', 'required', 'nothing'],
	['no list entries', send('list', { list: {} }), 'List', 'required', 'nothing'],
	['an empty card', send('richCard', {}), 'Title or Media URL', 'required', 'nothing'],
	...['weburl', 'call', 'postback', 'viewLocation', 'calendar'].map(
		(type): WrongForm => [
			`a ${type} button without a title`,
			button({ ...FILLED_IN, type, title: '' }),
			'Buttons, entry 1, Button Text',
			'required',
			'nothing',
		],
	),
	[
		'a reply without a title',
		quickReply({ type: 'text', payload: 'yes' }),
		'Quick Replies, entry 1, Reply Text',
		'required',
		'nothing',
	],
	['a button that was never filled in', button({}), 'Buttons, entry 1, Button Text', 'required', 'nothing'],
	...[
		['weburl', { payload: ' ' }, 'URL'],
		['call', { payload: '' }, 'Phone Number'],
		['postback', { payload: '\u200b' }, 'Payload or Execute'],
		['calendar', { startTime: '' }, 'Event Start'],
	].map(
		([type, values, label]): WrongForm => [
			`a ${String(type)} button without what it is for`,
			button({ ...FILLED_IN, type, ...(values as object) } as INodeParameters),
			`Buttons, entry 1, ${String(label)}`,
			'required',
			'nothing',
		],
	),
	[
		'buttons under nothing',
		send('buttons', { text: ' ', buttons: { button: [{ ...FILLED_IN, type: 'weburl' }] } }),
		'Text or Media URL',
		'required',
		'nothing',
	],
	[
		'JSON with recipients alone',
		{ ...send('json', {}), messageJson: '{ "targets": [{ "targetType": "humans", "ids": [540] }] }' },
		'Message (JSON)',
		'content such as text or media',
		'none',
	],
	[
		'JSON with a blank text',
		{
			...send('json', {}),
			messageJson: '{ "text": " ", "targets": [{ "targetType": "humans", "ids": [540] }] }',
		},
		'Message (JSON)',
		'content such as text or media',
		'none',
	],
	['a message type that does not exist', send('poem', {}), 'Message Type', 'must be one of', '"poem"'],
	[
		'an ending that tells no media type',
		send('media', { media: 'https://example.com/file?id=5' }),
		'Media Type',
		'must be chosen',
		'"https://example.com/file?id=5"',
	],
	...['{}', '{ "name": "Bot" }', '{ "interactions": "none" }', '{ "name": "Hi", "actions": [] }'].map(
		(interactions): WrongForm => [
			`an object that is no bot: ${interactions}`,
			{ resource: 'bot', operation: 'update', botId: '451', specifyInteractions: 'usingJson', interactions },
			'Interactions (JSON)',
			'must be a list of interactions',
			'another object',
		],
	),
	[
		'an attribute from a column that is not there',
		{
			...{ resource: 'human', operation: 'setAttributes', humanId: '540', specifyAttributes: 'fields' },
			attributes: {
				attribute: [
					{ name: 'plan', value: 'gold' },
					{ name: 'city', value: '={{ $json.city }}' },
				],
			},
		},
		'Attributes, city',
		'required',
		'nothing',
	],
	['1 list entry', send('list', { list: { entry: cards(1) } }), 'List', 'at least 2', '1'],
	['5 list entries', send('list', { list: { entry: cards(5) } }), 'List', 'at most 4', '5'],
	[
		'4 buttons on a card',
		send('carousel', {
			carousel: { card: [{ title: 'Card', additionalFields: { buttons: { button: shares(4) } } }] },
		}),
		'Carousel, entry 1, Buttons',
		'at most 3',
		'4',
	],
	['nothing to update', updateChannel({}), 'Update Fields', 'at least one', 'nothing'],
	[
		'no attributes',
		{ resource: 'human', operation: 'setAttributes', humanId: '540', specifyAttributes: 'fields' },
		'Attributes',
		'at least one',
		'nothing',
	],
];
