import { smsCost } from '../../nodes/NativeMsg/message/smsCost';
import type { Form } from '../../nodes/operations/form/form';

/** The cost of a message through a channel of this type. */
function costOf(message: object, type = 'dlc') {
	const form = {
		lookedUp: new Map([[1, type]]),
		get: () => undefined,
	} as unknown as Form;
	return smsCost({ targets: [{ targetType: 'channels', ids: [1] }], ...message } as never, form);
}

const LONG = 'a'.repeat(99);

test.each<[text: string, output: object, saving: object | undefined]>([
	['Hi', { smsParts: 1, smsEncoding: 'GSM-7' }, undefined],
	[
		`’${LONG}`,
		{ smsParts: 2, smsEncoding: 'UCS-2', smsSwitchedBy: '’ (U+2019)' },
		{ characters: ['’ (U+2019)'], parts: 1 },
	],
	// A tenth of the text at most are slips; more are another alphabet.
	[
		`${'ж'.repeat(10)}${'a'.repeat(90)}`,
		{ smsParts: 2, smsEncoding: 'UCS-2', smsSwitchedBy: 'ж (U+0436)' },
		{ characters: ['ж (U+0436)'], parts: 1 },
	],
	[
		`${'ж'.repeat(11)}${'a'.repeat(89)}`,
		{ smsParts: 2, smsEncoding: 'UCS-2', smsSwitchedBy: 'ж (U+0436)' },
		undefined,
	],
	['It’s on', { smsParts: 1, smsEncoding: 'UCS-2', smsSwitchedBy: '’ (U+2019)' }, undefined],
	[
		`абвгде${LONG}`,
		{
			smsParts: 2,
			smsEncoding: 'UCS-2',
			smsSwitchedBy: 'а (U+0430), б (U+0431), в (U+0432), г (U+0433), д (U+0434)',
		},
		{ characters: ['а (U+0430)', 'б (U+0431)', 'в (U+0432)', 'г (U+0433)', 'д (U+0434)'], parts: 1 },
	],
])('the cost of the text %s is known, and what it could save', (text, output, saving) => {
	const { smsParts: parts } = output as { smsParts: number };
	for (const type of ['dlc', 'dsc']) expect(costOf({ text }, type)).toEqual({ parts, output, saving });
	// The result for the same text is kept.
	expect(costOf({ text })).toBe(costOf({ text }));
});

test.each<[message: object, type: string]>([
	[{}, 'dlc'],
	[{ text: '' }, 'dlc'],
	[{ text: null }, 'dlc'],
	...['buttons', 'carousel', 'list', 'media', 'quickReplies', 'richCard', 'title'].map(
		(other): [object, string] => [{ text: 'Hi', [other]: [] }, 'dlc'],
	),
	[{ text: 'Hi' }, 'web'],
	[{ text: 'Hi' }, 'rcs'],
])('the message %j has no known cost on %s', (message, type) => {
	expect(costOf(message, type)).toBeUndefined();
});
