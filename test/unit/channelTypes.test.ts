import fc from 'fast-check';
import { channelTypeFindings } from '../../nodes/NativeMsg/bot/channelTypes';

const message = { text: 'Hi', buttons: ['1', '2', '3', '4'].map((title) => ({ type: 'postback', title })) };
const action = (...conditions: unknown[]) => ({ conditions, send: { message } });
const inFirst = (one: unknown) => [{ actions: [one] }];
const TOO_MANY = 'interactions[0].actions[0] does not fit Facebook: 4 buttons (at most 3)';

test.each<[what: string, interactions: unknown[], findings: string[]]>([
	['a channel type', inFirst(action({ channelTypes: ['fb'] })), [TOO_MANY]],
	['a channel type that is no list', inFirst(action({ channelTypes: 'fb' })), [TOO_MANY]],
	[
		'one condition that is no list',
		inFirst({ ...action(), conditions: { channelTypes: ['fb'] } }),
		[TOO_MANY],
	],
	[
		'a channel type that two conditions name',
		inFirst(action({ channelTypes: ['fb'] }, { channelTypes: ['fb'] })),
		[TOO_MANY],
	],
	['an action that is no list', [{ actions: action({ channelTypes: ['fb'] }) }], [TOO_MANY]],
	[
		'a later action',
		[{}, { actions: [{}, action({ channelTypes: ['fb'] })] }],
		[TOO_MANY.replace('[0].actions[0]', '[1].actions[1]')],
	],
	['operators between the conditions', inFirst(action({ channelTypes: ['fb'] }, { operator: 'or' }, {})), []],
	['conditions without a channel type', inFirst(action({ comparisons: [['a', 'is', 1]] })), []],
	['no conditions', inFirst({ send: { message } }), []],
	['a condition that is none', inFirst(action(null, 'fb')), []],
	['no actions, and no interaction', [{}, null, 'Hi'], []],
	[
		'actions without a message',
		[{ actions: [null, 'Hi', {}, { send: null }, { send: { message: 'Hi' } }] }],
		[],
	],
])('for %s, messages are held against the limits that apply', (_what, interactions, findings) => {
	expect(channelTypeFindings(interactions)).toEqual(findings);
});

test('the limits are checked whatever is given', () => {
	fc.assert(
		fc.property(fc.array(fc.jsonValue()), (interactions) => {
			expect(channelTypeFindings(interactions)).toEqual([]);
		}),
	);
});
