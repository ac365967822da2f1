import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { serveContract } from '../../sandbox/contract';
import { startSandbox, type Sandbox } from '../../sandbox/server';

const SPEC_FILE = join(__dirname, '../../spec/nativemsg.openapi.yaml');
const STEP_MS = 1000;

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ token: 'test-token', stepMs: STEP_MS });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());
afterEach(() => jest.restoreAllMocks());

/** Sends as it is: `body` is text. */
function raw(
	method: string,
	path: string,
	body?: string,
	headers: Record<string, string> = {},
): Promise<Response> {
	const auth = { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json' };
	return fetch(`${sandbox.baseUrl}${path}`, { method, body, headers: { ...auth, ...headers } });
}

async function call(method: string, path: string, body?: unknown) {
	const response = await raw(method, path, body === undefined ? undefined : JSON.stringify(body));
	return { status: response.status, body: await response.json() };
}

async function control(method: string, route: string, body?: unknown) {
	const text = body === undefined ? undefined : JSON.stringify(body);
	const response = await fetch(`${sandbox.url}/__sandbox/${route}`, { method, body: text });
	return { status: response.status, body: await response.json() };
}

const get = async (path: string) => (await call('GET', path)).body;

function sendTo(...targets: unknown[]) {
	return call('POST', '/messages', { text: 'Hello', targets });
}

async function recipientsOf(...targets: unknown[]): Promise<number[]> {
	const { requestId } = (await sendTo(...targets)).body;
	return (await get(`/messages/requests/${requestId}`)).map(
		(record: { humandId: number }) => record.humandId,
	);
}

function search(...filters: unknown[]) {
	return get(`/humans?filters=${encodeURIComponent(JSON.stringify(filters))}`);
}

const ids = (rows: Array<{ id: number }>) => rows.map(({ id }) => id);
const phones = (...numbers: string[]) => ({ targetType: 'phones', phones: numbers, channelId: 601 });

describe('contract', () => {
	const requests: Array<[string, string, unknown?]> = [
		['GET', '/channels/types'],
		['GET', '/channels'],
		['POST', '/channels', { channelType: 'rcs', botId: 451, name: 'New' }],
		['GET', '/channels/551'],
		['PUT', '/channels/551', { name: 'Renamed' }],
		['DELETE', '/channels/603'],
		['POST', '/channels/551/subscribe', { humanIds: [540] }],
		['POST', '/channels/551/unsubscribe', { humanIds: [540] }],
		['GET', '/channels/551/subscription'],
		['POST', '/channels/601/add_humans', { humans: [{ phone: '12015550101' }] }],
		['GET', '/manage/rcs/capability/%2B12015550101'],
		['GET', '/manage/rcs/capability/602/%2B12015550101'],
		['GET', '/manage/messaging/capability/12015550101'],
		['GET', '/bots'],
		['POST', '/bots', { name: 'New', interactions: [] }],
		['GET', '/bots/451'],
		['PUT', '/bots/451', { interactions: [] }],
		['DELETE', '/bots/452'],
		['GET', '/bots/451/revisions'],
		['PUT', '/bots/451/revisions', { restore: 1 }],
		['GET', '/bots/451/revisions/1'],
		['GET', '/humans'],
		['GET', '/humans/540'],
		['PUT', '/humans/540', { botEnabled: false }],
		['GET', '/humans/540/tags'],
		['POST', '/humans/540/tags/assign', { tags: ['new'] }],
		['POST', '/humans/540/tags/unassign', { tagIds: [4] }],
		['GET', '/humans/540/subscription'],
		['POST', '/humans/540/subscription'],
		['DELETE', '/humans/540/subscription'],
		['PUT', '/humans/540/attributes', { plan: 'none' }],
		['POST', '/messages', { text: 'Hello', targets: [{ targetType: 'humans', ids: [540] }] }],
		['GET', '/messages/requests/request00000001'],
		['GET', '/messages/100001'],
	];

	// Own answers are checked against the contract, so 200 means that the answer conforms.
	it('serves every operation with an answer that conforms', async () => {
		const answers = [];
		for (const [method, path, body] of requests) {
			answers.push(`${method} ${path} ${(await call(method, path, body)).status}`);
		}
		expect(answers).toEqual(requests.map(([method, path]) => `${method} ${path} 200`));
		expect(requests).toHaveLength(34);
	}, 30_000);

	it.each([
		['GET', '/channels/abc', undefined, '"channel_id" in the path must be integer.'],
		['GET', '/channels?bot_id=abc', undefined, '"bot_id" in the query must be integer.'],
		['GET', '/channels?page=2', undefined, '"page" in the query is not a known field.'],
		['GET', '/humans?filters=x', undefined, '"filters" in the query is not valid JSON.'],
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
	])('%s %s with a violation is refused with its place', async (method, path, body, description) => {
		const answer = await call(method, path, body);
		expect(answer.status).toBe(422);
		expect(answer.body.description).toContain(description);
	});

	it('names the cause of a violation once', async () => {
		const { body } = await sendTo({ targetType: 'phones', channelId: 601 });
		expect(body.description).toBe('"targets[0].phones" in the request body is required.');
	});

	it('turns an own answer that breaks the contract into a 500 and a log line', async () => {
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

describe('errors', () => {
	it.each([{}, { authorization: 'Bearer wrong' }, { authorization: 'test-token' }])(
		'refuses credentials %j with 401 in the documented error body',
		async (headers: Record<string, string>) => {
			const response = await fetch(`${sandbox.baseUrl}/channels`, { headers });
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

	it('answers 404 to unknown routes and ids', async () => {
		expect((await call('GET', '/nothing')).status).toBe(404);
		expect((await call('PATCH', '/humans/540')).status).toBe(404);
		const answer = await call('GET', '/humans/999');
		expect(answer).toMatchObject({ status: 404, body: { description: 'Human #999 does not exist.' } });
	});

	it('answers 400 to malformed JSON and to other content types', async () => {
		expect((await raw('POST', '/messages', '{"text":')).status).toBe(400);
		expect((await raw('POST', '/messages', '{"text":"x"}', { 'content-type': 'text/plain' })).status).toBe(
			400,
		);
		const spaced = await raw('POST', '/bots', '{"name":"x","interactions":[]}', {
			'content-type': 'application/json; charset=utf-8',
		});
		expect(spaced.status).toBe(200);
	});

	it('answers 413 to a body over 1 MB', async () => {
		expect((await raw('POST', '/messages', JSON.stringify({ text: 'x'.repeat(1_000_000) }))).status).toBe(
			413,
		);
	});
});

describe('channels', () => {
	it('lists what is created, changes only the given fields, and forgets what is deleted', async () => {
		const secret = 'channel-secret';
		const created = await call('POST', '/channels', {
			channelType: 'fb',
			botId: 452,
			name: 'Page',
			token: secret,
		});
		expect(created.body).toMatchObject({ id: 701, channelType: 'fb', botId: 452, name: 'Page' });
		expect(JSON.stringify(created.body)).not.toContain(secret);
		expect(created.body.dateCreated).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);

		await call('PUT', '/channels/701', { description: 'Changed' });
		expect(await get('/channels/701')).toMatchObject({ name: 'Page', description: 'Changed' });
		expect(ids(await get('/channels?bot_id=452'))).toEqual([602, 603, 701]);

		expect((await call('DELETE', '/channels/701')).body).toEqual({});
		expect((await call('GET', '/channels/701')).status).toBe(404);
	});

	it('refuses types and bots that do not exist', async () => {
		const refusals = [
			await call('POST', '/channels', { channelType: 'fax', botId: 451, name: 'x' }),
			await call('PUT', '/channels/551', { botId: 999 }),
		];
		expect(refusals.map(({ status }) => status)).toEqual([422, 422]);
		expect(refusals[1].body.description).toContain('#999');
	});

	it('counts the humans that a bulk subscription changed', async () => {
		const changed = await call('POST', '/channels/601/subscribe', { humanIds: [541, 544, 544] });
		expect(changed.body).toEqual({ channelId: 601, subscribedHumansCount: 1 });
		expect((await get('/channels/601/subscription')).subscribedHumansCount).toBe(3);
		const back = await call('POST', '/channels/601/unsubscribe', { humanIds: [541, 544] });
		expect(back.body).toEqual({ channelId: 601, unsubscribedHumansCount: 2 });
		expect((await call('POST', '/channels/601/subscribe', { humanIds: [999] })).status).toBe(422);
	});
});

describe('bots', () => {
	it('keeps a revision for each update and restores them', async () => {
		const first = [{ name: 'first' }];
		const created = await call('POST', '/bots', { name: 'Bot', interactions: first });
		expect(created.body).toMatchObject({ id: 501, currentRevision: 1, latestRevision: 1 });

		const updated = await call('PUT', '/bots/501', { interactions: [] });
		expect(Object.keys(updated.body).sort()).toEqual(['dateCreated', 'id', 'interactions', 'name']);
		const revisions = await get('/bots/501/revisions');
		expect(revisions.map(({ data }: { data: string }) => JSON.parse(data))).toEqual([first, []]);

		expect((await call('PUT', '/bots/501/revisions', { restore: 1 })).body).toEqual({ restored: true });
		expect(await get('/bots/501')).toMatchObject({
			interactions: first,
			currentRevision: 1,
			latestRevision: 2,
		});
		await call('PUT', '/bots/501/revisions', { restore: 'latest' });
		expect(await get('/bots/501')).toMatchObject({ interactions: [], currentRevision: 2 });

		expect((await call('PUT', '/bots/501/revisions', { restore: 9 })).status).toBe(422);
		expect((await call('GET', '/bots/501/revisions/9')).status).toBe(404);
		expect((await call('DELETE', '/bots/501')).body).toEqual({});
		expect((await call('GET', '/bots/501/revisions')).status).toBe(404);
	});
});

describe('humans', () => {
	const add = (body: unknown) => call('POST', '/channels/601/add_humans', body);

	it('adds humans with tags and subscription, and says so', async () => {
		const { body } = await add({
			humans: [
				{ phone: '+12015550101', firstName: 'José', customFields: { city: 'Porto' } },
				{ phone: '12015550102' },
			],
			assignTags: ['newsletter', 4],
			subscribe: true,
		});
		expect(body).toEqual({
			code: 200,
			message:
				'Humans [1001, 1002] were successfully added and subscribed to channel 601 and assigned to tags [51, 4].',
		});
		expect(await get('/humans/1001')).toMatchObject({
			firstName: 'José',
			phoneNumber: '+12015550101',
			customFields: { city: 'Porto' },
			subscribedChannels: [{ id: 601, type: 'dlc' }],
		});
		expect(await get('/humans/1002/tags')).toMatchObject([{ id: 51, name: 'newsletter' }, { id: 4 }]);
	});

	it('never adds a phone twice, and updates it on request only', async () => {
		await add({ humans: [{ phone: '12015550101', firstName: 'Ann', company: 'Acme' }] });
		await add({ humans: [{ phone: '+12015550101', firstName: 'Eve' }] });
		expect(await get('/humans/1001')).toMatchObject({ firstName: 'Ann' });
		await add({ humans: [{ phone: '+12015550101', firstName: 'Eve' }], updateExisting: true });
		expect(await get('/humans/1001')).toMatchObject({ firstName: 'Eve', company: 'Acme' });
		expect((await call('GET', '/humans/1002')).status).toBe(404);
	});

	it('adds nobody when a tag id is unknown', async () => {
		const answer = await add({ humans: [{ phone: '12015550101' }], assignTags: ['newsletter', 999] });
		expect(answer).toMatchObject({ status: 422, body: { description: 'Tag #999 does not exist.' } });
		expect(await get('/humans')).toHaveLength(6);
	});

	it.each([
		['present', undefined, [540, 541, 542, 543]],
		['absent', undefined, [544, 545]],
		['equal', '12.0', [540]],
		['equal', 'many', [542]],
		['notEqual', '12', [541, 542, 543]],
		['greater', '12', [543]],
		['greaterOrEqual', '12', [540, 543]],
		['less', '12', [541]],
		['lessOrEqual', '12', [540, 541]],
		['greater', 'text', []],
	])('finds humans by "visits" %s %s', async (operator, value, expected) => {
		const found = await search({ type: 'ATTRIBUTE', value: [{ attributeName: 'visits', operator, value }] });
		expect(ids(found)).toEqual(expected);
	});

	it('combines conditions of one filter with OR and several filters with AND', async () => {
		const gold = { attributeName: 'plan', operator: 'equal', value: 'gold' };
		const few = { attributeName: 'visits', operator: 'less', value: '50' };
		expect(ids(await search({ type: 'ATTRIBUTE', value: [gold, few] }))).toEqual([540, 541, 543]);
		const both = await search({ type: 'ATTRIBUTE', value: [gold] }, { type: 'ATTRIBUTE', value: [few] });
		expect(ids(both)).toEqual([540]);
		expect(both[0].status).toBe('enabled');
	});

	it('updates the bot switch and the attributes, and returns all attributes', async () => {
		expect((await call('PUT', '/humans/540', { botEnabled: false })).body.botEnabled).toBe(false);
		const { body } = await call('PUT', '/humans/540/attributes', { plan: 'none', city: 'Lisbon' });
		expect(body).toEqual({ plan: 'none', visits: '12', city: 'Lisbon' });
		expect(await get('/humans/540')).toMatchObject({ botEnabled: false, customFields: body });
	});

	it('assigns and unassigns tags by name and by id', async () => {
		await call('POST', '/humans/541/tags/assign', { tags: ['vip', 'new'] });
		await call('POST', '/humans/541/tags/assign', { tagIds: [6] });
		expect(ids(await get('/humans/541/tags'))).toEqual([4, 5, 51, 6]);
		const { body } = await call('POST', '/humans/541/tags/unassign', { tags: ['customer', 'unknown'] });
		expect(body).toEqual({ code: 200, message: 'Tags were successfully unassigned from human #541.' });
		await call('POST', '/humans/541/tags/unassign', { tagIds: [5] });
		expect(ids(await get('/humans/541/tags'))).toEqual([51, 6]);
		expect((await call('POST', '/humans/541/tags/assign', { tagIds: [999] })).status).toBe(422);
	});

	it('subscribes one human to their main channel', async () => {
		const state = { channelId: 601, humanId: 544 };
		expect(await get('/humans/544/subscription')).toEqual({ ...state, subscription: false });
		expect((await call('POST', '/humans/544/subscription')).body).toEqual({ ...state, subscription: true });
		expect((await call('DELETE', '/humans/544/subscription')).body).toEqual({
			...state,
			subscription: false,
		});
	});
});

describe('messages', () => {
	it.each([
		['humans', [{ targetType: 'humans', ids: [542, 540] }], [542, 540]],
		['channels', [{ targetType: 'channels', ids: [601] }], [540, 541, 544]],
		['tags', [{ targetType: 'tags', ids: [4, 5] }], [540, 541, 543]],
		['phones, known and new', [phones('+12025550141', '12015550101')], [541, 1001]],
		['subscribed only', [{ targetType: 'channels', ids: [601], subscription: true }], [540, 541]],
		[
			'a human named several times',
			[{ targetType: 'humans', ids: [541, 541] }, phones('12025550141'), { targetType: 'tags', ids: [4] }],
			[541, 540, 543],
		],
	])('serves each recipient once: %s', async (_case, targets, expected) => {
		expect(await recipientsOf(...targets)).toEqual(expected);
	});

	it.each([
		['Human #999', { text: 'x', targets: [phones('12015550101'), { targetType: 'humans', ids: [999] }] }],
		['Channel #999', { text: 'x', targets: [{ ...phones('12015550101'), channelId: 999 }] }],
		['Tag #999', { text: 'x', targets: [{ targetType: 'tags', ids: [999] }] }],
		['targets[0].channelId', { text: 'x', targets: [{ targetType: 'phones', phones: ['12015550101'] }] }],
		['no content', { text: '', targets: [phones('12015550101')] }],
	])('refuses the whole request: %s', async (problem, body) => {
		const answer = await call('POST', '/messages', body);
		expect(answer.status).toBe(422);
		expect(answer.body.description).toContain(problem);
		expect(sandbox.report()).toMatchObject({ accepted: 0, requests: 0 });
		expect(await get('/humans')).toHaveLength(6);
	});

	it('takes messages from accepted to delivered, and to failed for numbers that end in 0199', async () => {
		const start = Date.parse('2030-01-01T00:00:00Z');
		const clock = jest.spyOn(Date, 'now').mockReturnValue(start);
		const { requestId } = (await sendTo(phones('12015550101', '12015550199'))).body;
		const statuses = async (step: number) => {
			clock.mockReturnValue(start + step * STEP_MS);
			const records: Array<{ status: string }> = await get(`/messages/requests/${requestId}`);
			return records.map(({ status }) => status).join('');
		};
		expect([await statuses(0.49), await statuses(0.5), await statuses(1), await statuses(2)]).toEqual([
			'AA',
			'PP',
			'SF',
			'DF',
		]);
		expect(await get('/messages/100001')).toEqual({
			id: 100_001,
			botId: 451,
			channelId: 601,
			requestId,
			humandId: 1001,
			sent: '2030-01-01T00:00:01',
			status: 'D',
			messageType: 'O',
			delivered: '2030-01-01T00:00:02',
			profilePic: null,
			message: { text: 'Hello' },
		});
	});

	it('reports what was accepted, per recipient and by status', async () => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		await sendTo(phones('+12015550101', '12015550102'));
		await sendTo(phones('12015550101'), { targetType: 'humans', ids: [545] });
		expect(sandbox.report()).toEqual({
			accepted: 4,
			requests: 2,
			recipients: { '12015550101': 2, '12015550102': 1, 'human:545': 1 },
			maxPerRecipient: 2,
			byStatus: { A: 4, P: 0, S: 0, D: 0, F: 0 },
		});
	});
});

describe('phone numbers', () => {
	it.each([
		[
			'%2B12011234567',
			{ valid: true, lineType: 'mobile', format: '(201) 123-4567', phoneNumber: '+12011234567' },
		],
		['2011234567', { valid: true, phoneNumber: '+12011234567' }],
		['12015550198', { valid: true, lineType: 'landline' }],
		['18885550100', { valid: true, lineType: 'tollFree', carrierName: null }],
		['1201555', { valid: false, validationErrors: ['TOO_SHORT'] }],
		['120155501001', { valid: false, validationErrors: ['TOO_LONG'] }],
		['351912345678', { valid: false, validationErrors: ['INVALID_COUNTRY_CODE'] }],
	])('looks up %s', async (phone, expected) => {
		expect(await get(`/manage/messaging/capability/${phone}`)).toMatchObject(expected);
	});

	it('knows RCS capability, on RCS channels only', async () => {
		expect((await get('/manage/rcs/capability/+12015550100')).features).toContain('RICHCARD_CAROUSEL');
		expect(await get('/manage/rcs/capability/602/+12015550101')).toMatchObject({
			rbmEnabled: false,
			features: [],
		});
		expect((await get('/manage/rcs/capability/+12015550198')).rbmEnabled).toBe(false);
		const answer = await call('GET', '/manage/rcs/capability/601/+12015550100');
		expect(answer).toMatchObject({
			status: 422,
			body: { description: 'Channel #601 is not an RCS channel.' },
		});
	});
});

describe('faults', () => {
	it('answers with a status instead of processing, for the matching requests only', async () => {
		sandbox.addFault({
			kind: 'status',
			status: 429,
			headers: { 'Retry-After': '7' },
			match: { method: 'post', path: '^/messages' },
			after: 1,
			times: 2,
		});
		for (const path of ['/messages/1', '/messages/1']) expect((await call('GET', path)).status).toBe(404);
		expect((await call('POST', '/bots', { name: 'x', interactions: [] })).status).toBe(200);
		const answers = [];
		for (let i = 0; i < 4; i++) answers.push(await raw('POST', '/messages', JSON.stringify(hello)));
		expect(answers.map(({ status }) => status)).toEqual([200, 429, 429, 200]);
		expect(answers[1].headers.get('retry-after')).toBe('7');
		expect((await answers[1].json()).code).toBe('429');
		expect(sandbox.report().requests).toBe(2);
	});

	it('resets the connection before or after processing, in the order the faults were added', async () => {
		sandbox.addFault({ kind: 'reset-before' });
		sandbox.addFault({ kind: 'reset-after' });
		await expect(call('POST', '/messages', hello)).rejects.toThrow();
		expect(sandbox.report().accepted).toBe(0);
		await expect(call('POST', '/messages', hello)).rejects.toThrow();
		expect(sandbox.report().accepted).toBe(1);
		expect(sandbox.requests().map(({ status }) => status)).toEqual([null, null]);
	});

	it('processes late when slow', async () => {
		sandbox.addFault({ kind: 'slow', delayMs: 300 });
		const answer = call('POST', '/messages', hello);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(sandbox.report().accepted).toBe(0);
		expect((await answer).status).toBe(200);
		expect(sandbox.report().accepted).toBe(1);
	});

	it.each([
		['broken-json', 200, /^\{"requestId":"?[^}]*$/],
		['html', 502, /^<!DOCTYPE html>.*502 Bad Gateway/],
		['empty', 200, /^$/],
	] as const)('processes, then answers unreadably: %s', async (kind, status, text) => {
		sandbox.addFault({ kind, status });
		const response = await raw('POST', '/messages', JSON.stringify(hello));
		expect(response.status).toBe(status);
		expect(await response.text()).toMatch(text);
		expect(sandbox.report().accepted).toBe(1);
	});

	it('refuses faults that make no sense', () => {
		expect(() => sandbox.addFault({ kind: 'status' })).toThrow('needs a status');
		expect(() => sandbox.addFault({ kind: 'slow' })).toThrow('needs delayMs');
		expect(() => sandbox.addFault({ kind: 'html', match: { path: '(' } })).toThrow('regular expression');
	});

	const hello = { text: 'Hello', targets: [phones('12015550101')] };
});

describe('control', () => {
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
		expect((await control('GET', 'report')).body).toEqual(sandbox.report());
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
		expect(JSON.stringify(body)).not.toContain(sandbox.token);
	});

	it('changes the timing while running', async () => {
		await control('PUT', 'settings', { stepMs: 0, latencyMs: 80 });
		const start = performance.now();
		await sendTo(phones('12015550101'));
		expect(performance.now() - start).toBeGreaterThanOrEqual(75);
		expect(sandbox.report().byStatus.D).toBe(1);
		expect((await control('PUT', 'settings', { stepMs: -1 })).status).toBe(400);
	});

	it('resets to the seed data, with the same ids again', async () => {
		const untouched = await get('/humans');
		await call('PUT', '/humans/540/attributes', { plan: 'changed' });
		await call('DELETE', '/channels/601');
		const first = (await sendTo({ targetType: 'tags', ids: [4] })).body;
		sandbox.addFault({ kind: 'empty' });
		await control('PUT', 'settings', { stepMs: 0 });

		sandbox.reset();
		expect(sandbox.requests()).toEqual([]);
		expect(sandbox.report().accepted).toBe(0);
		expect(await get('/humans')).toEqual(untouched);
		expect((await sendTo({ targetType: 'tags', ids: [4] })).body).toEqual(first);
		expect(sandbox.report().byStatus.D).toBe(0);
	});
});
