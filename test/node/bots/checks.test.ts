import type { INodeParameters } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';
import { createBot } from './createBot';

const fixture = useFixture();

const say = { type: 'sendMessage', text: 'Hello' };
const one = (name: string, ...actions: INodeParameters[]): INodeParameters => ({
	name,
	actions: { action: actions },
});

const run = (rows: INodeParameters[], others?: INodeParameters) => createBot(fixture, rows, others);

const asJson = (interactions: unknown) => ({
	specifyInteractions: 'usingJson',
	interactions: JSON.stringify(interactions),
});

test.each<[what: string, rows: INodeParameters[], message: string]>([
	[
		'a message without content',
		[one('A', say), one('B', { type: 'sendMessage', text: '' })],
		'Interaction 2, Action 1, Text or Media URL is required, but nothing was given',
	],
	[
		'a required field that is empty',
		[one('A', say), one('B', say, { type: 'sendEmail', to: 'ann@example.com', text: ' ' })],
		'Interaction 2, Action 2, Text is required, but nothing was given',
	],
	[
		'a row of a list in an action',
		[
			one('A', {
				...say,
				messageOptions: { buttons: { button: [{ type: 'call', title: 'Call', payload: '123' }] } },
			}),
		],
		'Interaction 1, Action 1, Buttons, entry 1, Phone Number ',
	],
	[
		'a request that needs content',
		[one('A', { type: 'httpRequest', method: 'POST', url: 'https://example.com' })],
		'Interaction 1, Action 1, Content is required, but nothing was given',
	],
	[
		'a pause that is too long',
		[one('A', { type: 'pause', seconds: 6 })],
		'Interaction 1, Action 1, Seconds can be at most 5, but 6 was given',
	],
	[
		'a rule without a pattern',
		[
			{
				...one('A', say),
				additionalFields: { validation: { rule: { content: 'zip', executeOnError: 'A' } } },
			},
		],
		'Interaction 1, Validation, Pattern is required, but nothing was given',
	],
	[
		'a keyword without values',
		[{ ...one('A', say), additionalFields: { keywords: { keyword: [{ name: 'color' }] } } }],
		'Interaction 1, Keywords, entry 1, Values is required, but nothing was given',
	],
	[
		'an action of JSON without JSON',
		[one('A', { type: 'json', json: '' })],
		'Interaction 1, Action 1, Action (JSON) is required, but nothing was given',
	],
	[
		'an action that is no JSON',
		[one('A', { type: 'json', json: '{' })],
		'Interaction 1, Action 1, Action (JSON) must be valid JSON',
	],
	[
		'more properties of an interaction that are no JSON',
		[{ ...one('A', say), additionalFields: { moreProperties: '{' } }],
		'Interaction 1, More Properties (JSON) must be valid JSON',
	],
	[
		'JSON that is none',
		[one('A', { ...say, settings: { moreProperties: '{' } })],
		'Interaction 1, Action 1, More Properties (JSON) must be valid JSON',
	],
	[
		'JSON that does not fit the object model',
		[one('A', { type: 'json', json: '{ "send": { "rss": {} } }' })],
		'Interaction 1, Action 1, rss, URL is required',
	],
	[
		'JSON without what a request needs',
		[one('A', { type: 'json', json: '{ "send": { "request": { "url": "{url}", "method": "PUT" } } }' })],
		'Interaction 1, Action 1, Content is required',
	],
	[
		'actions that exclude each other',
		[one('A', { ...say, settings: { moreProperties: '{ "pause": { "seconds": 1 } }' } })],
		'Interaction 1, Action 1 can have only one of send, pause',
	],
	[
		'a type that there is none of',
		[one('A', { ...say, type: 'dance' })],
		'Interaction 1, Action 1, Action must be one of assignAttributes, assignTags, execute, finishDialog, goto, httpRequest, pause, sendEmail, sendMessage, sendNote, startDialog, subscribe, unsubscribe, waitForReply, json, but "dance" was given',
	],
	[
		'an object where a type is expected',
		[one('A', { ...say, type: { name: 'goto' } })],
		'Interaction 1, Action 1, Action must be',
	],
	[
		'where Go To leads',
		[one('A', say, { type: 'goto', goto: 'Menu' })],
		'Interaction 1, Action 2, Go To leads to "Menu", but no interaction or action has that name',
	],
	[
		'where Execute leads',
		[one('A', { type: 'execute', execute: 'A, Menu' })],
		'Interaction 1, Action 1, Execute leads to "Menu", but no interaction or action has that name',
	],
	[
		'where an error leads',
		[
			one('A', {
				type: 'waitForReply',
				data: ['text'],
				content: 'nm:email',
				replyOptions: { executeOnError: 'Again' },
			}),
		],
		'Interaction 1, Action 1, Execute on Error leads to "Again", but no interaction or action has that name',
	],
	[
		'where a button leads',
		[
			one('A', {
				...say,
				messageOptions: { buttons: { button: [{ type: 'postback', title: 'Menu', execute: 'Menu' }] } },
			}),
		],
		'Interaction 1, Action 1, Buttons, entry 1, Execute leads to "Menu", but no interaction or action has that name',
	],
	[
		'where a dialog leads',
		[one('A', { type: 'startDialog', cancel: 'Bye' })],
		'Interaction 1, Action 1, Cancel leads to "Bye", but no interaction or action has that name',
	],
	[
		'where a failed request leads',
		[one('A', { type: 'httpRequest', url: 'https://example.com', requestOptions: { fallback: 'Sorry' } })],
		'Interaction 1, Action 1, Fallback leads to "Sorry", but no interaction or action has that name',
	],
	[
		'what the channel type of an action cannot take',
		[
			one('A', say, {
				...say,
				settings: { conditions: { condition: [{ channelTypes: ['dlc', 'alx'] }] } },
				messageOptions: {
					media: 'https://example.com/a.png',
					quickReplies: { quickReply: [{ type: 'text', title: 'Yes' }] },
				},
			}),
		],
		'Interaction 1, Action 2 does not fit Long Code SMS/MMS: no quick replies; Interaction 1, Action 2 does not fit Alexa: no media, no quick replies',
	],
	[
		'a name that two interactions have',
		[one('A', say), one('A', say)],
		'Interaction 2, Name is "A", which Interaction 1 is called already',
	],
	[
		'a name that an interaction and an action have',
		[one('A', say), one('B', { ...say, settings: { name: 'A' } })],
		'Interaction 2, Action 1, Name is "A", which Interaction 1 is called already',
	],
])('%s is reported by its labels in the form, and nothing is sent', async (_what, rows, message) => {
	const { message: found, sent } = await run(rows);
	expect(found).toEqual(expect.stringContaining(message));
	expect(found).toMatch(/^Interaction \d.* \[item 0\]$/);
	expect(sent).toEqual([]);
});

