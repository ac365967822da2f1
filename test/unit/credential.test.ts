import { NativeMsgApi } from '../../credentials/NativeMsgApi.credentials';
import { credentialSettings } from '../../nodes/transport/credential';

const filled = {
	baseUrl: 'https://one.example/v1',
	nativeMessageUrl: 'https://other.example/v1',
	accessToken: 'token',
	apiKey: 'key',
	password: 'word',
	sessionToken: 'session',
	webhookSecret: ' new , old,',
};

test('an empty credential is a nativeMsg credential without any values', () => {
	expect(credentialSettings({})).toEqual({
		service: 'nativeMsg',
		baseUrl: '',
		payloadFormat: 'guide',
		key: '',
		renewable: false,
		webhookSecrets: [],
		secrets: [],
	});
});

test('each service has its own base URL', () => {
	const baseUrlFor = (service: string) => credentialSettings({ ...filled, service }).baseUrl;
	expect(['nativeMsg', 'nativeMessage', 'unknown'].map(baseUrlFor)).toEqual([
		'https://one.example/v1',
		'https://other.example/v1',
		'https://one.example/v1',
	]);
});

test.each([
	['nativeMsg', '', 'token'],
	['nativeMsg', 'apiKey', 'token'],
	['nativeMessage', 'accessToken', 'token'],
	['nativeMessage', 'apiKey', 'key'],
	['nativeMessage', 'usernamePassword', 'word'],
])('the key of a credential for %s with %j is its %s', (service, authentication, key) => {
	expect(credentialSettings({ ...filled, service, authentication }).key).toBe(key);
});

test('the word Bearer is dropped only before a token', () => {
	expect(credentialSettings({ accessToken: 'a-bearer b' }).key).toBe('a-bearer b');
});

test('everything that authenticates the user counts as a secret', () => {
	const { secrets, webhookSecrets } = credentialSettings(filled);
	expect(webhookSecrets).toEqual(['new', 'old']);
	expect([...secrets].sort()).toEqual(['key', 'new', 'old', 'session', 'token', 'word']);
});

test('a secret is known with and without surrounding spaces, and the longer of two that start alike comes first', () => {
	const { secrets } = credentialSettings({ accessToken: 'abc', apiKey: ' abcdef ', password: '  ' });
	expect(secrets).toEqual([' abcdef ', 'abcdef', 'abc']);
});

test('a secret that an expression turned into a number still counts as a secret', () => {
	expect(credentialSettings({ apiKey: 12345, accessToken: ['x'] as never }).secrets).toEqual(['12345']);
});

test.each([
	['nativeMessage', 'usernamePassword', true],
	['nativeMessage', 'apiKey', false],
	['nativeMsg', 'usernamePassword', false],
])('a credential for %s with %s can renew its token: %p', (service, authentication, renewable) => {
	expect(credentialSettings({ service, authentication }).renewable).toBe(renewable);
});

test.each([
	['reference', 'reference'],
	['guide', 'guide'],
	['', 'guide'],
])('the payload format %j is read as %s', (payloadFormat, used) => {
	expect(credentialSettings({ payloadFormat }).payloadFormat).toBe(used);
});

test.each([
	[undefined, undefined],
	['', undefined],
	['GB', 'GB'],
])('the default country %j is read as %s', (defaultCountry, used) => {
	expect(credentialSettings({ defaultCountry } as never).defaultCountry).toBe(used);
});

test('authentication keeps the other headers of a request, and follows no redirect in the test of the credential', async () => {
	const credential = new NativeMsgApi();
	const request = {
		url: 'https://one.example',
		headers: { 'Content-Type': 'application/json', 'X-Own': '1' },
	};
	const { headers } = await credential.authenticate({ service: 'nativeMsg', accessToken: 't' }, request);
	expect(headers).toEqual({ ...request.headers, Authorization: 'Bearer t' });
	expect(credential.test.request.disableFollowRedirect).toBe(true);
	const told = (credential.test.rules ?? []).map(
		({ properties }) => (properties as { value: unknown }).value,
	);
	expect(told).toEqual(expect.arrayContaining([301, 302, 307, 308]));
});

test.each(['token-1', ' token-1\n', 'Bearer token-1', ' bearer  token-1 ', '\u200btoken-1\u202c'])(
	'the token %j goes out as token-1, whatever was pasted along with it, and is kept secret',
	async (accessToken) => {
		const credential = { service: 'nativeMsg', accessToken };
		const { headers } = await new NativeMsgApi().authenticate(credential, { url: 'https://example.com' });
		expect(headers).toEqual({ Authorization: 'Bearer token-1' });
		expect(credentialSettings(credential).secrets).toContain('token-1');
		const byKey = { service: 'nativeMessage', authentication: 'apiKey', apiKey: accessToken };
		const request = await new NativeMsgApi().authenticate(byKey, { url: 'https://example.com' });
		expect(request.headers).toEqual({ 'X-API-Key': 'token-1' });
	},
);
