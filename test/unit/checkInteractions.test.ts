import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findingsIn, sentenceOf } from '../../nodes/NativeMsg/bot/checkInteractions';

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
	[
		'another value than a number',
		action({ pause: { seconds: true } }, { send: { request: { url: 'https://example.com', retries: {} } } }),
		[
			'interactions[0].actions[0].pause.seconds must be a number',
			'interactions[0].actions[1].send.request.retries must be a number',
		],
	],
	[
		'another value than true or false',
		action({ subscribe: 1 }),
		['interactions[0].actions[0].subscribe must be true or false'],
	],
	[
		'a value of none of several types',
		[{ name: 'A', context: 5, actions: [{ goto: 5 }] }],
		[
			'interactions[0].context must be a text or null',
			'interactions[0].actions[0].goto must be a text or a list',
		],
	],
	[
		'too few and too many entries',
		action({
			conditions: [
				{
					comparisons: [
						['color', 'is'],
						['color', 'is', 'red', 'or blue'],
					],
				},
			],
		}),
		[
			'interactions[0].actions[0].conditions[0].comparisons[0] needs at least 3 entries',
			'interactions[0].actions[0].conditions[0].comparisons[1] can have at most 3 entries',
		],
	],
	[
		'an empty list',
		action({ send: { email: { to: [], text: 'Hi' } } }),
		['interactions[0].actions[0].send.email.to needs at least 1 entry'],
	],
	[
		'an operator that there is none of',
		action({ conditions: [{ operator: 'xor' }] }),
		['interactions[0].actions[0].conditions[0].operator is not what the object model allows there: xor'],
	],
	[
		'what is wrong with the alternative that fits best',
		[{ intents: [{ expressions: [{ generate: true }, 5] }] }],
		[
			'interactions[0].intents[0].expressions[0].text is required',
			'interactions[0].intents[0].expressions[1] must be a text',
		],
	],
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
	[
		'a text with a tag instead of a number, or of true or false',
		action({ pause: { seconds: '{delay}' } }, { subscribe: '{answer}' }),
	],
	[
		'conditions joined by operators',
		action(
			{ conditions: [{ channelTypes: ['fb'] }, { operator: 'OR' }, { comparisons: [['a', 'is', 1]] }] },
			{ conditions: [{ operator: '{operator}' }] },
		),
	],
	[
		'intents with and without training data',
		[{ intents: ['hours', { expressions: ['open', { text: 'when' }] }] }],
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

test('the first five findings become a sentence, and others are counted', () => {
	expect(sentenceOf(['a', 'b', 'c', 'd', 'e'])).toBe('a; b; c; d; e');
	expect(sentenceOf(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('a; b; c; d; e; and 2 more');
});
