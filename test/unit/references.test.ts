import fc from 'fast-check';
import { nameFindings, referencesIn, unreachable } from '../../nodes/NativeMsg/bot/references';

const goto = (...names: unknown[]) => names.map((name) => ({ goto: name }));

test('references are found wherever they are, with the button that leads there', () => {
	const buttons = [
		{ title: 'Yes', execute: 'A' },
		{ title: 5, execute: 'B' },
	];
	const interactions = [
		{ validation: { executeOnError: ['C', '', 5, null] } },
		{
			actions: [
				{ goto: 'D' },
				{ send: { message: { buttons } } },
				{ startDialog: { cancel: { execute: 'E' } } },
			],
		},
	];
	expect(referencesIn(interactions)).toEqual([
		{ from: 0, path: 'interactions[0].validation.executeOnError', property: 'executeOnError', name: 'C' },
		{ from: 1, path: 'interactions[1].actions[0].goto', property: 'goto', name: 'D' },
		{
			from: 1,
			path: 'interactions[1].actions[1].send.message.buttons[0].execute',
			property: 'execute',
			name: 'A',
			title: 'Yes',
		},
		{
			from: 1,
			path: 'interactions[1].actions[1].send.message.buttons[1].execute',
			property: 'execute',
			name: 'B',
		},
		{
			from: 1,
			path: 'interactions[1].actions[2].startDialog.cancel.execute',
			property: 'execute',
			name: 'E',
		},
	]);
});

test.each(['content', 'headers', 'json', 'response', 'value'])(
	'the same words mean something else in %s',
	(property) => expect(referencesIn([{ [property]: { goto: 'A' } }])).toEqual([]),
);

test.each<[what: string, interactions: unknown[], findings: string[]]>([
	['unique names', [{ name: 'A', actions: [{ name: 'B' }, ...goto('A', 'B')] }], []],
	[
		'a name that three have',
		[{ name: 'A' }, { name: 'A' }, { actions: { name: 'A' } }],
		[
			'interactions[1].name is "A", which interactions[0] is called already',
			'interactions[2].actions[0].name is "A", which interactions[0] is called already',
		],
	],
	[
		'a name that none has',
		[{ name: 'A', actions: goto('B') }],
		['interactions[0].actions[0].goto leads to "B", but no interaction or action has that name'],
	],
	['a name that only an attribute has', [{ actions: goto('{next}') }], []],
	['a name that an included bot may have', [{ include: 'Other' }, { actions: goto('B') }], []],
	[
		'a name that two have in spite of an included bot',
		[{ include: 'Other', name: 'A' }, { name: 'A' }],
		['interactions[1].name is "A", which interactions[0] is called already'],
	],
	[
		'an empty list of included bots',
		[{ include: [], actions: goto('B') }],
		['interactions[0].actions[0].goto leads to "B", but no interaction or action has that name'],
	],
	['what has no name', [null, {}, { name: 5 }, { name: '' }, { name: '', actions: [null, 'A'] }], []],
])('%s', (_what, interactions, findings) => expect(nameFindings(interactions)).toEqual(findings));

test.each<[what: string, interactions: unknown[], lost: number[]]>([
	['an intent', [{ intents: 'hi' }, { intents: [] }], [1]],
	['an expression', [{ expressions: [{ text: 'hi' }] }, {}], [1]],
	['an included bot', [{ include: 'Other' }, null], [1]],
	[
		'others, one after the other and in a circle',
		[
			{ name: 'A', actions: goto('C') },
			{ intents: 'hi', actions: goto('A', 'Nowhere') },
			{ name: 'C', actions: goto('A') },
			{ name: 'D', actions: goto('E') },
			{ name: 'E', actions: goto('D') },
		],
		[3, 4],
	],
	['an action inside', [{ intents: 'hi', actions: goto('again') }, { actions: [{ name: 'again' }] }], []],
])('interactions are reached by %s', (_what, interactions, lost) => {
	expect(unreachable(interactions)).toEqual(lost);
});

test('names are checked whatever is given', () => {
	fc.assert(
		fc.property(fc.array(fc.jsonValue()), (interactions) => {
			expect(nameFindings(interactions)).toEqual([]);
		}),
	);
});
