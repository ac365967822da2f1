import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { serveContract } from '../../sandbox/contract';
import { phones, useSandbox } from './client';

const SPEC_FILE = join(__dirname, '../../spec/nativemsg.openapi.yaml');

const { sandbox, raw, call, get, control, sendTo } = useSandbox();

describe('the simulated nativeMsg API', () => {
	it.each([
		['GET', '/channels/abc', undefined, '"channel_id" in the path must be integer.'],
		['GET', '/channels?bot_id=abc', undefined, '"bot_id" in the query must be integer.'],
		['GET', '/channels?page=2', undefined, '"page" in the query is not a known field.'],
		['GET', '/humans?filters=x', undefined, 'A parameter in the query is not valid JSON.'],
		['POST', '/messages', undefined, 'The request body is required.'],
		['POST', '/bots', { interactions: [] }, '"name" in the request body is required.'],
		[
			'PUT',
			'/humans/540',
			{ botEnabled: true, name: 'x' },
			'"name" in the request body is not a known field.',
		],
		[
			'POST',
			'/messages',
			{ text: 'Hello', targets: [{ targetType: 'humans', ids: [540, 'x'] }] },
			'"targets[0].ids[1]" in the request body must be integer.',
		],
		[
			'POST',
			'/channels/601/add_humans',
			{ humans: [{ phone: 'x12015550101' }] },
			'"humans[0].phone" in the request body must match format "phone".',
		],
	])('names the place of a violation in %s %s, body %j', async (method, path, body, description) => {
		const answer = await call(method, path, body);
		expect(answer.status).toBe(422);
		expect(answer.body.description).toContain(description);
	});

	it('names the cause of a violation once', async () => {
		const { body } = await sendTo({ targetType: 'phones', channelId: 601 });
		expect(body.description).toBe('"targets[0].phones" in the request body is required.');
	});

	it('turns its own response into a 500 and a log line if it breaks the contract', async () => {
		const paths: Record<string, Record<string, unknown>> = parse(readFileSync(SPEC_FILE, 'utf8')).paths;
		const keys = Object.entries(paths).flatMap(([path, item]) =>
			Object.keys(item)
				.filter((key) => key !== 'parameters')
				.map((method) => `${method.toUpperCase()} ${path}`),
		);
		const log = jest.fn();
		const options = {
			specFile: SPEC_FILE,
			prefix: '/v1',
			operations: Object.fromEntries(keys.map((key) => [key, () => ({ not: 'an array' })])),
			authorize: () => true,
			errorBody: (_status: number, description: string) => ({ description }),
			log,
		};
		const handle = await serveContract(options);
		const answer = await handle({ method: 'GET', path: '/v1/bots', headers: {}, body: '' });
		expect(answer.status).toBe(500);
		expect(log).toHaveBeenCalledWith(expect.stringContaining('GET /bots'));

		const { 'GET /bots': _unserved, ...rest } = options.operations;
		await expect(serveContract({ ...options, operations: rest })).rejects.toThrow('not served: GET /bots');
	});
});

describe('the errors of the simulated nativeMsg API', () => {
	it.each<Record<string, string>>([{}, { authorization: 'Bearer wrong' }, { authorization: 'test-token' }])(
		'refuse credentials %j with 401 in the documented error body',
		async (headers) => {
			const response = await fetch(`${sandbox().baseUrl}/channels`, { headers });
			expect(response.status).toBe(401);
			expect(await response.json()).toEqual({
				code: '401',
				reasonPhrase: 'Unauthorized',
				description: expect.stringContaining('token'),
				homeRef: expect.stringMatching(/^https:/),
				contactEmail: expect.stringContaining('@'),
				uri: expect.stringContaining('401'),
			});
		},
	);

	it('include 404 for unknown routes and IDs', async () => {
		expect((await call('GET', '/nothing')).status).toBe(404);
		expect((await call('PATCH', '/humans/540')).status).toBe(404);
		const answer = await call('GET', '/humans/999');
		expect(answer).toMatchObject({ status: 404, body: { description: 'Human #999 does not exist.' } });
	});

	it('include 400 for malformed JSON and for other content types', async () => {
		expect((await raw('POST', '/messages', '{"text":')).status).toBe(400);
		expect((await raw('POST', '/messages', '{"text":"x"}', { 'content-type': 'text/plain' })).status).toBe(
			400,
		);
		const spaced = await raw('POST', '/bots', '{"name":"x","interactions":[]}', {
			'content-type': 'application/json; charset=utf-8',
		});
		expect(spaced.status).toBe(200);
	});

	it('include 413 for a body over 1 MB', async () => {
		expect((await raw('POST', '/messages', JSON.stringify({ text: 'x'.repeat(1_000_000) }))).status).toBe(
			413,
		);
	});
});

describe('the sandbox control', () => {
	it('is reachable over HTTP by other processes', async () => {
		expect(await control('GET', 'health')).toEqual({ status: 200, body: { status: 'ok' } });
		expect((await control('POST', 'faults', [{ kind: 'empty' }, { kind: 'html' }])).body).toEqual({
			added: 2,
		});
		expect(await (await raw('GET', '/bots')).text()).toBe('');
		expect((await control('POST', 'faults', { kind: 'nonsense' })).status).toBe(400);
		expect((await control('GET', 'nonsense')).status).toBe(404);

		await control('POST', 'reset');
		await sendTo(phones('12015550101'));
		expect((await control('GET', 'report')).body).toEqual(sandbox().report());
	});

	it('records requests without their credentials', async () => {
		await call('POST', '/humans/540/tags/assign?x=1', { tags: ['new'] });
		const { body } = await control('GET', 'requests');
		expect(body).toEqual([
			expect.objectContaining({
				at: expect.any(Number),
				method: 'POST',
				path: '/v1/humans/540/tags/assign?x=1',
				status: 422,
				body: { tags: ['new'] },
			}),
		]);
		expect(body[0].headers.authorization).toBe('redacted');
		expect(JSON.stringify(body)).not.toContain(sandbox().token);
	});

	it('changes the timing while the sandbox runs', async () => {
		await control('PUT', 'settings', { stepMs: 0, latencyMs: 80 });
		const start = performance.now();
		await sendTo(phones('12015550101'));
		expect(performance.now() - start).toBeGreaterThanOrEqual(75);
		expect(sandbox().report().byStatus.D).toBe(1);
		expect((await control('PUT', 'settings', { stepMs: -1 })).status).toBe(400);
	});

	it('resets to the seed data, with the same IDs again', async () => {
		const untouched = await get('/humans');
		await call('PUT', '/humans/540/attributes', { plan: 'changed' });
		await call('DELETE', '/channels/601');
		const first = (await sendTo({ targetType: 'tags', ids: [4] })).body;
		sandbox().addFault({ kind: 'empty' });
		await control('PUT', 'settings', { stepMs: 0 });

		sandbox().reset();
		expect(sandbox().requests()).toEqual([]);
		expect(sandbox().report().accepted).toBe(0);
		expect(await get('/humans')).toEqual(untouched);
		expect((await sendTo({ targetType: 'tags', ids: [4] })).body).toEqual(first);
		expect(sandbox().report().byStatus.D).toBe(0);
	});
});
