import { phones, useSandbox } from './client';
import { useOtt } from './ottClient';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const KNOWN = { username: 'sandbox', password: 'test-password' };

const { sandbox, clock, control, raw, call } = useOtt({ apiKey: 'test-key', password: KNOWN.password });

const login = (body: object = KNOWN) => call('POST', '/auth/login', body, {});
const me = (headers: Record<string, string>) => call('GET', '/auth/me', undefined, headers);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('the simulated NativeMessage authentication', () => {
	it('accepts an access token or an API key', async () => {
		const answers = [await me(bearer(sandbox().token)), await me({ 'x-api-key': 'test-key' })];
		expect(answers.map(({ body }) => body.username)).toEqual(['sandbox', 'sandbox']);
	});

	it.each<Record<string, string>>([
		{},
		bearer('wrong'),
		bearer('test-key'),
		{ authorization: 'test-token' },
		{ 'x-api-key': 'wrong' },
		{ 'x-api-key': 'test-token' },
	])('refuses %j with 401', async (headers) => {
		expect(await me(headers)).toEqual({ status: 401, body: { error: expect.stringContaining('API key') } });
	});

	it.each([
		{ ...KNOWN, password: 'wrong' },
		{ ...KNOWN, username: 'somebody' },
		{ ...KNOWN, tenant_id: 'tenant_other' },
	])('refuses a login with %j', async (body) => {
		expect(await login(body)).toEqual({ status: 401, body: { error: 'invalid username or password' } });
	});

	it('accepts the access token of a login until it expires', async () => {
		const { body } = await login({ ...KNOWN, tenant_id: 'tenant_sandbox' });
		expect(body.expires_in).toBe(900);
		expect((await me(bearer(body.access_token))).status).toBe(200);
		expect((await me(bearer(body.refresh_token))).status).toBe(401);
		clock.advance(15 * MINUTE_MS);
		expect((await me(bearer(body.access_token))).status).toBe(401);
		expect((await me(bearer(sandbox().token))).status).toBe(200);
	});

	it('issues access tokens that live as long as the setting says', async () => {
		await control('PUT', 'settings', { accessTokenMs: 2500 });
		const { body } = await login();
		expect(body.expires_in).toBe(2);
		clock.advance(2500);
		expect((await me(bearer(body.access_token))).status).toBe(401);
	});

	it('renews a token with the refresh token in the body or in the header, for 7 days', async () => {
		const { refresh_token } = (await login()).body;
		clock.advance(6 * DAY_MS);
		const inBody = await call('POST', '/auth/refresh', { refresh_token }, bearer('expired'));
		const inHeader = await call('POST', '/auth/refresh', undefined, bearer(refresh_token));
		for (const { body } of [inBody, inHeader]) {
			expect(body).toEqual({ access_token: expect.any(String), refresh_token });
			expect((await me(bearer(body.access_token))).status).toBe(200);
		}
		expect(inBody.body.access_token).not.toBe(inHeader.body.access_token);

		const wrong = [
			await call('POST', '/auth/refresh', { refresh_token: inBody.body.access_token }, {}),
			await call('POST', '/auth/refresh', undefined, {}),
		];
		expect(wrong.map(({ status }) => status)).toEqual([401, 401]);
		clock.advance(7 * DAY_MS);
		expect((await call('POST', '/auth/refresh', { refresh_token }, {})).status).toBe(401);
	});

	it('forgets its tokens on reset', async () => {
		const { access_token } = (await login()).body;
		sandbox().reset();
		expect((await me(bearer(access_token))).status).toBe(401);
	});

	it('leaves no secret in the recorded requests', async () => {
		const { body } = await login();
		await call('POST', '/auth/refresh', { refresh_token: body.refresh_token }, {});
		await me({ 'x-api-key': 'test-key' });
		await me(bearer(body.access_token));
		const recorded = JSON.stringify(sandbox().requests());
		for (const secret of [KNOWN.password, 'test-key', body.access_token, body.refresh_token]) {
			expect(recorded).not.toContain(secret);
		}
		expect(sandbox().requests()[0].body).toEqual({ username: 'sandbox', password: 'redacted' });
	});
});

