import type { FormReader } from '../../nodes/operations/form/formReader';
import { formOf } from '../../nodes/operations/form/form';
import { operation } from '../../nodes/NativeMsg/message/send';

/** The body that Send makes of a form with these values, whose item has a picture named data. */
function bodyOf(values: Record<string, unknown>): object {
	const all: Record<string, unknown> = {
		targetType: 'phones',
		phones: '+12015550101',
		channelId: '601',
		...values,
	};
	const reader: FormReader = { timezone: 'UTC', get: (name) => all[name] };
	const file = {
		mimeType: 'image/png',
		link: (hours: number) => `https://n8n.example.com/file?hours=${hours}`,
	};
	const settings = {
		payloadFormat: 'infobip' as never,
		lookedUp: undefined,
		link: () => '',
		files: { get: () => file },
	};
	const form = formOf(reader, operation as never, settings, 0);
	const { body } = operation.request!(form as never) as { body: { targets: object[] } };
	return body;
}

const target = { targetType: 'phones', phones: ['+12015550101'], channelId: 601 };
const PNG = 'https://example.com/a.png';
const button = { type: 'postback', title: 'Yes', payload: 'yes' };
const buttons = { button: [button] };

test.each<[what: string, values: Record<string, unknown>, content: object]>([
	['a text', { messageType: 'text', text: 'Hi' }, { text: 'Hi' }],
	['media', { messageType: 'media', mediaFrom: 'url', media: PNG }, { media: PNG, mediaType: 'image' }],
	[
		'a file of the item',
		{ messageType: 'media', mediaFrom: 'binary', mediaFile: 'data', options: { fileLifetime: 3 } },
		{ media: 'https://n8n.example.com/file?hours=3', mediaType: 'image' },
	],
	['buttons', { messageType: 'buttons', text: 'Hi', buttons }, { text: 'Hi', buttons: [button] }],
	[
		'no text but media',
		{ messageType: 'buttons', buttons, additionalFields: { media: PNG } },
		{ media: PNG, mediaType: 'image', buttons: [button] },
	],
	[
		'a card without media',
		{ messageType: 'richCard', title: 'Sale', mediaType: 'image', media: '' },
		{ title: 'Sale' },
	],
])('a message with %s is sent as the API has it', (_what, values, content) => {
	expect(bodyOf(values)).toEqual({ targets: [target], ...content });
});

test.each<[values: Record<string, unknown>, problem: string]>([
	[{ messageType: 'text', text: ' ' }, 'Text is required, but nothing was given'],
	[{ messageType: 'buttons', text: 'Hi' }, 'Buttons is required, but nothing was given'],
	[{ messageType: 'buttons', buttons }, 'Text or Media URL is required, but nothing was given'],
	[{ messageType: 'quickReplies', text: 'Hi' }, 'Quick Replies is required, but nothing was given'],
	[{ messageType: 'list' }, 'List is required, but nothing was given'],
	[{ messageType: 'carousel' }, 'Carousel is required, but nothing was given'],
	[{ messageType: 'richCard', text: 'Hi' }, 'Title or Media URL is required, but nothing was given'],
	[{ messageType: 'json' }, 'Message (JSON) is required, but nothing was given'],
	[
		{ messageType: 'json', messageJson: { targets: [target], buttons: [button] } },
		'Message (JSON) needs content such as text or media, but none was given',
	],
])('%j is refused: %s', (values, problem) => expect(() => bodyOf(values)).toThrow(problem));

test('more recipients follow the main ones, with the same choice of subscribers', () => {
	const additionalFields = { targets: JSON.stringify([{ targetType: 'humans', ids: [540] }]) };
	const text = { messageType: 'text', text: 'Hi' };
	expect(bodyOf({ ...text, additionalFields })).toMatchObject({
		targets: [target, { targetType: 'humans', ids: [540] }],
	});
	expect(bodyOf({ ...text, additionalFields: { ...additionalFields, subscription: true } })).toMatchObject({
		targets: [
			{ ...target, subscription: true },
			{ targetType: 'humans', ids: [540], subscription: true },
		],
	});
});

test('a message in JSON is sent as it is', () => {
	const card = { title: 'Sale' };
	for (const content of [
		{ text: 'Hi' },
		{ media: PNG },
		card,
		{ carousel: [card, card] },
		{ list: [card, card] },
		{ richCard: {} },
	]) {
		const body = { ...content, targets: [target] };
		expect(bodyOf({ messageType: 'json', messageJson: JSON.stringify(body) })).toEqual(body);
	}
});
