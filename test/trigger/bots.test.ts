import type { IDataObject } from 'n8n-workflow';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECRET, useTrigger } from '../support/triggerFixture';

const HEADER = 'X-Webhook-Secret';

/** The `request` action that docs/trigger.md describes for bots. */
function recipe(): { dataFormat: string; content: IDataObject; headers: Record<string, string> } {
	const page = readFileSync(join(__dirname, '../../docs/trigger.md'), 'utf8');
	const [, json] = /### From a bot.*?```json\n(.*?)```/s.exec(page)!;
	return JSON.parse(json).send.request;
}

const AS_JSON = {
	dataFormat: 'json',
	content: {
		messageType: 'I',
		id: '{nm:uuid}',
		message: { text: '{nm:text}', payload: '{nm:payload}' },
		phone: '{nm:phone}',
	},
};

const fixture = useTrigger('nativeMsg', {
	events: ['inboundMessage', 'postback'],
	check: 'sharedSecret',
	headerName: HEADER,
});
const from = '12015550123';

const callFromBot = async (bot: IDataObject) => {
	const { url } = fixture.trigger;
	await fixture.trigger.activate();
	await fixture.control('POST', 'webhooks/nativemsg', {
		url,
		secret: SECRET,
		check: 'header',
		header: HEADER,
		bot,
	});
};

test('the recipe of the docs has the header that the docs name', () => {
	expect(Object.keys(recipe().headers)).toContain(HEADER);
});

describe.each([
	['recipe of the docs', () => ({ dataFormat: recipe().dataFormat, content: recipe().content })],
	['JSON', () => AS_JSON],
])('a bot that sends the %s', (_what, bot) => {
	test.each(['', ' ', 'null', 'undefined', null])(
		'starts the workflow if it writes %j for nothing',
		async (nothing) => {
			await callFromBot({ ...bot(), nothing });
			await fixture.receive({ from, text: 'Hello' });
			await fixture.receive({ from, payload: 'STOP' });
			expect(fixture.trigger.items()).toMatchObject([
				{
					event: 'inboundMessage',
					from,
					text: 'Hello',
					payload: null,
					messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
				},
				{ event: 'postback', from, text: null, payload: 'STOP', keyword: 'STOP' },
			]);
		},
	);

	test('brings what a person writes unchanged', async () => {
		const text = 'Say "hi" & 50%\n\\ {ü} 🙂 a=b';
		await callFromBot(bot());
		await fixture.receive({ from, text });
		expect(fixture.trigger.items()).toMatchObject([{ text }]);
	});
});

test('a "Yes" from someone who is not subscribed is an opt-in, as the recipe says', async () => {
	await callFromBot({ dataFormat: recipe().dataFormat, content: recipe().content });
	await fixture.receive({ from, text: 'Yes' });
	expect(fixture.trigger.items()).toMatchObject([{ keyword: 'START', raw: { subscribed: 'false' } }]);
});

test('a bot that pastes values into JSON loses a text with a quote, because n8n responds before the node runs', async () => {
	await callFromBot({ ...AS_JSON, escapes: false });
	await fixture.control('POST', 'inbound-message', { service: 'nativeMsg', from, text: 'Say "hi"' });
	await fixture.sandbox.webhooks.idle();
	const statuses = fixture.sandbox.webhooks.deliveries().map(({ status }) => status);
	expect(new Set(statuses)).toEqual(new Set([422]));
	expect(fixture.trigger.executions).toEqual([]);
});

describe('a bot that sends no ID', () => {
	const { id: _id, ...content } = AS_JSON.content;
	const bot = { dataFormat: 'json', content };
	let clock: jest.SpyInstance;
	const at = (ms: number) => clock.mockReturnValue(Date.UTC(2026, 10, 21) + ms);

	beforeEach(async () => {
		await callFromBot(bot);
		clock = jest.spyOn(Date, 'now');
		at(0);
	});
	afterEach(() => clock.mockRestore());

	test('starts the workflow for each "YES" of a person, ten minutes apart', async () => {
		for (const minutes of [0, 10, 20]) {
			at(minutes * 60_000);
			await fixture.receive({ from, text: 'YES' });
		}
		expect(fixture.trigger.items()).toHaveLength(3);
	});

	test('starts the workflow once for what arrives again within ten seconds', async () => {
		for (const ms of [0, 1, 9_999]) {
			at(ms);
			await fixture.receive({ from, text: 'YES' });
		}
		expect(fixture.trigger.items()).toHaveLength(1);
		at(10_000);
		await fixture.receive({ from, text: 'YES' });
		expect(fixture.trigger.items()).toHaveLength(2);
	});

	test('starts the workflow for each of two people who write the same text', async () => {
		await fixture.receive({ from, text: 'YES' });
		await fixture.receive({ from: '12015550124', text: 'YES' });
		expect(fixture.trigger.items()).toMatchObject([{ from }, { from: '12015550124' }]);
	});
});

test.each([
	['nativeMsg by signature', 'nativeMsg', { check: 'signature' }],
	['NativeMessage', 'nativeMessage', {}],
] as const)('a form is refused if requests are signed: %s', async (_name, service, parameters) => {
	await fixture.start({
		credential: {
			service,
			webhookSecret: SECRET,
			authentication: 'apiKey',
			apiKey: fixture.sandbox.apiKey,
			nativeMessageUrl: fixture.sandbox.ottBaseUrl,
		},
		parameters: { events: ['inboundMessage'], ...parameters },
	});
	const { trigger } = fixture;
	await trigger.activate();
	const body = 'event=mo&messageType=I&text=Hello';
	const response = await fetch(trigger.url, {
		method: 'POST',
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			'x-webhook-signature': createHmac('sha256', fixture.secret()).update(body).digest('hex'),
		},
		body,
	});
	await trigger.idle();
	expect(response.status).toBe(401);
	expect(trigger.executions).toEqual([]);
	expect(trigger.logs.join()).toContain('the signed body is not JSON');
});
