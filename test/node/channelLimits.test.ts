import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { parse } from 'yaml';
import { CHANNEL_LIMITS } from '../../nodes/NativeMsg/message/channelLimits';
import { useFixture } from '../support/fixture';

const fixture = useFixture();

const { Button, QuickReply, MessageCreate, ChannelTypeName } = parse(
	readFileSync(join(__dirname, '../../spec/nativemsg.openapi.yaml'), 'utf8'),
).components.schemas;

test.each([
	['buttons', Button],
	['quickReplies', QuickReply],
] as const)('the limits of %s are those of the contract', (part, schema) => {
	const documented = Object.entries(
		schema['x-channel-limits'] as Record<string, { maxCount: number; titleMaxLength: number }>,
	).map(([type, { maxCount, titleMaxLength }]) => [type, { count: maxCount, title: titleMaxLength }]);
	const checked = Object.entries(CHANNEL_LIMITS).flatMap(([type, limits]) =>
		limits[part] ? [[type, limits[part]]] : [],
	);
	expect(Object.fromEntries(checked)).toEqual(Object.fromEntries(documented));
});

test.each(['text', 'media', 'quickReplies'] as const)(
	'the part %s is unsupported exactly where the contract does not list the channel type',
	(part) => {
		const supported = MessageCreate.properties[part]['x-supported-channels'] as string[];
		for (const [type, { unsupported }] of Object.entries(CHANNEL_LIMITS)) {
			expect([type, unsupported.includes(part)]).toEqual([type, !supported.includes(type)]);
		}
	},
);

test('the files that a channel type takes are those of the contract', () => {
	const limits = MessageCreate.properties.media['x-channel-limits'] as Record<
		string,
		{ messageSize: string; mimeTypes: string[] }
	>;
	const documented = Object.entries(limits).map(([type, { messageSize, mimeTypes }]) => {
		const below = Number(/^under (\d+) MB$/.exec(messageSize)![1]) * 1_000_000;
		return [type, { mimeTypes: mimeTypes.map((name) => name.toLowerCase()), below }];
	});
	const checked = Object.entries(CHANNEL_LIMITS).flatMap(([type, { files }]) =>
		files ? [[type, files]] : [],
	);
	expect(Object.fromEntries(checked)).toEqual(Object.fromEntries(documented));
});

test('all types that can be selected are types of the contract', () => {
	const documented = ChannelTypeName['x-documented-values'] as Array<{ value: string }>;
	const values = documented.map(({ value }) => value);
	expect(values).toEqual(expect.arrayContaining(Object.keys(CHANNEL_LIMITS)));
});

const button = (title: string) => ({ type: 'postback', title, payload: 'x' });

async function send(body: object, checkForChannels: string[]) {
	const parameters: INodeParameters = {
		resource: 'message',
		operation: 'send',
		messageType: 'json',
		messageJson: JSON.stringify({ targets: [{ targetType: 'humans', ids: [540] }], ...body }),
		options: { checkForChannels },
	};
	const { error } = await fixture.engine.run({ parameters });
	return { message: error?.message, sent: fixture.sandbox.requests().length };
}

test.each<[string, object, string[], string]>([
	[
		'too many buttons with too long titles',
		{ text: 'Hi', buttons: ['x'.repeat(21), 'b', 'c', 'd'].map(button) },
		['fb'],
		'Facebook: 4 buttons (at most 3), the title of button 1 has 21 characters (at most 20)',
	],
	[
		'what several types do not allow',
		{ text: 'Hi', quickReplies: [{ type: 'text', title: 'y'.repeat(30), payload: 'y' }] },
		['fb', 'dlc', 'web', 'rcs'],
		'Facebook: the title of quick reply 1 has 30 characters (at most 20); Long Code SMS/MMS: no quick replies; RCS: the title of quick reply 1 has 30 characters (at most 25)',
	],
	[
		'media and buttons that RCS does not take',
		{ media: 'https://example.com/a.mp3', mediaType: 'audio', buttons: [button('A')] },
		['rcs'],
		'RCS: no audio (only image or video), buttons only with Rich Card or in a carousel',
	],
	[
		'too long titles of buttons inside cards',
		{
			carousel: [
				{ title: 'One', buttons: ['fits', 'x'.repeat(26)].map(button) },
				{ title: 'Two' },
				{ title: 'Three', buttons: [button('y'.repeat(37))] },
			],
		},
		['rcs', 'web'],
		'RCS: the title of button 2 of card 1 has 26 characters (at most 25), the title of button 1 of card 3 has 37 characters (at most 25); Web Chat: the title of button 1 of card 3 has 37 characters (at most 36)',
	],
	[
		'too long titles of buttons inside list entries, and beside them',
		{
			list: [{ title: 'One' }, { title: 'Two', button: button('x'.repeat(21)) }],
			buttons: [button('y'.repeat(21))],
		},
		['fb', 'twr'],
		'Facebook: the title of button 1 has 21 characters (at most 20), the title of button 1 of entry 2 has 21 characters (at most 20)',
	],
])('a message is refused for %s', async (_name, body, types, problems) => {
	const { message, sent } = await send(body, types);
	const sorted = (text: string) => text.split('; ').sort();
	expect(message).toMatch(/^The message exceeds channel limits\. .* \[item 0\]$/);
	const found = message!.replace('The message exceeds channel limits. ', '').replace(' [item 0]', '');
	expect(sorted(found)).toEqual(sorted(problems));
	expect(sent).toBe(0);
});

test('a message that just fits is sent, and nothing is checked without channel types', async () => {
	const fits = { text: 'Hi', buttons: ['x'.repeat(20), 'b', 'c'].map(button) };
	expect(await send(fits, ['fb', 'twr', 'web'])).toEqual({ message: undefined, sent: 1 });
	const inner = {
		carousel: [{ title: 'One', buttons: ['x'.repeat(20), 'b', 'c'].map(button) }],
		list: [{ title: 'One', button: button('x'.repeat(20)) }, { title: 'Two' }],
	};
	expect(await send(inner, ['fb', 'rcs', 'twr', 'web', 'dlc'])).toEqual({ message: undefined, sent: 2 });
	const misfit = { text: 'Hi', quickReplies: [{ type: 'text', title: 'y'.repeat(30), payload: 'y' }] };
	expect(await send(misfit, [])).toEqual({ message: undefined, sent: 3 });
});
