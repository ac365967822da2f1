import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { useFixture } from '../support/fixture';
import { button, send, sendText, VALUE } from './refusals/refusal';

const fixture = useFixture();

/** What the API gets for a form, with a value for its field. */
async function sent(parameters: INodeParameters, value: unknown = null) {
	const { engine, sandbox } = fixture;
	sandbox.reset();
	const { error } = await engine.run({ parameters, items: [{ value } as IDataObject] });
	expect(error).toBeUndefined();
	const [{ path, body }] = sandbox.requests();
	return { path, body: body as Record<string, unknown> };
}

const interactions = [{ name: 'Greeting', actions: [{ send: { message: { text: 'Hi' } } }] }];
const update = {
	resource: 'bot',
	operation: 'update',
	botId: '451',
	specifyInteractions: 'usingJson',
	interactions: VALUE,
};
const create = {
	resource: 'bot',
	operation: 'create',
	name: 'New',
	specifyInteractions: 'usingJson',
	interactions: VALUE,
};

describe('a bot that is pasted as a whole', () => {
	const bot = { id: 451, name: 'Old', interactions };

	it.each<[string, unknown]>([
		['as Get returns it', bot],
		['as JSON text', JSON.stringify(bot)],
		['as n8n copies the output of a node', JSON.stringify([bot])],
		['as its list of interactions', interactions],
	])('gives its interactions, %s', async (_how, value) => {
		expect((await sent(update, value)).body).toEqual({ interactions });
		expect((await sent(create, value)).body).toEqual({ name: 'New', interactions });
	});
});

describe('JSON', () => {
	const json = { ...send('json', {}), messageJson: VALUE };
	const message = { text: 'Hello', targets: [{ targetType: 'humans', ids: [540] }] };
	const text = JSON.stringify(message, null, 2);

	it.each([
		['behind a byte order mark', `\ufeff${text}`],
		['in a code fence', `\`\`\`json\n${text}\n\`\`\``],
		['in a code fence without a language', `\`\`\`\n${text}\n\`\`\`\n`],
	])('is read %s', async (_where, value) => {
		expect((await sent(json, value)).body).toEqual(message);
	});

	it('may have a postback button that runs an interaction and sends no payload', async () => {
		const buttons = [{ type: 'postback', title: 'Menu', execute: 'Show menu' }];
		expect((await sent(json, { ...message, buttons })).body).toMatchObject({ buttons });
	});

	it('says where it breaks off, and how values are inserted', async () => {
		const broken = '{\n  "text": "Say "hi"",\n  "targets": []\n}';
		const { error } = await fixture.engine.run({ parameters: json, items: [{ value: broken }] });
		expect(error?.message).toMatch(
			/^Message \(JSON\) must be valid JSON, but .* \(line 2, character 17, at hi"",\)/,
		);
		expect(error?.description).toContain('{{ JSON.stringify($json.name) }}');
	});
});

it('a postback button needs no payload if it runs an interaction', async () => {
	const { body } = await sent(button({ type: 'postback', title: 'Menu', execute: VALUE }), 'Show menu');
	expect(body.buttons).toEqual([{ type: 'postback', title: 'Menu', execute: 'Show menu' }]);
});

it.each([
	['https://example.com/a.png', 'image'],
	['https://example.com/Clip.MP4?size=2', 'video'],
	['https://example.com/song.mp3#t=5', 'audio'],
	['https://example.com/terms.v2.pdf', 'file'],
])('the media type follows from the extension in %s: %s', async (media, mediaType) => {
	expect((await sent(send('media', { media: VALUE }), media)).body).toMatchObject({ media, mediaType });
});

it('a chosen media type takes precedence over the extension in the URL', async () => {
	const { body } = await sent(
		send('media', { media: VALUE, mediaType: 'file' }),
		'https://example.com/a.png',
	);
	expect(body.mediaType).toBe('file');
});

it.each([
	[' https://example.com/my file.pdf ', 'https://example.com/my%20file.pdf'],
	['\u200bhttps://example.com/a.pdf\u202c', 'https://example.com/a.pdf'],
	[
		'https://example.com/r.pdf?u=https://other.example/',
		'https://example.com/r.pdf?u=https://other.example/',
	],
])('the address %j is sent as %s', async (value, media) => {
	expect((await sent(send('media', { media: VALUE, mediaType: 'file' }), value)).body.media).toBe(media);
});

it('the address of a button may be an attribute, which nativeMsg fills in', async () => {
	const { body } = await sent(button({ type: 'weburl', title: 'Track', payload: VALUE }), '{item.url}');
	expect(body.buttons).toEqual([{ type: 'weburl', title: 'Track', payload: '{item.url}' }]);
});

it.each([' 540 ', '\u200e540', '540\n'])('the ID %j is read without invisible characters', async (value) => {
	const human = { resource: 'human', operation: 'get', humanId: VALUE };
	expect((await sent(human, value)).path).toBe('/v1/humans/540');
});

it('a tag may be named [VIP]', async () => {
	const tags = { resource: 'human', operation: 'assignTags', humanId: '540', tagsBy: 'names', tags: VALUE };
	expect((await sent(tags, '[VIP], new')).body).toEqual({ tags: ['[VIP]', 'new'] });
	expect((await sent(tags, '["[VIP]"]')).body).toEqual({ tags: ['[VIP]'] });
});

it.each<[unknown, boolean]>([
	['TRUE', true],
	['True', true],
	[' false ', false],
	[1, true],
	['0', false],
	['Yes', true],
	['no', false],
	['\u200btrue', true],
])('the boolean %j is read as %p', async (value, botEnabled) => {
	const human = { resource: 'human', operation: 'update', humanId: '540', botEnabled: VALUE };
	expect((await sent(human, value)).body).toEqual({ botEnabled });
});

it('Return All can be turned on by a text', async () => {
	const { engine, sandbox } = fixture;
	sandbox.reset();
	const parameters = { resource: 'human', operation: 'getMany', returnAll: VALUE, limit: 1 };
	const { success } = await engine.run({ parameters, items: [{ value: 'true' }, { value: 'FALSE' }] });
	const [all, some] = [0, 1].map((item) =>
		success.filter(({ pairedItem }) => (pairedItem as { item: number }).item === item),
	);
	expect(all.length).toBeGreaterThan(1);
	expect(some).toHaveLength(1);
});

it('an emptied text of an update clears the stored one, with any kind of blank in it', async () => {
	const channel = {
		...{ resource: 'channel', operation: 'update', channelId: '601' },
		updateFields: { name: 'Support', description: VALUE },
	};
	for (const value of ['', ' ', '\u00a0']) expect((await sent(channel, value)).body.description).toBe('');
});

it('a blank title of a message is not sent', async () => {
	const { body } = await sent(sendText({ additionalFields: { title: VALUE } }), ' \u200b');
	expect(body).not.toHaveProperty('title');
});
