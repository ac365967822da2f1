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
		renewable: false,
		webhookSecrets: [],
		secrets: [],
	});
});

test('each service has a base URL of its own', () => {
	const baseUrlFor = (service: string) => credentialSettings({ ...filled, service }).baseUrl;
	expect(['nativeMsg', 'nativeMessage', 'unknown'].map(baseUrlFor)).toEqual([
		'https://one.example/v1',
		'https://other.example/v1',
		'https://one.example/v1',
	]);
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
