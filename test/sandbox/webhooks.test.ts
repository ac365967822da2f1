import { createHmac } from 'node:crypto';
import { startSandbox } from '../../sandbox/server';
import { useOtt } from './ottClient';
import { useReceiver, type Received } from './receiver';

const SECRET = 'a-secret-of-the-subscription';
const PERSON = '+12025550140';
const RETRY_MS = 4;

const logged: string[] = [];
const { sandbox, control, call, post, send } = useOtt({
	retryMs: RETRY_MS,
	stepMs: 10,
	log: (line) => logged.push(line),
});
const receiver = useReceiver();

const hmac = (text: string | Buffer, secret = SECRET) =>
	createHmac('sha256', secret).update(text).digest('hex');
const subscribe = async (events: string[], path = '/hook', secret: string | undefined = SECRET) =>
	(await post('/webhooks/subscriptions', { url: receiver.url(path), events, secret })).body.id as string;
const write = (message: object) => control('POST', 'inbound-message', { from: PERSON, ...message });
const writeOtt = async (text: string) => {
	const { body } = await write({ service: 'nativeMessage', text });
	return body.messageId as string;
};
const idle = () => sandbox().webhooks.idle();
const attempts = () =>
	sandbox()
		.webhooks.deliveries()
		.map(({ attempt, status }) => [attempt, status]);
const until = async (holds: () => boolean) => {
	while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
};

beforeEach(() => {
	logged.length = 0;
});

describe('simulated inbound messages of NativeMessage', () => {
	it('arrive signed, in the documented shape, with their own ID', async () => {
		const id = await subscribe(['mo']);
		const messageIds = [await writeOtt('STOP')];
		await idle();
		messageIds.push(await writeOtt('Grüße 👋'));
		const sent = await send({ channel_id: 'chan_whatsapp', to: PERSON, body: 'Hello' });
		await idle();
		expect(receiver.events()).toEqual(
			messageIds.map((message_id, index) => ({
				event: 'mo',
				message_id,
				source: PERSON,
				destination: expect.stringMatching(/^\+\d+$/),
				content: ['STOP', 'Grüße 👋'][index],
				received_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
			})),
		);
		expect(new Set([...messageIds, sent.body.id]).size).toBe(3);
		for (const { headers, body } of receiver.received()) {
			expect(headers).toMatchObject({
				'content-type': 'application/json',
				'x-webhook-signature': hmac(body),
			});
		}
		expect(sandbox().webhooks.deliveries()[0]).toEqual({
			subscriptionId: id,
			event: receiver.events()[0],
			attempt: 1,
			status: 200,
			at: expect.any(Number),
		});
	});

	it('open the session window of WhatsApp, and only of WhatsApp', async () => {
		const text = { channel_id: 'chan_whatsapp', to: PERSON, body: 'Hello' };
		await write({ service: 'nativeMessage', text: 'Hi', channelId: 'chan_viber' });
		expect((await send(text)).status).toBe(400);
		await write({ service: 'nativeMessage', text: 'Hi' });
		expect((await send(text)).status).toBe(201);
	});

	it('have the button or the file as content if there is no text', async () => {
		await subscribe(['mo']);
		await write({ service: 'nativeMessage', payload: 'order:yes' });
		await idle();
		await write({ service: 'nativeMessage', media: 'https://example.com/cat.png' });
		await idle();
		expect(receiver.events().map(({ content }) => content)).toEqual([
			'order:yes',
			'https://example.com/cat.png',
		]);
	});

	it('are sent unsigned to a subscription without a secret', async () => {
		await post('/webhooks', { url: receiver.url(), events: ['mo'] });
		await writeOtt('Hi');
		await idle();
		expect(receiver.received()[0].headers).not.toHaveProperty('x-webhook-signature');
	});

	it('can be indented and signed as compact JSON', async () => {
		await control('PUT', 'settings', { signReserialised: true });
		await subscribe(['mo']);
		await writeOtt('Hi');
		await idle();
		const [{ headers, body }] = receiver.received();
		expect(headers['x-webhook-signature']).toBe(hmac(JSON.stringify(JSON.parse(body.toString()))));
		expect(headers['x-webhook-signature']).not.toBe(hmac(body));
	});

	it.each([
		[400, { service: 'nativeMessage' }, 'needs one of text, payload and media'],
		[400, { service: 'other', text: 'Hi' }, 'service'],
		[400, { service: 'nativeMsg', from: 'Maria', text: 'Hi' }, 'from: must be a phone number'],
		[404, { service: 'nativeMessage', text: 'Hi', channelId: 'chan_none' }, 'channel chan_none not found'],
		[404, { service: 'nativeMsg', text: 'Hi', channelId: 999 }, 'Channel #999 does not exist.'],
	])('are refused with %i: %j', async (status, message, error) => {
		expect(await write(message)).toEqual({ status, body: { error: expect.stringContaining(error) } });
	});
});

