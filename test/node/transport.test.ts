import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/server';
import { Engine } from '../support/engine';
import { useFixture } from '../support/fixture';

/** Told when the sandbox answers. */
let answered = () => {};
const fixture = useFixture({ log: () => answered() });

const send: INodeParameters = {
	resource: 'message',
	operation: 'send',
	targetType: 'phones',
	phones: '+12015550123',
	channelId: '601',
	text: 'Hello',
};
const getChannel: INodeParameters = { resource: 'channel', operation: 'get', channelId: '601' };
const updateHuman = (humanId: number): INodeParameters => ({
	resource: 'human',
	operation: 'update',
	humanId,
	botEnabled: false,
});
const subscribe: INodeParameters = {
	resource: 'channel',
	operation: 'subscribeHumans',
	channelId: '551',
	humanIds: '542',
};

async function runWith(parameters: INodeParameters, ...faults: Fault[]) {
	faults.forEach((fault) => fixture.sandbox.addFault(fault));
	const outcome = await fixture.engine.run({ parameters });
	return {
		...outcome,
		requests: fixture.sandbox.requests().length,
		accepted: fixture.sandbox.report().accepted,
	};
}

const anHumanId = async () => {
	const { success } = await fixture.engine.run({
		parameters: { resource: 'human', operation: 'getMany', limit: 1 },
	});
	fixture.sandbox.reset();
	return success[0].json.id as number;
};

const status = (code: number, headers: Record<string, string> = {}): Fault => ({
	kind: 'status',
	status: code,
	headers,
});
const now = { 'retry-after': '0' };

describe('a request that can be repeated without effect', () => {
	test.each<[string, Fault]>([
		['429', status(429, now)],
		['500', status(500)],
		['502', status(502)],
		['503', status(503)],
		['504', status(504)],
		['a connection lost before', { kind: 'reset-before' }],
		['a connection lost after', { kind: 'reset-after' }],
	])('is repeated as a GET after %s', async (_name, fault) => {
		const { success, error, requests } = await runWith(getChannel, fault);
		expect(error).toBeUndefined();
		expect(success[0].json.id).toBe(601);
		expect(requests).toBe(2);
	});

	test('is repeated as a PUT after a lost response', async () => {
		const { success, requests } = await runWith(updateHuman(await anHumanId()), { kind: 'reset-after' });
		expect(success[0].json.botEnabled).toBe(false);
		expect(requests).toBe(2);
	});

	test('succeeds as a DELETE that finds nothing the second time, after a lost response', async () => {
		const parameters = { resource: 'channel', operation: 'delete', channelId: '601' };
		const { success, requests } = await runWith(parameters, { kind: 'reset-after' });
		expect(success[0].json).toEqual({ deleted: true });
		expect(requests).toBe(2);
	});

	test('fails at once as a DELETE of something that does not exist', async () => {
		const { error, requests } = await runWith({
			resource: 'channel',
			operation: 'delete',
			channelId: '999999',
		});
		expect(error?.httpCode).toBe('404');
		expect(requests).toBe(1);
	});

	test('is repeated as a POST that sets a state', async () => {
		const { success, requests } = await runWith(subscribe, status(500));
		expect(success[0].json.channelId).toBe(551);
		expect(requests).toBe(2);
	});

	test('is given up after four attempts', async () => {
		const { error, requests } = await runWith(getChannel, { ...status(503, now), times: 100 });
		expect(requests).toBe(4);
		expect(error?.httpCode).toBe('503');
		expect(error?.description).toContain('temporary outage');
	});

	test('is repeated after a response that was cut off', async () => {
		const { success, error, requests } = await runWith(getChannel, { kind: 'cut' });
		expect(error).toBeUndefined();
		expect(success[0].json.id).toBe(601);
		expect(requests).toBe(2);
	});

	test('does not wait for an hour when the server asks for it', async () => {
		const { error, requests } = await runWith(getChannel, status(503, { 'retry-after': '3600' }));
		expect(requests).toBe(1);
		expect(error?.httpCode).toBe('503');
	});

	test('does not make later items wait for an hour either', async () => {
		fixture.sandbox.addFault(status(429, { 'retry-after': '3600' }));
		const items = [{}, {}, {}];
		const { failed } = await fixture.engine.run({
			parameters: getChannel,
			items,
			onError: 'continueErrorOutput',
		});
		expect(failed).toHaveLength(3);
		expect(failed[0].json.error).toMatch(
			/^nativeMsg asked for a pause until [\d-]* ?\d\d:\d\d \(.+\) \[item 0\]$/,
		);
		expect(fixture.sandbox.requests()).toHaveLength(1);
	});

	test('stops waiting for the next attempt when the execution is canceled', async () => {
		fixture.sandbox.addFault({ ...status(429, { 'retry-after': '55' }), times: 10 });
		const cancelWhen = new Promise<void>((resolve) => (answered = resolve));
		const outcome = await fixture.engine.run({ parameters: getChannel, cancelWhen });
		expect(outcome.status).toBe('canceled');
		expect(fixture.sandbox.requests()).toHaveLength(1);
	});
});