test('all faults are named at once, and those beyond the fifth are counted', async () => {
	const silent = { type: 'sendMessage', text: '' };
	const { message } = await run([one('A', silent, silent, silent), one('B', silent, silent, silent, silent)]);
	expect(message!.split('; ')).toEqual([
		...['1, Action 1', '1, Action 2', '1, Action 3', '2, Action 1', '2, Action 2'].map(
			(place) => `Interaction ${place}, Text or Media URL is required, but nothing was given`,
		),
		'and 2 more [item 0]',
	]);
});

test.each<[what: string, rows: INodeParameters[]]>([
	[
		'the name of an action',
		[one('A', { ...say, settings: { name: 'again' } }, { type: 'goto', goto: 'again' })],
	],
	['a name that an attribute holds', [one('A', { type: 'goto', goto: '{next}' })]],
	[
		'a name in a bot that is included',
		[{ ...one('A', { type: 'goto', goto: 'Small Talk' }), additionalFields: { include: 'Small Talk' } }],
	],
])('a reference to %s is sent', async (_what, rows) => {
	const { message, sent } = await run(rows);
	expect(message).toBeUndefined();
	expect(sent).toHaveLength(1);
});

test('names in JSON are checked as well, by their paths', async () => {
	const interactions = [{ name: 'A', actions: [{ goto: 'Menu' }] }, { name: 'A' }];
	const { message, sent } = await run([], asJson(interactions));
	expect(message).toBe(
		'Interactions (JSON): interactions[1].name is "A", which interactions[0] is called already; interactions[0].actions[0].goto leads to "Menu", but no interaction or action has that name [item 0]',
	);
	expect(sent).toEqual([]);
});

test("conditions joined by an operator don't limit the channel types of a message", async () => {
	const buttons = ['1', '2', '3', '4'].map((title) => ({ type: 'postback', title }));
	const action = (...conditions: object[]) => ({ conditions, send: { message: { text: 'Hi', buttons } } });
	const onFacebook = { channelTypes: ['fb'] };
	const { sent } = await run([], asJson([{ actions: [action({ operator: 'not' }, onFacebook)] }]));
	expect(sent).toHaveLength(1);
	const { message } = await run([], asJson([{ actions: [action(onFacebook)] }]));
	expect(message).toBe(
		'Interactions (JSON): interactions[0].actions[0] does not fit Facebook: 4 buttons (at most 3) [item 0]',
	);
});

test('a bot without interactions can be created, but not made by an update without saying so', async () => {
	expect((await run([])).sent).toEqual([{ name: 'Bot', interactions: [] }]);
	fixture.sandbox.reset();
	const update = { operation: 'update', botId: '451' };
	for (const [others, what] of [
		[update, 'Interactions is empty'],
		[{ ...update, ...asJson([]) }, 'Interactions (JSON) is an empty list'],
	] as const) {
		const { message, sent } = await run([], others);
		expect(message).toBe(
			`${what}, which would remove every interaction of the bot; to do that on purpose, choose "Remove All Interactions" [item 0]`,
		);
		expect(sent).toEqual([]);
	}
});

test('JSON that is no list of interactions, and no bot with one, is refused', async () => {
	const bot = { name: 'A', interactions: [{ name: 'A', actions: [{ subscribe: true }] }] };
	expect((await run([], asJson(bot))).sent).toEqual([{ name: 'Bot', interactions: bot.interactions }]);
	for (const other of [{ name: 'A' }, { interactions: 'none' }]) {
		expect((await run([], asJson(other))).message).toBe(
			'Interactions (JSON) must be a list of interactions, or a bot with such a list, but another object was given [item 0]',
		);
	}
});
