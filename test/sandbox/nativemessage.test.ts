import { useOtt } from './ottClient';

const HOUR_MS = 60 * 60 * 1000;
const TO = '+12025550140';
const UNREACHABLE = '+12025550197';
const REACHED_BY_RETRY = '+12025550199';

const { sandbox, clock, control, call, post, send } = useOtt();

const order = { channel_id: 'chan_whatsapp', destination: TO, template_id: 'tmpl_order' };
const refused = (error: string) => ({ status: 400, body: { error } });

describe('the simulated NativeMessage API', () => {
	// The sandbox validates its own responses against the contract, so 200 and 201 mean that the response conforms.
	it('serves every operation with a response that conforms to the contract, 201 where that is open', async () => {
		const { body: login } = await post('/auth/login', { username: 'sandbox', password: sandbox().password });
		const { body: failed } = await send({ ...order, destination: UNREACHABLE, parameters: ['A', 'B'] });
		const answers = [
			await post('/ott/channels', { provider_id: 'prov_1', channel_type: 'viber' }),
			await post('/ott/templates', { channel_id: 'chan_viber', name: 'x', body: 'y' }),
			await call('PUT', '/ott/templates/tmpl_order', { name: 'renamed' }),
			await post(`/ott/messages/${failed.id}/retry`),
			await post('/auth/refresh', { refresh_token: login.refresh_token }),
			await call('GET', '/auth/me'),
			await post('/webhooks/subscriptions', { url: 'https://example.com/hook', events: ['dlr'] }),
			await post('/webhooks', { url: 'https://example.com/hook', events: ['mo'] }),
			await call('DELETE', '/webhooks/subscriptions/sub_1'),
		];
		expect(answers.map(({ status }) => status)).toEqual([201, 201, 200, 200, 200, 200, 201, 201, 200]);
		expect(login.user).toEqual(answers[5].body);
		expect(failed.status).toBe('failed');
	});

	it.each([
		['/ott/messages', { ...order, template_id: undefined, content: { type: 'text' } }, '"content.text"'],
		['/ott/messages', { ...order, to: TO }, '"to" in the request body is not a known field.'],
		['/ott/messages', { channel_id: 'chan_viber', to: TO, content: 'x' }, '"content" in the request body'],
		['/ott/messages', { ...order, parameters: [1] }, '"parameters[0]" in the request body must be string.'],
		['/ott/channels', { name: 'x', channel: 'sms', provider_id: 'p' }, 'whatsapp, viber, telegram'],
		['/ott/channels', {}, '"provider_id" in the request body is required.'],
		['/ott/templates', { channel_id: 'chan_viber', name: 'x', body: '' }, '"body" in the request body'],
		['/webhooks/subscriptions', { url: 'nowhere', events: ['dlr'] }, 'match format "uri"'],
	])('refuses a violation in POST %s (%j) and names its place', async (path, body, text) => {
		const answer = await post(path, body);
		expect(answer).toEqual(refused(expect.stringContaining(text)));
	});

	it('names only what is wrong with the closest shape of a body', async () => {
		expect(await send({ ...order, content: { type: 'text', text: '' } })).toEqual(
			refused('"content" in the request body is not a known field.'),
		);
		expect(await send({ channel_id: 'chan_viber', to: TO, body: 7 })).toEqual(
			refused('"body" in the request body must be string.'),
		);
		expect(await send({ channel_id: 'chan_viber' })).toEqual(
			refused('"to" in the request body is required.'),
		);
	});

	it.each([
		{ destination: '12025550140' },
		{ destination: '+1 202 555 0140' },
		{ destination: '+0123456789' },
	])("refuses %j in the service's words", async (change) => {
		expect(await send({ ...order, ...change })).toEqual(refused('invalid phone number format'));
	});

	it('responds with 404 to unknown routes, channels, templates, and messages', async () => {
		const answers = [
			await call('GET', '/nothing'),
			await send({ ...order, channel_id: 'chan_none', parameters: [] }),
			await send({ ...order, template_id: 'tmpl_none', parameters: [] }),
			await post('/ott/messages/msg_none/retry'),
			await post('/ott/templates', { channel_id: 'chan_none', name: 'x', body: 'y' }),
			await call('PUT', '/ott/templates/tmpl_none', { name: 'x' }),
		];
		expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
		expect(answers[2].body).toEqual({ error: 'template tmpl_none not found' });
	});
});