describe('simulated delivery reports of NativeMessage', () => {
	it('report the outcome of each message and of each retry in order', async () => {
		await subscribe(['dlr']);
		const to = (destination: string) => send({ channel_id: 'chan_viber', to: destination, body: 'Hello' });
		const delivered = (await to(PERSON)).body.id;
		const failed = (await to('+12025550199')).body.id;
		await post(`/ott/messages/${failed}/retry`);
		await idle();
		const report = { event: 'dlr', status: 'delivered', error_code: null, delivered_at: expect.any(String) };
		const failure = { status: 'failed', error_code: 2, delivered_at: null };
		const expected = [
			{ ...report, message_id: delivered, destination: PERSON },
			{ ...report, ...failure, message_id: failed, destination: '+12025550199' },
			{ ...report, message_id: failed, destination: '+12025550199' },
		];
		expect(receiver.events()).toHaveLength(3);
		expect(receiver.events()).toEqual(expect.arrayContaining(expected));
		expect(receiver.events().filter(({ message_id }) => message_id === failed)).toEqual(expected.slice(1));
	});
});

describe('simulated subscriptions', () => {
	it("receive only the events they name, each signed with the subscription's own secret", async () => {
		await subscribe(['mo'], '/inbound', 'one');
		await subscribe(['dlr', 'mo'], '/both', 'two');
		await subscribe(['message.delivered'], '/neither');
		await writeOtt('Hi');
		await idle();
		await send({ channel_id: 'chan_whatsapp', to: PERSON, body: 'Hello' });
		await idle();
		const kinds = (path: string) => receiver.events(path).map(({ event }) => event);
		expect([kinds('/inbound'), kinds('/both'), kinds('/neither')]).toEqual([['mo'], ['mo', 'dlr'], []]);
		const secrets: Record<string, string> = { '/inbound': 'one', '/both': 'two' };
		const signed = ({ path, headers, body }: Received) =>
			headers['x-webhook-signature'] === hmac(body, secrets[path]);
		expect(receiver.received().every(signed)).toBe(true);
	});

	it('receive nothing after they are deleted, retries included', async () => {
		const id = await subscribe(['mo']);
		await subscribe(['mo'], '/other');
		await control('PUT', 'settings', { retryMs: 1000 });
		receiver.answer(500, 500);
		await writeOtt('Hi');
		await until(() => attempts().filter(([, status]) => status === 500).length === 2);
		expect(await call('DELETE', `/webhooks/subscriptions/${id}`)).toEqual({ status: 200, body: {} });
		await writeOtt('Hi again');
		await idle();
		expect(receiver.events('/hook')).toHaveLength(1);
		expect(receiver.events('/other').map(({ content }) => content)).toEqual(
			expect.arrayContaining(['Hi', 'Hi', 'Hi again']),
		);
		expect((await call('DELETE', `/webhooks/subscriptions/${id}`)).status).toBe(404);
	});

	it("can be set to refuse deletion, and to exist only at the guide's path", async () => {
		await control('PUT', 'settings', { refuseDelete: true, subscriptionPath: 'webhooks' });
		const subscription = { url: receiver.url(), events: ['mo'], secret: SECRET };
		expect((await post('/webhooks/subscriptions', subscription)).status).toBe(404);
		const { status, body } = await post('/webhooks', subscription);
		expect([status, body.secret]).toEqual([201, SECRET]);
		expect((await call('DELETE', `/webhooks/subscriptions/${body.id}`)).status).toBe(405);
		await writeOtt('Hi');
		await idle();
		expect(receiver.events()).toHaveLength(1);
	});

	it('show their secret only in the response that creates them', async () => {
		await subscribe(['mo', 'dlr']);
		await control('POST', 'webhooks/nativemsg', { url: receiver.url(), secret: SECRET, check: 'header' });
		receiver.answer(500);
		await writeOtt('Hi');
		await write({ service: 'nativeMsg', text: 'Hi' });
		await idle();
		const shown = await Promise.all(
			['webhooks', 'deliveries', 'requests', 'report'].map((route) => control('GET', route)),
		);
		expect(shown[0].body.map(({ secret }: { secret: string }) => secret)).toEqual(['redacted', 'redacted']);
		expect(shown[0].body).toEqual(sandbox().webhooks.subscriptions());
		expect(shown[1].body).toHaveLength(3);
		expect(logged.length).toBeGreaterThan(3);
		expect(JSON.stringify([shown, logged])).not.toContain(SECRET);
	});
});