describe('the simulated rate limit', () => {
	const status = async () => (await raw('GET', '/auth/me')).status;
	const limits = ({ headers }: Response) =>
		['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`x-ratelimit-${name}`)));

	it('is stated in every response', async () => {
		const answers = [
			await raw('GET', '/auth/me'),
			await raw('GET', '/auth/me', undefined, {}),
			await raw('POST', '/auth/login', KNOWN),
			await raw('POST', '/ott/messages', {}),
			await raw('GET', '/nothing'),
		];
		expect(answers.map((answer) => answer.status)).toEqual([200, 401, 200, 400, 404]);
		expect(answers.map((answer) => limits(answer).slice(0, 2))).toEqual([
			[200, 199],
			[200, 198],
			[200, 197],
			[200, 196],
			[200, 195],
		]);
		const end = Math.ceil((clock.now() + MINUTE_MS) / 1000);
		expect(answers.map((answer) => limits(answer)[2])).toEqual([end, end, end, end, end]);
		expect(Date.parse(answers[0].headers.get('date')!)).toBe(Math.floor(clock.now() / 1000) * 1000);
	});

	it('refuses further requests until the window ends, without processing them', async () => {
		await control('PUT', 'settings', { rateLimit: 2 });
		const message = { channel_id: 'chan_viber', to: '+12025550140', body: 'Hello' };
		const sent = [];
		for (let i = 0; i < 4; i++) sent.push(await call('POST', '/ott/messages', message));
		expect(sent.map((answer) => answer.status)).toEqual([201, 201, 429, 429]);
		expect(sent[2].body).toEqual({ error: 'rate limit exceeded' });
		const refused = await raw('GET', '/auth/me');
		expect(limits(refused).slice(0, 2)).toEqual([2, 0]);
		expect(sandbox().report().ott).toEqual({
			requests: 5,
			limited: 3,
			maxPerWindow: 5,
			accepted: 2,
			recipients: { '12025550140': 2 },
			maxPerRecipient: 2,
		});

		clock.advance(limits(refused)[2] * 1000 - clock.now());
		expect(await status()).toBe(200);
		expect(sandbox().report().ott).toMatchObject({ requests: 6, limited: 3, maxPerWindow: 5 });
	});

	it('has windows as short as the setting says', async () => {
		await control('PUT', 'settings', { rateLimit: 1, rateWindowMs: 150 });
		expect([await status(), await status()]).toEqual([200, 429]);
		clock.advance(149);
		expect(await status()).toBe(429);
		clock.advance(1);
		expect([await status(), await status()]).toEqual([200, 429]);
		expect(sandbox().report().ott.maxPerWindow).toBe(3);
	});

	it('starts afresh on reset, with the first settings', async () => {
		await control('PUT', 'settings', { rateLimit: 1 });
		await status();
		expect(await status()).toBe(429);
		sandbox().reset();
		expect(limits(await raw('GET', '/auth/me')).slice(0, 2)).toEqual([200, 199]);
		expect(sandbox().report().ott.requests).toBe(1);
	});

	it('refuses settings that make no sense', async () => {
		for (const change of [{ rateLimit: 0 }, { rateWindowMs: -1 }, { accessTokenMs: '1' }, { other: 1 }]) {
			expect((await control('PUT', 'settings', change)).status).toBe(400);
		}
	});
});

describe('the NativeMessage API next to the nativeMsg API', () => {
	const nativeMsg = useSandbox();

	it('has its own rate limit, which does not count nativeMsg requests', async () => {
		const response = await nativeMsg.raw('GET', '/bots');
		expect(response.headers.get('x-ratelimit-limit')).toBeNull();
		await nativeMsg.sendTo(phones('12025550140'));
		expect(nativeMsg.sandbox().report()).toMatchObject({ accepted: 1, ott: { requests: 0, accepted: 0 } });
	});

	it('is hit by faults that match the path after its own prefix', async () => {
		sandbox().addFault({ kind: 'status', status: 503, match: { path: '^/ott/channels$' } });
		sandbox().addFault({ kind: 'status', status: 429, headers: { 'Retry-After': '3' } });
		const limited = await raw('GET', '/auth/me');
		expect(limited.headers.get('retry-after')).toBe('3');
		expect(await limited.json()).toEqual({ error: 'rate limit exceeded' });
		const failed = await call('POST', '/ott/channels', { provider_id: 'p', channel_type: 'viber' });
		expect(failed).toEqual({ status: 503, body: { error: 'service unavailable' } });
		sandbox().addFault({ kind: 'reset-after', match: { path: '/ott/messages' } });
		const message = { channel_id: 'chan_viber', to: '+12025550140', body: 'Hello' };
		await expect(call('POST', '/ott/messages', message)).rejects.toThrow();
		expect(sandbox().report().ott.accepted).toBe(1);
	});
});