describe('a request that sends or creates something', () => {
	test.each<[string, Fault]>([
		['429', status(429, { 'retry-after': '0.01' })],
		['429 without a header', status(429)],
	])('is repeated after %s, which proves that it was not processed', async (_name, fault) => {
		const { success, requests, accepted } = await runWith(send, fault);
		expect(success[0].json.requestId).toEqual(expect.any(String));
		expect([requests, accepted]).toEqual([2, 1]);
	});

	test.each<[string, Fault, number]>([
		['500', status(500), 0],
		['502', status(502), 0],
		['503', status(503), 0],
		['503 with Retry-After', status(503, now), 0],
		['504', status(504), 0],
		['a connection lost before', { kind: 'reset-before' }, 0],
		['a connection lost after', { kind: 'reset-after' }, 1],
		['a response that was cut off', { kind: 'cut' }, 1],
		['a web page', { kind: 'html' }, 1],
	])(
		'is not repeated after %s, and the error says that the outcome is unknown',
		async (_name, fault, sent) => {
			const { error, requests, accepted } = await runWith(send, fault);
			expect([requests, accepted]).toEqual([1, sent]);
			expect(error?.message).toMatch(/^It is not known whether this was sent: .+ \[item 0\]$/);
			expect(error?.description).toMatch(/^nativeMsg may have carried this out.* Look it up/);
		},
	);

	test.each([400, 401, 403, 404, 409, 413, 422])(
		'is not repeated after HTTP %i, which proves that it failed',
		async (code) => {
			const { error, requests } = await runWith(send, status(code));
			expect(requests).toBe(1);
			expect(error?.httpCode).toBe(String(code));
			expect(error?.message).not.toMatch(/not known/);
			expect(error?.description).not.toMatch(/may have/);
			expect(error?.description?.length).toBeGreaterThan(20);
		},
	);
});