describe('simulated deliveries', () => {
	it('are repeated on schedule until the response is a 2xx', async () => {
		await subscribe(['mo']);
		receiver.answer(500, 'hang-up', 302, 204);
		await writeOtt('Hi');
		await idle();
		expect(attempts()).toEqual([
			[1, 500],
			[2, null],
			[3, 302],
			[4, 204],
		]);
		const [first, ...others] = receiver.received();
		const pauses = others.map(({ at }, index) => at - receiver.received()[index].at);
		[1, 5, 15].forEach((factor, index) =>
			expect(pauses[index]).toBeGreaterThanOrEqual(factor * RETRY_MS - 2),
		);
		expect(others.every(({ body }) => body.equals(first.body))).toBe(true);
	});

	it('are given up after five retries', async () => {
		await control('PUT', 'settings', { retryMs: 0.5 });
		await subscribe(['mo']);
		receiver.answer(...Array.from({ length: 10 }, () => 500));
		await writeOtt('Hi');
		await idle();
		expect(attempts().map(([attempt]) => attempt)).toEqual([1, 2, 3, 4, 5, 6]);
	});

	it('wait for earlier deliveries of the same message only', async () => {
		await subscribe(['dlr']);
		const to = (destination: string) => send({ channel_id: 'chan_viber', to: destination, body: 'Hello' });
		receiver.answer(500, 500);
		const { id } = (await to('+12025550199')).body;
		await post(`/ott/messages/${id}/retry`);
		await until(() => receiver.received().length > 0);
		const other = (await to(PERSON)).body.id;
		await idle();
		const arrived = sandbox()
			.webhooks.deliveries()
			.filter(({ status }) => status === 200)
			.map(({ event }) => event as { message_id: string; status: string });
		expect(arrived.filter(({ message_id }) => message_id === id).map(({ status }) => status)).toEqual([
			'failed',
			'delivered',
		]);
		expect(arrived.findIndex(({ message_id }) => message_id === other)).toBeLessThan(2);
	});

	it('stop with a reset, and with the sandbox', async () => {
		const own = await startSandbox({ retryMs: 60_000 });
		const request = (path: string, body: object) =>
			fetch(`${own.url}${path}`, {
				method: 'POST',
				body: JSON.stringify(body),
				headers: { authorization: `Bearer ${own.token}`, 'content-type': 'application/json' },
			});
		const start = async () => {
			await request('/api/v1/webhooks', { url: receiver.url(), events: ['mo'] });
			receiver.answer(500);
			const before = receiver.received().length;
			await request('/__sandbox/inbound-message', { service: 'nativeMessage', from: PERSON, text: 'Hi' });
			await until(() => receiver.received().length > before);
		};
		await start();
		own.reset();
		expect([own.webhooks.subscriptions(), own.webhooks.deliveries()]).toEqual([[], []]);
		await own.webhooks.idle();
		await start();
		await own.close();
		await own.webhooks.idle();
		expect(receiver.received()).toHaveLength(2);
	});

	it('never leave this machine', async () => {
		await post('/webhooks', { url: 'https://example.com/hook', events: ['mo'] });
		await writeOtt('Hi');
		await idle();
		expect(attempts()).toEqual([]);
		expect(logged).toContainEqual(expect.stringContaining('not an http address of this machine'));
	});
});
