import { interactionTable, revisionRecord, simpleBot } from '../../nodes/NativeMsg/bot/records';
import { messageRecord } from '../../nodes/NativeMsg/message/records';
import { keepFields } from '../../nodes/operations/records';

describe('a revision of a bot', () => {
	const interactions = [{ name: 'Menu' }];

	test.each<[data: unknown, becomes: unknown]>([
		[JSON.stringify(interactions), interactions],
		[interactions, interactions],
		['not JSON', 'not JSON'],
		[undefined, undefined],
		[null, null],
	])('has its data %j as %j', (data, becomes) => {
		expect(revisionRecord({ id: 1, data })).toEqual({ id: 1, data: becomes });
	});
});

test('a bot in a list has the number of its interactions instead of them', () => {
	expect(simpleBot({ id: 1, interactions: [{}, {}] })).toEqual({ id: 1, interactionCount: 2 });
	expect(simpleBot({ id: 1 })).toEqual({ id: 1, interactionCount: 0 });
});

test('a bot as a table says what each action does, without its name and conditions', () => {
	const actions = [
		{ name: 'ask', conditions: [], waitFor: { data: 'text' }, validation: {} },
		{ send: { message: { text: 'Hi' }, note: { text: 'Hi' } } },
		{ send: { message: { media: 'https://example.com/a.png' } } },
		null,
	];
	const bot = { id: 1, name: 'Shop', currentRevision: 3 };
	const found = { botId: 1, botName: 'Shop', currentRevision: 3 };
	expect(interactionTable({ ...bot, interactions: [{ name: 'A', intents: ['hi'], actions }, null] })).toEqual(
		[
			{
				...found,
				interaction: 'A',
				intents: ['hi'],
				actions: ['waitFor, validation', 'message: Hi, note', 'message', ''],
				leadsTo: [],
				reachable: true,
			},
			{ ...found, interaction: 'Interaction 2', intents: [], actions: [], leadsTo: [], reachable: false },
		],
	);
	expect(interactionTable(bot)).toEqual([found]);
});

test('a bot as a table has each interaction that another one leads to once', () => {
	const interactions = [
		{ name: 'A', intents: ['hi'], actions: [{ goto: ['B', 'A'] }, { goto: 'B' }] },
		{ name: 'B', actions: { goto: 'A' } },
	];
	const leads = interactionTable({ interactions }).map(({ leadsTo, actions }) => ({ leadsTo, actions }));
	expect(leads).toEqual([
		{ leadsTo: ['B', 'A'], actions: ['goto', 'goto'] },
		{ leadsTo: ['A'], actions: ['goto'] },
	]);
});

test.each<[record: object, becomes: object]>([
	[
		{ humandId: 5, profilePic: 'a.png', status: 'D', messageType: 'O' },
		{ humanId: 5, profilePicUrl: 'a.png', statusName: 'delivered', messageTypeName: 'outbound' },
	],
	[
		{ humanId: 6, profilePicUrl: 'b.png', humandId: 5, profilePic: 'a.png', messageType: 'I' },
		{ humanId: 6, profilePicUrl: 'b.png', statusName: 'unknown', messageTypeName: 'inbound' },
	],
	[
		{ messageType: 'B' },
		{ humanId: null, profilePicUrl: null, statusName: 'unknown', messageTypeName: 'blast' },
	],
	[
		{ status: 'Z', messageType: 'Z' },
		{ statusName: 'unknown', messageTypeName: 'unknown' },
	],
])('the message record %j has the names of the tables', (record, becomes) => {
	expect(messageRecord(record)).toMatchObject(becomes);
	expect(messageRecord(record)).not.toHaveProperty('humandId');
	expect(messageRecord(record)).not.toHaveProperty('profilePic');
});

test('a simplified record has the chosen fields that the service returned', () => {
	const simple = keepFields('id', 'name', 'email');
	expect(Object.entries(simple({ name: 'Ann', age: 5, id: 1 }))).toEqual([
		['id', 1],
		['name', 'Ann'],
	]);
	expect(simple({ email: null })).toEqual({ email: null });
});
