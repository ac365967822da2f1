import { NotSentError } from '../../nodes/transport/errors';
import {
	answer,
	cancelledAfter,
	clientWith,
	credentials,
	getBots,
	retryAfter,
	send,
	type Answer,
	type Setting,
} from '../support/clientFor';
import { holdSleeps, sleeping, time, useHandTime } from '../support/handSleep';

useHandTime();

describe('a rate limit of the service', () => {
	test('is waited for up to twenty times before that counts as a failure', async () => {
		const { client, sent } = await clientWith([answer(429, retryAfter('0.02'))]);
		await expect(send(client)).rejects.toMatchObject({ status: 429 });
		expect(sent).toHaveLength(20 + 4);
	});

	test('does not turn another failure into waiting', async () => {
		const headers = { 'x-ratelimit-remaining': '0', ...retryAfter('0.01') };
		const { client, sent } = await clientWith([answer(503, headers)]);
		await expect(getBots(client)).rejects.toMatchObject({ status: 503 });
		expect(sent).toHaveLength(4);
	});

	const usedUp = (seconds: string) =>
		answer(200, { 'x-ratelimit-remaining': '0', ...retryAfter(seconds) }, []);

	test.each(['30', '90'])(
		'holds the next request for %s s when it is used up, which is logged',
		async (s) => {
			const { sent, logs } = await cancelledAfter(usedUp(s), async (client) => {
				await getBots(client);
				await getBots(client);
			});
			expect(sent).toBe(1);
			expect(logs).toEqual([`NativeMsg waits ${s} s: the limit of requests for this credential is used up`]);
		},
	);

	test('fails the next request, unsent, if it lasts longer than 90 s', async () => {
		const { client, sent } = await clientWith([usedUp('100')]);
		await getBots(client);
		await expect(send(client)).rejects.toMatchObject({ status: 429 });
		expect(sent).toHaveLength(1);
	});

	test('that lasts long is reported with its end, without a request, until it is over; then one request is tried', async () => {
		time.advanceTo(Date.parse('2030-11-21T13:04:00Z'));
		const asks = answer(429, retryAfter('3600'));
		const { client, sent } = await clientWith([asks, asks, answer(200, {}, [])]);
		const message = 'nativeMsg asked for a pause until 15:04 (Europe/Berlin)';
		const description =
			'This was not sent. Until 15:04 (Europe/Berlin) nothing is sent with this credential, and each run ends with this message; then the next request is tried. Run the failed items again after that.';
		for (let count = 0; count < 3; count++) {
			await expect(send(client)).rejects.toMatchObject({ message, description, status: 429 });
		}
		expect(sent).toHaveLength(1);
		time.advanceTo(Date.parse('2030-11-21T14:04:00Z'));
		await expect(getBots(client)).rejects.toThrow('nativeMsg asked for a pause until 16:04 (Europe/Berlin)');
		await expect(getBots(client)).rejects.toThrow('nativeMsg asked for a pause until 16:04 (Europe/Berlin)');
		expect(sent).toHaveLength(2);
		time.advanceTo(Date.parse('2030-11-21T15:04:00Z'));
		expect(await getBots(client)).toEqual([]);
	});

	test('that ends on another day is reported with the date', async () => {
		time.advanceTo(Date.parse('2030-11-21T22:30:00Z'));
		const { client } = await clientWith([answer(429, retryAfter('7200'))]);
		await expect(send(client)).rejects.toMatchObject({
			message: 'nativeMsg asked for a pause until 2030-11-22 01:30 (Europe/Berlin)',
			description: expect.stringContaining('Until 2030-11-22 00:30 (Europe/Berlin) nothing is sent'),
		});
	});

	test('applies to one credential on one server', async () => {
		const { client } = await clientWith([usedUp('100')], { id: 'shared' });
		await getBots(client);
		const next = async (setting: Setting) => {
			const other = await clientWith([answer(200, {}, [])], setting);
			return await getBots(other.client);
		};
		await expect(next({ id: 'shared' })).rejects.toMatchObject({ status: 429 });
		await expect(next({ id: 'other' })).resolves.toEqual([]);
		const credential = { ...credentials, baseUrl: 'https://other.example/v1' };
		await expect(next({ id: 'shared', credential })).resolves.toEqual([]);
	});

	test('allows only as many concurrent requests as remain', async () => {
		const one = answer(200, { 'x-ratelimit-remaining': '1' }, []);
		let finish = () => {};
		const held = new Promise<Answer>((resolve) => (finish = () => resolve(one)));
		const { client, sent } = await clientWith([one, () => held, one]);
		await getBots(client);
		const both = [getBots(client), getBots(client)];
		await new Promise(setImmediate);
		expect(sent).toHaveLength(2);
		finish();
		await Promise.all(both);
		expect(sent).toHaveLength(3);
	});

	test('holds a request that waits for its turn when the limit is reached', async () => {
		const { client, sent } = await clientWith([
			answer(200, { 'x-ratelimit-remaining': '1' }, []),
			answer(429, retryAfter('100')),
		]);
		await getBots(client);
		const both = await Promise.allSettled([getBots(client), getBots(client)]);
		expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(sent).toHaveLength(2);
	});
});

test('a turn begins after the pause of the one before it, which is logged', async () => {
	const execution = new AbortController();
	const { client, logs } = await clientWith([], { signal: execution.signal });
	const giveBack = await client.takeTurn();
	giveBack(5_000);
	holdSleeps();
	const next = expect(client.takeTurn()).rejects.toThrow(new NotSentError('The execution was canceled'));
	await sleeping(1);
	execution.abort();
	await next;
	expect(logs).toEqual(['NativeMsg waits 5 s: Messages per Minute is kept']);
});

test('a canceled execution sends nothing', async () => {
	const { client, sent } = await clientWith([answer(200, {}, [])], { signal: AbortSignal.abort() });
	await expect(getBots(client)).rejects.toThrow(new NotSentError('The execution was canceled'));
	expect(sent).toEqual([]);
});

describe('a request with a check right before it', () => {
	test('makes room for the next one if the check throws', async () => {
		const one = answer(200, { 'x-ratelimit-remaining': '1' }, []);
		const { client, sent } = await clientWith([one]);
		await getBots(client);
		const { call } = client.guarded(() => {
			throw new NotSentError('Too late');
		});
		await expect(call('GET /bots')).rejects.toThrow('Too late');
		expect(await getBots(client)).toEqual([]);
		expect(sent).toHaveLength(2);
	});

	test('is not sent if the execution is canceled during the check', async () => {
		const execution = new AbortController();
		const { client, sent } = await clientWith([answer(200, {}, [])], { signal: execution.signal });
		const { call } = client.guarded(() => execution.abort());
		await expect(call('GET /bots')).rejects.toThrow(new NotSentError('The execution was canceled'));
		expect(sent).toEqual([]);
	});
});