describe('simulated channels and webhooks', () => {
	it('are created from either shape, with IDs that count up', async () => {
		const config = { phone_number_id: '1' };
		const guide = await post('/ott/channels', { provider_id: 'p', channel_type: 'whatsapp', config });
		expect(guide.body).toMatchObject({ id: 'chan_1', channel: 'whatsapp', name: null, config });
		const reference = await post('/ott/channels', { provider_id: 'p', channel: 'telegram', name: 'Bot' });
		expect(reference.body).toMatchObject({ id: 'chan_2', channel: 'telegram', name: 'Bot', config: {} });
		expect((await send({ channel_id: 'chan_2', to: TO, body: 'Hello' })).status).toBe(201);
	});

	it('return a webhook subscription with its secret', async () => {
		const subscription = { url: 'https://example.com/hook', events: ['dlr', 'mo'], secret: 's' };
		const { body } = await post('/webhooks/subscriptions', subscription);
		expect(body).toMatchObject({ id: 'sub_1', status: 'active', ...subscription });
	});
});

describe('simulated templates', () => {
	const created = (channel_id: string) =>
		post('/ott/templates', { channel_id, name: 'x', body: 'Hello {{1}}', language: 'en', category: 'c' });
	const use = (channel_id: string) =>
		send({ channel_id, destination: TO, template_id: 'tmpl_1', parameters: ['Maria'] });

	it('start as pending on WhatsApp and are approved at their next use', async () => {
		expect((await created('chan_whatsapp')).body.status).toBe('pending');
		expect((await use('chan_whatsapp')).body.body).toBe('Hello Maria');
	});

	it('stay pending on WhatsApp for as long as the setting says', async () => {
		await control('PUT', 'settings', { approvalMs: HOUR_MS });
		await created('chan_whatsapp');
		expect(await use('chan_whatsapp')).toEqual(refused('template tmpl_1 is pending approval'));
		clock.advance(HOUR_MS);
		expect((await use('chan_whatsapp')).status).toBe(201);
	});

	it('need no approval on Viber and Telegram', async () => {
		await control('PUT', 'settings', { approvalMs: HOUR_MS });
		expect((await created('chan_viber')).body.status).toBe('approved');
		expect((await use('chan_viber')).status).toBe(201);
	});

	it('keep what an update omits, and are sent with the new text', async () => {
		const { body } = await call('PUT', '/ott/templates/tmpl_order', { body: 'Only {{what}}' });
		expect(body).toMatchObject({ name: 'order_confirmation', body: 'Only {{what}}', status: 'approved' });
		expect(Object.keys(body)).not.toContain('verdict');
		const sent = await send({
			channel_id: 'chan_whatsapp',
			to: TO,
			template_id: 'tmpl_order',
			variables: { what: 1 },
		});
		expect(sent.body.body).toBe('Only 1');
		expect((await call('PUT', '/ott/templates/tmpl_order', {})).status).toBe(400);
	});

	it('are refused while pending, if rejected, and on another channel', async () => {
		const answers = [];
		for (const change of [
			{ template_id: 'tmpl_pending' },
			{ template_id: 'tmpl_rejected' },
			{ channel_id: 'chan_viber' },
		]) {
			answers.push(await send({ ...order, parameters: ['A', 'B'], ...change }));
		}
		expect(answers).toEqual([
			refused('template tmpl_pending is pending approval'),
			refused('template tmpl_rejected was rejected'),
			refused('template tmpl_order does not belong to channel chan_viber'),
		]);
		expect(sandbox().report().ott.accepted).toBe(0);
	});

	it.each([
		[{ parameters: ['A'] }, 2, 1],
		[{ parameters: ['A', 'B', 'C'] }, 2, 3],
		[{}, 2, 0],
	])('are refused with %j', async (values, placeholders, given) => {
		expect(await send({ ...order, ...values })).toEqual(
			refused(`number of placeholders in the template: ${placeholders}, number of values given: ${given}`),
		);
	});

	it('take values by name, or in the order of the placeholders', async () => {
		const named = { channel_id: 'chan_whatsapp', to: TO, template_id: 'tmpl_named' };
		const text = 'Hello Maria, your order is confirmed. Total: 5';
		const byName = await send({ ...named, variables: { total: '5', name: 'Maria' } });
		expect(byName.body).toMatchObject({ template_id: 'tmpl_named', to: TO, body: text });
		const inOrder = await send({ ...order, template_id: 'tmpl_named', parameters: ['Maria', '5'] });
		expect(inOrder.body.body).toBe(text);
		expect(await send({ ...named, variables: { total: '5', nome: 'Maria' } })).toEqual(
			refused('placeholder {{name}} has no value'),
		);
	});

	it('number their placeholders regardless of their order in the text', async () => {
		await call('PUT', '/ott/templates/tmpl_order', { body: '{{2}} before {{1}}, {{ 2 }} again' });
		expect((await send({ ...order, parameters: ['a', '$&'] })).body.body).toBe('$& before a, $& again');
	});
});

