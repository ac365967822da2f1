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
])('the API of %s is known by %j', (service, body) => expect(looksLikeApi(service, body)).toBe(true));

const OTHERS = ['<html></html>', 'OK', '', null, 5, {}, { hello: 'world' }, [], [5], [{ hello: 'world' }]];
test.each(
	OTHERS.flatMap(
		(body): Array<[Service, unknown]> => [
			['nativeMsg', body],
			['nativeMessage', body],
		],
	),
)('the API of %s does not answer with %j', (service, body) =>
	expect(looksLikeApi(service, body)).toBe(false),
);

test('a user is no list of channel types, and channel types are no user', () => {
	expect([looksLikeApi('nativeMsg', [user]), looksLikeApi('nativeMessage', types)]).toEqual([false, false]);
});

let addresses = 0;

/** What n8n calls before it uses or tests a credential, at an address that answers so. */
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
	test('nothing happens if the API answers, which is asked once for each address', async () => {
		const { run, sent } = await prepare(nativeMsg, types);
		expect([await run(), await run()]).toEqual([{}, {}]);
		expect(sent).toEqual([
			expect.objectContaining({
				method: 'GET',
				url: expect.stringMatching(/\.example\/v1\/channels\/types$/),
				headers: { Authorization: 'Bearer token-1' },
				disableFollowRedirect: true,
			}),
		]);
	});

	test('the own user is asked for with the key of NativeMessage', async () => {
		const { run, sent } = await prepare(byKey(), user);
		expect(await run()).toEqual({});
		expect(sent[0]).toMatchObject({
			url: expect.stringMatching(/\/auth\/me$/),
			headers: { 'X-API-Key': 'key-1' },
		});
	});

	test.each(OTHERS)('it fails if %j is what answers at its address', async (body) => {
		for (const data of [nativeMsg, byKey()]) {
			const { run } = await prepare(data, body);
			await expect(run()).rejects.toThrow(NO_SUCH_API);
			await expect(run()).rejects.toThrow(NO_SUCH_API);
		}
	});

	test('what a status tells is left to the request that follows, which tells what it is', async () => {
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
	])('it fails with %s in the words of the nodes', async (code, words) => {
		for (const data of [nativeMsg, byKey()]) {
			const { run } = await prepare(data, Object.assign(new Error(code), { code }));
			await expect(run()).rejects.toThrow(words);
		}
	});

	test('a log-in that brings a token proves enough', async () => {
		const { run, sent } = await prepare(byPassword(), { access_token: 'session-1' });
		expect(await run()).toEqual({ sessionToken: 'session-1' });
		expect(sent).toHaveLength(1);
	});

	test('a log-in that brings none fails if it is not the API that answers', async () => {
		const { run, sent } = await prepare(byPassword(), { hello: 'world' });
		await expect(run()).rejects.toThrow(NO_SUCH_API);
		expect(sent.map(({ method }) => method)).toEqual(['POST', 'GET']);
	});
});

test.each([301, 302, 303, 307, 308])('the test of a credential names HTTP %i as another address', (value) => {
	const rules = new NativeMsgApi().test.rules!.map(({ properties }) => properties);
	expect(rules).toContainEqual({ value, message: expect.stringContaining('redirects') });
});
