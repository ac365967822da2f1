import type { ICredentialDataDecryptedObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { NativeMsgApi } from '../../credentials/NativeMsgApi.credentials';
import { looksLikeApi } from '../../nodes/transport/apiCheck';
import { NO_SUCH_API } from '../../nodes/transport/credential';
import type { Service } from '../../nodes/transport/services';

const types = [{ name: 'fb', description: 'Facebook' }];
const user = { id: 'user_1', username: 'sandbox' };

test.each<[Service, unknown]>([
	['nativeMsg', types],
	['nativeMsg', { data: types }],
	['nativeMsg', [{ name: 'fb' }]],
	['nativeMessage', user],
	['nativeMessage', { data: user }],
	['nativeMessage', { email: 'a@example.com' }],
])('the API of %s is recognized by %j', (service, body) => expect(looksLikeApi(service, body)).toBe(true));

const OTHERS = [
	'<html></html>',
	'OK',
	'',
	null,
	5,
	{},
	{ hello: 'world' },
	[],
	[5],
	[{ hello: 'world' }],
	[...types, { hello: 'world' }],
];
test.each(
	OTHERS.flatMap(
		(body): Array<[Service, unknown]> => [
			['nativeMsg', body],
			['nativeMessage', body],
		],
	),
)('the API of %s does not respond with %j', (service, body) =>
	expect(looksLikeApi(service, body)).toBe(false),
);

test('a user is not taken for channel types, nor channel types for a user', () => {
	expect([looksLikeApi('nativeMsg', [user]), looksLikeApi('nativeMessage', types)]).toEqual([false, false]);
});

let addresses = 0;

/** Runs what n8n calls before it uses or tests a credential, at an address with this response. */
async function prepare(data: ICredentialDataDecryptedObject, ...script: unknown[]) {
	const sent: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		const happens = script[Math.min(sent.length, script.length - 1)];
		sent.push(options);
		if (happens instanceof Error) throw happens;
		return happens;
	};
	const helper = { helpers: { httpRequest } } as unknown as IHttpRequestHelper;
	const credential = { baseUrl: `https://a${++addresses}.example/v1/`, ...data };
	const run = () => new NativeMsgApi().preAuthentication.call(helper, credential);
	return { run, sent };
}

const nativeMsg = { service: 'nativeMsg', accessToken: 'token-1' };
const byKey = () => ({
	service: 'nativeMessage',
	authentication: 'apiKey',
	apiKey: 'key-1',
	nativeMessageUrl: `https://b${++addresses}.example`,
});
const byPassword = () => ({ ...byKey(), authentication: 'usernamePassword', username: 'u', password: 'p' });

describe('before n8n uses a credential', () => {
	test('nothing happens if the API responds, which is checked once per address', async () => {
		const { run, sent } = await prepare(nativeMsg, types);
		expect([await run(), await run()]).toEqual([{}, {}]);
		expect(sent).toEqual([
			expect.objectContaining({
				method: 'GET',
				url: expect.stringMatching(/\.example\/v1\/channels\/types$/),
				json: true,
				headers: { Authorization: 'Bearer token-1' },
				disableFollowRedirect: true,
			}),
		]);
	});

	test('the current user is requested with the key of NativeMessage', async () => {
		const { run, sent } = await prepare(byKey(), user);
		expect(await run()).toEqual({});
		expect(sent[0]).toMatchObject({
			url: expect.stringMatching(/\/auth\/me$/),
			headers: { 'X-API-Key': 'key-1' },
		});
	});

	test.each(OTHERS)('it fails if the response at its address is %j', async (body) => {
		for (const data of [nativeMsg, byKey()]) {
			const { run } = await prepare(data, body);
			await expect(run()).rejects.toThrow(NO_SUCH_API);
			await expect(run()).rejects.toThrow(NO_SUCH_API);
		}
	});

	test('an HTTP error is left to the request that follows, which reports it', async () => {
		const response = { status: 401, headers: {}, data: {} };
		const refused = Object.assign(new Error('401'), { response });
		const { run, sent } = await prepare(nativeMsg, refused, types);
		expect([await run(), await run()]).toEqual([{}, {}]);
		expect(sent).toHaveLength(2);
	});

	test.each([
		['ENOTFOUND', "The Base URL host wasn't found. Check the Base URL in the credential"],
		['ECONNREFUSED', 'The server refused the connection. Check the Base URL in the credential'],
		['CERT_HAS_EXPIRED', "The server's certificate isn't trusted. Check the Base URL"],
		['ETIMEDOUT', "The server didn't respond in time. Try again later"],
		['ECONNRESET', 'The connection to the server was lost. Try again later'],
	])('it fails with %s and the same message as the nodes', async (code, words) => {
		for (const data of [nativeMsg, byKey()]) {
			const { run } = await prepare(data, Object.assign(new Error(code), { code }));
			await expect(run()).rejects.toThrow(words);
		}
	});

	test('a login that returns a token is proof enough', async () => {
		const { run, sent } = await prepare(byPassword(), { access_token: 'session-1' });
		expect(await run()).toEqual({ sessionToken: 'session-1' });
		expect(sent).toHaveLength(1);
	});

	test('a login without a token fails if the API is not what responds', async () => {
		const { run, sent } = await prepare(byPassword(), { hello: 'world' });
		await expect(run()).rejects.toThrow(NO_SUCH_API);
		expect(sent.map(({ method }) => method)).toEqual(['POST', 'GET']);
	});
});

test.each([301, 302, 303, 307, 308])('the test of a credential reports HTTP %i as a redirect', (value) => {
	const rules = new NativeMsgApi().test.rules!.map(({ properties }) => properties);
	expect(rules).toContainEqual({ value, message: expect.stringContaining('redirects') });
});
