import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findingsIn } from '../../nodes/NativeMsg/bot/checkInteractions';

const spec = parse(readFileSync(join(__dirname, '../../spec/nativemsg.openapi.yaml'), 'utf8'));

/** The example bots in nativeMsg's reference. */
const examples = Object.entries(spec.components.examples as Record<string, { value: unknown }>).flatMap(
	([name, { value }]) => {
		const { interactions } = value as { interactions?: unknown[] };
		return interactions ? [[name, interactions] as [string, unknown[]]] : [];
	},
);

test('there are example bots to check', () => expect(examples.length).toBeGreaterThan(8));

test.each(examples)("the reference's example %s passes", (_name, interactions) => {
	expect(findingsIn(interactions)).toEqual([]);
});

const action = (...actions: unknown[]) => [{ name: 'Greeting', actions }];

test.each<[string, unknown[], string[]]>([
	[
		'a required property',
		action({}, {}, { waitFor: { data: 'text' } }),
		['interactions[0].actions[2].waitFor.content is required'],
	],
	[
		'actions that exclude each other',
		action({ send: { message: { text: 'Hi' } }, pause: { delay: 3 } }),
		['interactions[0].actions[0] can have only one of send, pause'],
	],
	[
		'a value that is not allowed',
		action({ send: { request: { url: 'https://example.com', method: 'FETCH' } } }),
		[
			'interactions[0].actions[0].send.request.method must be one of OPTIONS, GET, HEAD, POST, PUT, PATCH, DELETE, TRACE',
		],
	],
	[
		'what depends on another property',
		action({ send: { request: { url: 'https://example.com', method: 'POST' } } }),
		['interactions[0].actions[0].send.request.content is required'],
	],
	['a text instead of an object', ['Greeting'], ['interactions[0] must be an object']],
	['a list instead of a text', [{ name: ['a'] }], ['interactions[0].name must be a text']],
	[
		'several at once',
		[{ keywords: [{ name: 'color' }] }, { actions: [{ waitFor: {} }] }],
		[
			'interactions[0].keywords[0].values is required',
			'interactions[1].actions[0].waitFor.data is required',
			'interactions[1].actions[0].waitFor.content is required',
		],
	],
])('the check finds %s, and names its path', (_name, interactions, findings) => {
	expect(findingsIn(interactions)).toEqual(findings);
});

test.each<[string, unknown[]]>([
	[
		'properties that the model does not know',
		[{ name: 'A', pos: { x: 1 }, type: 'normal', actions: [{ color: 1 }] }],
	],
	[
		'a text with a tag instead of a value',
		action({ send: { request: { url: '{url}', method: '{method}' } } }),
	],
	[
		'null for what is absent',
		[{ name: 'A', context: null, actions: [{ send: { message: { text: 'Hi' } }, pause: null }] }],
	],
	['no interactions', []],
])('the check accepts %s', (_name, interactions) => expect(findingsIn(interactions)).toEqual([]));

test('the check returns sentences, whatever it is given', () => {
	fc.assert(
		fc.property(fc.array(fc.jsonValue()), (interactions) => {
			for (const finding of findingsIn(interactions)) expect(finding).toMatch(/^interactions\[\d+\]/);
		}),
	);
});
