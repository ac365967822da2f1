import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/server';
import { Engine } from '../support/engine';
import { useFixture } from '../support/fixture';

const fixture = useFixture();

const send: INodeParameters = {
	resource: 'message',
	operation: 'send',
	targetType: 'phones',
	phones: '+12015550123',
	channelId: '601',
	text: 'Hello',
};
const getChannel: INodeParameters = { resource: 'channel', operation: 'get', channelId: '601' };
async function runWith(parameters: INodeParameters, fault: Fault) {
	fixture.sandbox.addFault(fault);
	const outcome = await fixture.engine.run({ parameters });
	return {
		...outcome,
		requests: fixture.sandbox.requests().length,
		accepted: fixture.sandbox.report().accepted,
	};
}

// Which failures are retried, and what the user is told about each, is tested with the client and in the fault campaign.
describe('a response that is lost', () => {
	test.each<[string, INodeParameters, object]>([
		['a GET', getChannel, { id: 601 }],
		['a PUT', { resource: 'human', operation: 'update', humanId: 540, botEnabled: false }, { id: 540 }],
		[
			'a POST that sets a state',
			{ resource: 'channel', operation: 'subscribeHumans', channelId: '551', humanIds: '542' },
			{ channelId: 551 },
		],
	])('makes the node repeat the request if that does no harm: %s', async (_what, parameters, output) => {
		for (const kind of ['reset-after', 'cut'] as const) {
			fixture.sandbox.reset();
			const { success, error, requests } = await runWith(parameters, { kind });
			expect(error).toBeUndefined();
			expect(success[0].json).toMatchObject(output);
			expect(requests).toBe(2);
		}
	});

	test('makes the node repeat a DELETE, which succeeds if it finds nothing the second time', async () => {
		const parameters = { resource: 'channel', operation: 'delete', channelId: '601' };
		const { success, requests } = await runWith(parameters, { kind: 'reset-after' });
		expect(success[0].json).toEqual({ deleted: true });
		expect(requests).toBe(2);
	});

	test.each<[string, Fault]>([
		['reset', { kind: 'reset-after' }],
		['cut off', { kind: 'cut' }],
		['a web page', { kind: 'html' }],
	])('leaves the outcome of a send unknown, which is not repeated: %s', async (_how, fault) => {
		const { error, requests, accepted } = await runWith(send, fault);
		expect([requests, accepted]).toEqual([1, 1]);
		expect(error?.message).toMatch(/^It's unknown whether this was sent: .+ \[item 0\]$/);
		expect(error?.description).toMatch(/^nativeMsg may have processed this request.* Check nativeMsg/);
	});
});

describe('a response that does not come from the API', () => {
	test.each<[string, Fault, RegExp, boolean]>([
		['an HTML page', { kind: 'html' }, /responded with an HTML page instead of a JSON object/, true],
		['broken JSON', { kind: 'broken-json' }, /responded with text that is not JSON instead of/, false],
		['nothing', { kind: 'empty' }, /responded with an empty body instead of/, false],
	])('causes a clear error if it is %s', async (_name, fault, message, isElsewhere) => {
		const { error } = await runWith(getChannel, fault);
		expect(error?.message).toMatch(message);
		expect(error?.description?.includes('Base URL')).toBe(isElsewhere);
	});

	test('is reported by its title if it is an HTML error page', async () => {
		const { error } = await runWith(getChannel, { kind: 'html', status: 404 });
		expect(error?.message).toBe('404 Not Found [item 0]');
	});

	test('is accepted for a send if it is empty, with a single hint', async () => {
		fixture.sandbox.addFault({ kind: 'empty', status: 202, times: 3 });
		const parameters = { ...send, phones: '={{ $json.phone }}', options: { combineItems: false } };
		const items = ['+12015550101', '+12015550102', '+12015550103'].map((phone) => ({ phone }));
		const { success, error, hints } = await fixture.engine.run({ parameters, items });
		expect(error).toBeUndefined();
		expect(success.map(({ json: { to, status, requestId } }) => ({ to, status, requestId }))).toEqual(
			items.map(({ phone }) => ({ to: phone, status: 'accepted', requestId: null })),
		);
		expect(hints).toEqual([expect.stringMatching(/^nativeMsg responded with an empty body/)]);
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 3, maxPerRecipient: 1 });
	});

	test('is not followed if it is a redirect, so that the token stays here', async () => {
		const visits: string[] = [];
		const other = createServer((request, response) => {
			visits.push(request.url ?? '');
			response.end('{}');
		}).listen(0, '127.0.0.1');
		await once(other, 'listening');
		const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/steal`;
		const { error } = await runWith(getChannel, { kind: 'status', status: 302, headers: { location } });
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
		expect(error?.message).toBe("The Base URL host wasn't found [item 0]");
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
