import { askingContent, lookUpTypes } from '../../nodes/NativeMsg/message/askingContent';
import type { LookUpRun } from '../../nodes/operations/defineOperation';
import type { Form } from '../../nodes/operations/form/form';
import type { Question } from '../../nodes/operations/wait/question';
import { NotSentError } from '../../nodes/transport/errors';

/** The message that asks for one of these choices on a channel of this type. */
function ask(choices: string[], type: string | undefined, options: object = {}) {
	const form = {
		lookedUp: new Map(type === undefined ? [] : [['601', type]]),
		get: () => '601',
		read: () => 'Now?',
		readObject: () => options,
		link: (choice?: number) => `link ${choice ?? 'to the page'}`,
		refuse: (message: string) => {
			throw new NotSentError(message);
		},
	};
	return askingContent(form as unknown as Form, { title: 'Please', choices } as Question);
}

const page = { type: 'weburl', title: 'Reply', payload: 'link to the page' };
const chat = (...titles: string[]) =>
	titles.map((title, position) => ({ type: 'postback', title, payload: `link ${position}` }));
const inChat = { answerInChat: true };
const withLink = { text: 'Now?\n\nReply here: link to the page' };
const LONG = 'x'.repeat(20);

test.each<[what: string, content: object, expected: object]>([
	['an unknown channel', ask(['Yes'], undefined, inChat), withLink],
	['a channel without buttons', ask(['Yes'], 'dlc', inChat), withLink],
	[
		'the wish for a link',
		ask(['Yes'], 'fb', { ...inChat, sendAs: 'link', linkLine: 'Go:' }),
		{ text: 'Now?\n\nGo: link to the page' },
	],
	['Facebook', ask(['Yes'], 'fb'), { text: 'Now?', buttons: [page] }],
	['Facebook with one choice', ask([LONG], 'fb', inChat), { text: 'Now?', buttons: [...chat(LONG), page] }],
	['Facebook with two', ask(['A', 'B'], 'fb', inChat), { text: 'Now?', buttons: [...chat('A', 'B'), page] }],
	[
		'Facebook with as many as buttons',
		ask(['A', 'B', 'C'], 'fb', inChat),
		{ text: 'Now?', buttons: [page], quickReplies: chat('A', 'B', 'C') },
	],
	[
		'Facebook with a choice that is too long',
		ask(['A', `${LONG}x`], 'fb', inChat),
		{ text: 'Now?', buttons: [page] },
	],
	['Facebook without choices', ask([], 'fb', inChat), { text: 'Now?', buttons: [page] }],
	[
		'Facebook with eleven',
		ask([...'abcdefghijk'], 'fb', inChat),
		{ text: 'Now?', buttons: [page], quickReplies: chat(...'abcdefghijk') },
	],
	['Facebook with twelve', ask([...'abcdefghijkl'], 'fb', inChat), { text: 'Now?', buttons: [page] }],
	['web chat', ask(['A'], 'web', inChat), { text: 'Now?', buttons: [...chat('A'), page] }],
	[
		'buttons for any channel',
		ask(['A'], undefined, { ...inChat, sendAs: 'buttons', buttonLabel: LONG }),
		{ text: 'Now?', buttons: [...chat('A'), { ...page, title: LONG }] },
	],
	[
		'RCS',
		ask(['A'], 'rcs', inChat),
		{ title: 'Please', text: 'Now?', richCard: {}, buttons: [...chat('A'), page] },
	],
	[
		'a card for any channel',
		ask(['A'], 'fb', { sendAs: 'richCard' }),
		{ title: 'Please', text: 'Now?', richCard: {}, buttons: [page] },
	],
])('a question arrives for %s as documented', (_what, content, expected) => {
	expect(content).toEqual(expected);
});

test('a label that the channel would cut is refused', () => {
	expect(() => ask([], 'fb', { buttonLabel: `${LONG}x` })).toThrow(
		'Button Label can have at most 20 characters on Facebook, but 21 were given',
	);
});

test.each<[options: object, targetType: string, isLookedUp: boolean]>([
	[{}, 'phones', true],
	[{ sendAs: 'automatic' }, 'phones', true],
	[{ sendAs: 'link' }, 'phones', false],
	[{}, 'humans', false],
])('with the options %j for %s, the channels are looked up: %s', async (options, targetType, isLookedUp) => {
	const call = jest.fn(() => Promise.resolve([{ id: 601, channelType: 'fb' }]));
	const run = { client: { call }, options, get: () => targetType } as unknown as LookUpRun;
	expect([...(await lookUpTypes(run))]).toEqual(isLookedUp ? [['601', 'fb']] : []);
	expect(call).toHaveBeenCalledTimes(isLookedUp ? 1 : 0);
});
