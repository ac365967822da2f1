import { intentsOf, mapOf, titleOf, unreachableHints } from '../../nodes/NativeMsg/bot/map';

test.each<[interaction: unknown, title: string]>([
	[{ name: 'Menu' }, 'Menu'],
	[{ name: '' }, 'Interaction 3'],
	[{ name: 5 }, 'Interaction 3'],
	[{}, 'Interaction 3'],
	[null, 'Interaction 3'],
])('the title of the third interaction %j is %s', (interaction, title) => {
	expect(titleOf(interaction, 2)).toBe(title);
});

test.each<[intents: unknown, texts: string[]]>([
	['hours', ['hours']],
	[
		['hours', 'nm:start'],
		['hours', 'nm:start'],
	],
	[[{ name: 'Opening hours', expressions: ['open'] }], ['Opening hours']],
	[[{ expressions: ['open', { text: 'when' }] }], ['open', 'when']],
	[[{}], []],
	[null, []],
	[undefined, []],
])('the intents %j are started by %j', (intents, texts) => {
	expect(intentsOf({ intents })).toEqual(texts);
});

test('no interaction has no intents', () => expect(intentsOf(null)).toEqual([]));

test('the map leaves out what leads nowhere, and shows each link once', () => {
	const menu = {
		name: 'Menu',
		intents: ['hi'],
		actions: [
			{ goto: 'Nowhere' },
			{ goto: 'Bye' },
			{ goto: 'Bye' },
			{ send: { message: { buttons: [{ title: '<Leave> 😀', execute: 'Bye' }] } } },
		],
	};
	expect(mapOf([menu, { name: 'Bye' }])).toBe(
		[
			'flowchart LR',
			'  start((Contact))',
			'  i0["Menu"]',
			'  i1["Bye"]',
			'  start -->|"hi"| i0',
			'  i0 -->|"goto"| i1',
			'  i0 -->|"#60;Leave#62; #128512;"| i1',
		].join('\n'),
	);
});

test('interactions that nothing leads to are named together; if all can be reached, nothing is said', () => {
	expect(unreachableHints([{ intents: ['hi'] }])).toEqual([]);
	expect(unreachableHints([{ intents: ['hi'] }, { name: 'Lost' }, {}])).toEqual([
		'Nothing in this bot leads to "Lost", "Interaction 3": no intent, and no other interaction that can be reached. A message with a button can still run it by its name.',
	]);
});
