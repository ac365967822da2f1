import { createHmac } from 'node:crypto';
import { phones, useSandbox } from './client';
import { useReceiver } from './receiver';

const SECRET = 'a-secret-of-the-webhook';

const { sandbox, clock, control, get, sendTo } = useSandbox({ retryMs: 1, stepMs: 10 });
const receiver = useReceiver();

const enter = (webhook: object) =>
	control('POST', 'webhooks/nativemsg', { url: receiver.url(), secret: SECRET, ...webhook });
const write = (message: object) =>
	control('POST', 'inbound-message', { service: 'nativeMsg', from: '+12025550142', ...message });
const idle = () => sandbox().webhooks.idle();

describe('simulated webhooks entered by hand for nativeMsg', () => {
	it('receive the record of an inbound message', async () => {
		expect((await enter({ check: 'signature' })).body).toEqual({
			id: 'hook_1',
			service: 'nativeMsg',
			url: receiver.url(),
			events: null,
			secret: 'redacted',
			check: 'signature',
			header: 'X-Webhook-Signature',
		});
		const { messageId } = (await write({ text: 'Yes', payload: 'order:yes' })).body;
		await idle();
		const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
		expect(receiver.events()).toEqual([
			{
				id: Number(messageId),
				botId: 452,
				channelId: 602,
				requestId: null,
				humandId: 543,
				sent: date,
				status: 'D',
				messageType: 'I',
				delivered: date,
				profilePic: null,
				message: { text: 'Yes', payload: 'order:yes' },
			},
		]);
		expect((await get('/humans/543')).channels[0].lastCommunication).toEqual(date);
	});

	it('receive messages from unknown people, who become humans, and on the given channel', async () => {
		await enter({ check: 'signature' });
		await write({ from: '12015550101', media: 'https://example.com/cat.png' });
		await write({ from: '12015550101', text: 'Hi', channelId: '603' });
		await idle();
		const arrived = receiver.events().map(({ humandId, channelId }) => [humandId, channelId]);
		expect(arrived).toEqual(
			expect.arrayContaining([
				[1001, 601],
				[1001, 603],
			]),
		);
		expect(await get('/humans')).toHaveLength(7);
	});

	it('receive a report when a message is delivered, is read, or fails, as the API shows it at that time', async () => {
		await enter({ check: 'signature' });
		await write({ text: 'Hi' });
		await idle();
		const { requestId } = (await sendTo(phones('12015550101', '12015550199', '12015550102'))).body;
		await idle();
		const [inbound, ...reports] = receiver.events();
		clock.advance(20);
		const delivered = await get(`/messages/requests/${requestId}`);
		clock.advance(10);
		const read = await get(`/messages/requests/${requestId}`);
		expect(reports).toHaveLength(4);
		expect(reports).toEqual(expect.arrayContaining([...delivered, read[2]]));
		expect(reports.filter(({ id }) => id === read[2].id).map(({ status }) => status)).toEqual(['D', 'R']);
		expect(new Set([inbound.id, ...reports.map(({ id }) => id)]).size).toBe(4);
	});

	// nativeMsg documents that a webhook has a secret, not what it does with it. Header, algorithm, and encoding are those of
	// NativeMessage, a guess that the sandbox shares with the trigger: this proves that they agree, not that they are right.
	it('are authenticated by a signature, as is guessed, or by the secret in any header', async () => {
		await enter({ url: receiver.url('/signed'), check: 'signature', header: 'X-Signature' });
		await enter({ url: receiver.url('/secret'), check: 'header', header: 'X-Shared-Secret' });
		await write({ text: 'Hi' });
		await idle();
		const proofs = receiver
			.received()
			.map(({ path, headers, body }) => [
				path,
				headers['x-signature'] === createHmac('sha256', SECRET).update(body).digest('hex'),
				headers['x-shared-secret'] ?? null,
			]);
		expect(proofs).toHaveLength(2);
		expect(proofs).toEqual(
			expect.arrayContaining([
				['/signed', true, null],
				['/secret', false, SECRET],
			]),
		);
	});

	describe('that a bot calls', () => {
		const content = {
			messageType: 'I',
			id: '{nm:uuid}',
			message: { text: '{nm:text}', payload: '{nm:payload}' },
			phone: '{nm:phone}',
			subscribed: '{nm:subscribed}',
		};
		const bodies = () => receiver.received().map(({ body }) => body.toString());

		it.each([
			[{}, ''],
			[{ nothing: 'null' }, 'null'],
			[{ nothing: ' ' }, ' '],
			[{ nothing: null }, '{nm:payload}'],
		])('receive the filled-in request; with %j, a missing value becomes %j', async (bot, payload) => {
			await enter({ check: 'header', bot: { content, ...bot } });
			await write({ text: 'Say "hi"\nnow' });
			await sendTo(phones('12015550101'));
			await idle();
			expect(receiver.events()).toEqual([
				{
					messageType: 'I',
					id: expect.stringMatching(/^[0-9a-f-]{36}$/),
					message: { text: 'Say "hi"\nnow', payload },
					phone: '12025550142',
					subscribed: expect.stringMatching(/^(true|false)$/),
				},
			]);
		});

		it('receive a form, encoded value by value', async () => {
			await enter({
				check: 'header',
				bot: { dataFormat: 'form', content: { messageType: 'I', text: '{nm:text}' } },
			});
			await write({ text: 'a=1&b="ü"\n' });
			await idle();
			const [{ headers, body }] = receiver.received();
			expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
			expect(Object.fromEntries(new URLSearchParams(body.toString()))).toEqual({
				messageType: 'I',
				text: 'a=1&b="ü"\n',
			});
		});

		it('receive text that is no JSON if the bot pastes values without escaping them', async () => {
			await enter({ check: 'header', bot: { content: { text: '{nm:text}' }, escapes: false } });
			await write({ text: 'Say "hi"' });
			await idle();
			expect(bodies()).toEqual(['{"text":"Say "hi""}']);
		});
	});

	it.each([
		['url: Invalid url', { check: 'header', url: 'nowhere' }],
		['header: is not the name of a header', { check: 'header', header: 'X Secret' }],
		['secret: must be printable ASCII', { check: 'header', secret: 'a b' }],
		['check: ', { check: 'none' }],
	])('are refused: %s', async (error, webhook) => {
		expect(await enter(webhook)).toEqual({ status: 400, body: { error: expect.stringContaining(error) } });
	});
});