describe('simulated session messages', () => {
	const text = (channel_id: string, body = 'Hello') => ({ channel_id, to: TO, body });
	const closed = refused(expect.stringContaining('session window is closed'));

	it("are accepted on WhatsApp within 24 hours of the user's last message", async () => {
		expect(await send(text('chan_whatsapp'))).toEqual(closed);
		expect((await control('PUT', 'inbound', { destination: TO })).status).toBe(200);
		expect((await send(text('chan_whatsapp'))).body).toMatchObject({ status: 'sent', template_id: null });
		expect(await send({ ...text('chan_whatsapp'), to: '+12025550141' })).toEqual(closed);
		clock.advance(24 * HOUR_MS);
		expect(await send(text('chan_whatsapp'))).toEqual(closed);
	});

	it('depend on the time of the inbound message and the length of the window', async () => {
		await control('PUT', 'inbound', { destination: TO, at: clock.now() - 2 * HOUR_MS });
		expect((await send(text('chan_whatsapp'))).status).toBe(201);
		await control('PUT', 'settings', { sessionMs: HOUR_MS });
		expect(await send(text('chan_whatsapp'))).toEqual(closed);
		expect((await control('PUT', 'inbound', { destination: '12' })).status).toBe(400);
		sandbox().reset();
		expect(await send(text('chan_whatsapp'))).toEqual(closed);
	});

	it('are always accepted on Viber and Telegram', async () => {
		expect((await send(text('chan_viber'))).status).toBe(201);
		expect((await send(text('chan_telegram'))).status).toBe(201);
	});

	it('need a text, and no template with it', async () => {
		expect((await send(text('chan_viber', ''))).status).toBe(400);
		expect(await send(text('chan_viber', ' \n'))).toEqual(refused('the text is empty'));
		const either = refused('either template_id or body is required, and not both');
		expect(await send({ channel_id: 'chan_viber', to: TO })).toEqual(either);
		expect(await send({ ...text('chan_viber'), template_id: 'tmpl_order' })).toEqual(either);
	});
});

describe('simulated failed messages', () => {
	const sendTo = async (to: string) => (await send({ channel_id: 'chan_viber', to, body: 'Hello' })).body;
	const retry = async (id: string) => (await post(`/ott/messages/${id}/retry`)).body;

	it('are sent by a retry if the number ends in 0199', async () => {
		const failed = await sendTo(REACHED_BY_RETRY);
		expect(failed).toMatchObject({
			status: 'failed',
			error_message: expect.stringContaining('reached'),
			provider_message_id: null,
		});
		expect(await retry(failed.id)).toEqual({
			...failed,
			status: 'sent',
			error_message: null,
			provider_message_id: 'provider_1',
		});
		expect(await retry(failed.id)).toEqual({ error: 'only failed messages can be retried' });
	});

	it('stay failed if the number ends in 0197', async () => {
		const failed = await sendTo(UNREACHABLE);
		expect(await retry(failed.id)).toEqual(failed);
		expect(await retry(failed.id)).toEqual(failed);
	});

	it('are the only messages that can be retried', async () => {
		const { id } = await sendTo(TO);
		expect(await post(`/ott/messages/${id}/retry`)).toEqual(refused('only failed messages can be retried'));
	});

	it('count once for each recipient in the report, however often they are retried', async () => {
		const { id } = await sendTo(UNREACHABLE);
		await retry(id);
		await sendTo(TO);
		await sendTo(TO);
		expect(sandbox().report().ott).toMatchObject({
			accepted: 3,
			recipients: { '12025550197': 1, '12025550140': 2 },
			maxPerRecipient: 2,
		});
		expect(sandbox().report().accepted).toBe(0);
	});
});
