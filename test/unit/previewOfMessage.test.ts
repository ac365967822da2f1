import { operation } from '../../nodes/NativeMsg/message/preview';
import type { Form } from '../../nodes/operations/form/form';

/** What the preview says about a message to a channel of Facebook, with these options. */
function previewOf(body: object, options?: object) {
	const form = {
		lookedUp: new Map([[1, 'fb']]),
		get: (name: string) => ({ options, mediaFrom: 'url' })[name],
		readObject: () => options ?? {},
	} as unknown as Form;
	const targets = [{ targetType: 'channels', ids: [1] }];
	return operation.preview!({ body: { ...body, targets } } as never, form as never);
}

const buttons = ['1', '2', '3', '4', '5'].map((title) => ({ type: 'postback', title }));
const TOO_MANY = 'The message exceeds channel limits. Facebook: 5 buttons (at most 3)';

test("a preview shows the text, and what doesn't fit the types of the message's channels", () => {
	expect(previewOf({ text: 'Hi' })).toEqual({ problems: [], first: { text: 'Hi' }, details: undefined });
	expect(previewOf({ buttons })).toEqual({ problems: [TOO_MANY], first: { text: null }, details: undefined });
});

test('a preview reports each selected type', () => {
	const problems = ['5 buttons (at most 4)'];
	expect(previewOf({ text: 'Hi', buttons }, { checkForChannels: ['web'] })).toEqual({
		problems: [TOO_MANY],
		first: { text: 'Hi' },
		details: { channels: [{ channelType: 'web', name: 'Web Chat', problems }] },
	});
});