describe('a response that does not come from the API', () => {
	test.each<[string, Fault, RegExp, boolean]>([
		['an HTML page', { kind: 'html' }, /answered with an HTML page instead of a JSON object/, true],
		['broken JSON', { kind: 'broken-json' }, /answered with text that is not JSON instead of/, false],
		['nothing', { kind: 'empty' }, /answered with an empty body instead of/, false],
	])('causes a clear error if it is %s', async (_name, fault, message, isElsewhere) => {
		const { error } = await runWith(getChannel, fault);
		expect(error?.message).toMatch(message);
		expect(error?.description?.includes('Base URL')).toBe(isElsewhere);
	});

	test('is reported by its title if it is an HTML error page', async () => {
		const { error } = await runWith(getChannel, { kind: 'html', status: 404 });
		expect(error?.message).toBe('404 Not Found [item 0]');
	});

	test.each<[string, Fault, string]>([
		['nothing', { kind: 'empty', status: 202 }, 'an empty body'],
		['broken JSON', { kind: 'broken-json' }, 'text that is not JSON'],
	])('is accepted for a send if it is %s, which is hinted at once', async (_name, fault, kind) => {
		fixture.sandbox.addFault({ ...fault, times: 3 });
		const parameters = { ...send, phones: '={{ $json.phone }}', options: { combineItems: false } };
		const items = ['+12015550101', '+12015550102', '+12015550103'].map((phone) => ({ phone }));
		const { success, error, hints } = await fixture.engine.run({ parameters, items });
		expect(error).toBeUndefined();
		expect(success.map(({ json }) => json)).toEqual([1, 2, 3].map(() => ({ requestId: null })));
		expect(hints).toEqual([
			`nativeMsg answered with ${kind}, without requestId. That counts as accepted, and what is missing comes out as null.`,
		]);
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 3, maxPerRecipient: 1 });
	});

	test('is accepted for a DELETE if its body is empty', async () => {
		const { success } = await runWith(
			{ resource: 'channel', operation: 'delete', channelId: '601' },
			{ kind: 'empty' },
		);
		expect(success[0].json).toEqual({ deleted: true });
	});

	test('is not followed if it is a redirect, so that the token stays here', async () => {
		const visits: string[] = [];
		const other = createServer((request, response) => {
			visits.push(request.url ?? '');
			response.end('{}');
		}).listen(0, '127.0.0.1');
		await once(other, 'listening');
		const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/steal`;
		const { error } = await runWith(getChannel, status(302, { location }));
		other.close();
		expect(visits).toEqual([]);
		expect(error?.message).toContain('redirect');
	});
});

describe('a server that cannot be reached', () => {
	const engineAt = (baseUrl: string): Promise<Engine> =>
		Engine.start({ service: 'nativeMsg', accessToken: 'token-of-nobody', baseUrl });

	test('is reported in plain words if it refuses the connection', async () => {
		const closed = createServer().listen(0, '127.0.0.1');
		await once(closed, 'listening');
		const { port } = closed.address() as AddressInfo;
		await new Promise((resolve) => closed.close(resolve));
		const { error } = await (await engineAt(`http://127.0.0.1:${port}/v1`)).run({ parameters: send });
		expect(error?.message).toBe('The server refused the connection [item 0]');
		expect(error?.description).toContain('Base URL');
		expect(error?.description).not.toMatch(/not known/);
	});

	test('is reported in plain words if its address does not exist', async () => {
		const { error } = await (await engineAt('http://nobody.invalid/v1')).run({ parameters: getChannel });
		expect(error?.message).toBe('The server of the Base URL could not be found [item 0]');
	});

	test.each(['not a url', '', 'ftp://example.com'])('is refused if the Base URL is "%s"', async (baseUrl) => {
		const { error } = await (await engineAt(baseUrl)).run({ parameters: getChannel });
		expect(error?.message).toContain('Base URL');
	});
});

describe('the credential', () => {
	test('is read once for a whole run', async () => {
		fixture.engine.takeCredentialReads();
		const items = Array.from({ length: 5 }, (_unused, id): IDataObject => ({ id }));
		await fixture.engine.run({ parameters: getChannel, items });
		expect(fixture.sandbox.requests()).toHaveLength(5);
		expect(fixture.engine.takeCredentialReads()).toBe(1);
	});

	test('causes an error that says what to do if its token is wrong', async () => {
		const { baseUrl } = fixture.sandbox;
		const engine = await Engine.start({ service: 'nativeMsg', accessToken: 'wrong-token', baseUrl });
		const { error } = await engine.run({ parameters: getChannel });
		expect(error?.httpCode).toBe('401');
		expect(error?.description).toContain('access token');
	});

	test('never shows its token, even if the API repeats it', async () => {
		const { token } = fixture.sandbox;
		const body = { code: '403', description: `Token ${token} has no access` };
		const { error } = await runWith(getChannel, { kind: 'status', status: 403, body });
		expect(error?.message).toBe('Token *** has no access [item 0]');
		const seen = new Set<unknown>();
		const everything = JSON.stringify(error, (_key, value) => {
			if (typeof value === 'object' && value !== null) {
				if (seen.has(value)) return undefined;
				seen.add(value);
			}
			return value instanceof Error
				? { ...value, message: value.message, stack: value.stack, cause: value.cause }
				: value;
		});
		expect(everything).not.toContain(token);
	});
});
