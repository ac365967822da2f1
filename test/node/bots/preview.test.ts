import type { INodeParameters } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';

const fixture = useFixture();

const say = (text: string, others: INodeParameters = {}): INodeParameters => ({
	type: 'sendMessage',
	text,
	...others,
});
const one = (name: string, intents: string, ...actions: INodeParameters[]): INodeParameters => ({
	name,
	intents,
	actions: { action: actions },
});
const preview = (rows: INodeParameters[], others: INodeParameters = {}): INodeParameters => ({
	resource: 'bot',
	operation: 'preview',
	name: 'Shop',
	specifyInteractions: 'usingFields',
	interactionRows: { interaction: rows },
	...others,
});

const SHOP = [
	one(
		'Menu "A"',
		'nm:start, menu',
		say('Hello', {
			messageOptions: { buttons: { button: [{ type: 'postback', title: 'Hours?', execute: 'Hours' }] } },
		}),
	),
	one('Hours', 'hours', say('From 9 to 5'), { type: 'goto', goto: 'Menu "A"' }),
	one('Forgotten', '', say('Hi')),
];

test('Preview returns what would be sent with a map of the bot, and sends nothing', async () => {
	const { success, hints } = await fixture.engine.run({ parameters: preview(SHOP) });
	expect(fixture.sandbox.requests()).toEqual([]);
	expect(success.map(({ json }) => json)).toEqual([
		{
			ok: true,
			problems: [],
			requestNumber: 1,
			requestItemCount: 1,
			requestCount: 1,
			map: [
				'flowchart LR',
				'  start((Contact))',
				'  i0["Menu #34;A#34;"]',
				'  i1["Hours"]',
				'  i2["Forgotten"]',
				'  start -->|"nm:start, menu"| i0',
				'  start -->|"hours"| i1',
				'  i0 -->|"Hours?"| i1',
				'  i1 -->|"goto"| i0',
			].join('\n'),
			unreachable: ['Forgotten'],
			request: {
				method: 'POST',
				path: '/bots',
				body: {
					name: 'Shop',
					interactions: [
						{
							name: 'Menu "A"',
							intents: ['nm:start', 'menu'],
							actions: [
								{
									send: {
										message: {
											text: 'Hello',
											buttons: [{ type: 'postback', title: 'Hours?', execute: 'Hours' }],
										},
									},
								},
							],
						},
						{
							name: 'Hours',
							intents: ['hours'],
							actions: [{ send: { message: { text: 'From 9 to 5' } } }, { goto: 'Menu "A"' }],
						},
						{ name: 'Forgotten', actions: [{ send: { message: { text: 'Hi' } } }] },
					],
				},
			},
		},
	]);
	expect(hints).toEqual([expect.stringMatching(/^Nothing in this bot leads to "Forgotten"/)]);
});

test.each([
	['Create', { operation: 'create' }],
	['Update', { operation: 'update', botId: '451' }],
])('%s names the interactions that nothing leads to, and sends the bot', async (_name, parameters) => {
	const { success, hints } = await fixture.engine.run({ parameters: { ...preview(SHOP), ...parameters } });
	expect(success).toHaveLength(1);
	expect(hints).toEqual([expect.stringMatching(/^Nothing in this bot leads to "Forgotten"/)]);
});

test('Preview says what is wrong with each item, and that one at fault keeps all from being sent', async () => {
	const parameters = preview([one('={{ $json.name }}', 'x', say('={{ $json.text }}'))], {
		specifyInteractions: 'fromInputItems',
	});
	const run = async (...items: Array<{ name: string; text: string }>) => {
		const { success } = await fixture.engine.run({ parameters, items });
		return success.map(({ json: { problems, requestNumber, requestOfItem } }) => ({
			problems,
			requestNumber,
			requestOfItem,
		}));
	};
	const good = { name: 'A', text: 'Hi' };
	expect(await run(good, { name: 'B', text: 'Hi' })).toEqual([
		{ problems: [], requestNumber: 1, requestOfItem: undefined },
		{ problems: [], requestNumber: 1, requestOfItem: 0 },
	]);
	const withheld = 'Item 1 is at fault, and all items go into one request, so nothing is sent';
	expect(await run(good, { name: 'B', text: '' })).toEqual([
		{ problems: [withheld], requestNumber: 1, requestOfItem: undefined },
		{
			problems: ['Interaction 1, Action 1, Text or Media URL is required, but nothing was given'],
			requestNumber: null,
			requestOfItem: undefined,
		},
	]);
	expect(await run(good, { name: 'A', text: 'Ho' })).toEqual([
		{ problems: [withheld], requestNumber: 1, requestOfItem: undefined },
		{
			problems: ['Interaction 1, Name is "A", which Item 0, Interaction 1 is called already'],
			requestNumber: 1,
			requestOfItem: 0,
		},
	]);
});

test('Get with Simplify returns a bot as a table of its interactions', async () => {
	const parameters = { ...preview(SHOP), operation: 'create' };
	const { success: created } = await fixture.engine.run({ parameters });
	const { success } = await fixture.engine.run({
		parameters: { resource: 'bot', operation: 'get', botId: created[0].json.id as number, simplify: true },
	});
	const bot = { botId: 501, botName: 'Shop', currentRevision: 1 };
	expect(success.map(({ json }) => json)).toEqual([
		{
			...bot,
			interaction: 'Menu "A"',
			intents: ['nm:start', 'menu'],
			actions: ['message: Hello'],
			leadsTo: ['Hours'],
			reachable: true,
		},
		{
			...bot,
			interaction: 'Hours',
			intents: ['hours'],
			actions: ['message: From 9 to 5', 'goto'],
			leadsTo: ['Menu "A"'],
			reachable: true,
		},
		{
			...bot,
			interaction: 'Forgotten',
			intents: [],
			actions: ['message: Hi'],
			leadsTo: [],
			reachable: false,
		},
	]);
});

test('Get with Simplify returns one row for a bot without interactions, so that the workflow continues', async () => {
	const { success: created } = await fixture.engine.run({
		parameters: { resource: 'bot', operation: 'create', name: 'Empty', specifyInteractions: 'usingFields' },
	});
	const { success } = await fixture.engine.run({
		parameters: { resource: 'bot', operation: 'get', botId: created[0].json.id as number, simplify: true },
	});
	expect(success.map(({ json }) => json)).toEqual([
		{ botId: created[0].json.id, botName: 'Empty', currentRevision: 1 },
	]);
});
