import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { checkRequest, looksLikeApi } from '../nodes/transport/apiCheck';
import { thrownAttempt } from '../nodes/transport/attempt';
import {
	bareToken,
	credentialSettings,
	DURING_LOGIN,
	fieldText,
	NO_SUCH_API,
} from '../nodes/transport/credential';
import { defaultCountry } from '../nodes/transport/defaultCountry';
import { networkFailure } from '../nodes/transport/errors';
import { RecentMap } from '../nodes/transport/recentMap';
import { endingInTime, TIMEOUT_MS } from '../nodes/transport/timeLimit';
import { trimmedUrl } from '../nodes/transport/url';

const isNativeMessage = { service: ['nativeMessage'] };

/** The header that authenticates a request, by the credential's authentication method. */
function authenticationHeader(credential: ICredentialDataDecryptedObject): Record<string, string> {
	const authentication = credential.service === 'nativeMessage' ? credential.authentication : 'accessToken';
	if (authentication === 'apiKey') return { 'X-API-Key': bareToken(credential.apiKey) };
	const token = authentication === 'usernamePassword' ? credential.sessionToken : credential.accessToken;
	return { Authorization: `Bearer ${bareToken(token)}` };
}

async function logIn(
	{ helpers }: IHttpRequestHelper,
	credential: ICredentialDataDecryptedObject,
): Promise<string | undefined> {
	const { username, password, tenantId, nativeMessageUrl } = credential;
	try {
		const request: IHttpRequestOptions = {
			method: 'POST',
			url: `${trimmedUrl(fieldText(nativeMessageUrl))}/auth/login`,
			body: { username, password, ...(tenantId ? { tenant_id: tenantId } : {}) },
			json: true,
			disableFollowRedirect: true,
			timeout: TIMEOUT_MS,
		};
		const login = (await helpers.httpRequest(endingInTime(request))) as { access_token?: string } | null;
		return login?.access_token;
	} catch (error) {
		// Tells the nodes that the request that needed the token wasn't sent. Older n8n versions keep nothing but the message.
		const message = `${DURING_LOGIN} ${(error as Error).message}`;
		throw Object.assign(error as Error, { message });
	}
}

/** Base URLs where the API was found. */
const proven = new RecentMap<true>(100);

/**
 * Makes sure that the API responds at the Base URL, once per URL. HTTP errors, such as for a wrong token, are left to the
 * request that n8n makes next.
 *
 * @throws Error if something else responds, such as a web page, or there is no response, where n8n's own test would show
 *   only an error code
 */
async function checkAddress(
	{ helpers }: IHttpRequestHelper,
	credential: ICredentialDataDecryptedObject,
): Promise<void> {
	const { service, baseUrl } = credentialSettings(credential);
	if (proven.has(baseUrl)) return;
	const request = { ...checkRequest(service, baseUrl), headers: authenticationHeader(credential) };
	const answered = await helpers.httpRequest(request).then(
		(body: unknown) => ({ body }),
		(error: unknown) => {
			const { networkCode } = thrownAttempt(error).failure;
			if (networkCode === undefined) return undefined;
			const { message, remedy } = networkFailure(networkCode);
			throw new Error(`${message}. ${remedy}`);
		},
	);
	if (answered && !looksLikeApi(service, answered.body)) throw new Error(NO_SUCH_API);
	if (answered) proven.set(baseUrl, true);
}

export class NativeMsgApi implements ICredentialType {
	name = 'nativeMsgApi';

	displayName = 'NativeMsg API';

	documentationUrl = 'https://github.com/nativemsg/n8n-nodes-nativemsg/blob/main/docs/credential.md';

	icon: Icon = { light: 'file:../icons/nativemsg.svg', dark: 'file:../icons/nativemsg.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Service',
			name: 'service',
			type: 'options',
			options: [
				{
					name: 'nativeMsg',
					value: 'nativeMsg',
					description: 'For the NativeMsg node: SMS, RCS, Facebook, web chat, and bots',
				},
				{
					name: 'NativeMessage',
					value: 'nativeMessage',
					description: 'For the NativeMsg OTT node: WhatsApp, Viber, and Telegram',
				},
			],
			default: 'nativeMsg',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			displayOptions: { show: isNativeMessage },
			options: [
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'Expires after 15 minutes. Use for testing only.',
				},
				{
					name: 'API Key',
					value: 'apiKey',
					description:
						'Create one in the NativeMessage dashboard under Settings > API Keys. Valid until you revoke it.',
				},
				{
					name: 'Username and Password',
					value: 'usernamePassword',
					description: 'Logs in and refreshes the access token automatically',
				},
			],
			default: 'apiKey',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { service: ['nativeMsg'] } },
			required: true,
			default: '',
			description:
				'Create one in the nativeMsg dashboard under Settings. It never expires, so keep it secret.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { ...isNativeMessage, authentication: ['accessToken'] } },
			required: true,
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { ...isNativeMessage, authentication: ['apiKey'] } },
			required: true,
			default: '',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			displayOptions: { show: { ...isNativeMessage, authentication: ['usernamePassword'] } },
			required: true,
			default: '',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { ...isNativeMessage, authentication: ['usernamePassword'] } },
			required: true,
			default: '',
		},
		{
			displayName: 'Tenant ID',
			name: 'tenantId',
			type: 'string',
			displayOptions: { show: { ...isNativeMessage, authentication: ['usernamePassword'] } },
			default: '',
			description: 'Only if your user belongs to several tenants',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { service: ['nativeMsg'] } },
			default: '',
			description:
				'Only for the NativeMsg Trigger: the secret key of the webhook in the nativeMsg dashboard. You can enter several, separated by commas, for example while you replace one.',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			// n8n fills it by logging in if it is empty or the service responds with 401.
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { service: ['nativeMsg'] } },
			required: true,
			default: 'https://api.nativemsg.com/v1',
			description: 'Change it only if nativeMsg gave you another URL, or to use the local sandbox',
		},
		{
			displayName: 'Base URL',
			// Not `baseUrl`: if two fields have the same name, n8n's dialog uses the first one's default for both.
			name: 'nativeMessageUrl',
			type: 'string',
			displayOptions: { show: isNativeMessage },
			required: true,
			default: 'https://api-message.nativehub.live/api/v1',
			description: 'Change it only if NativeMessage gave you another URL, or to use the local sandbox',
		},
		{
			displayName: 'Payload Format',
			name: 'payloadFormat',
			type: 'options',
			displayOptions: { show: isNativeMessage },
			options: [
				{
					name: 'API Reference',
					value: 'reference',
					description: 'As in the API reference, with "to" and named "variables"',
				},
				{
					name: 'Guide',
					value: 'guide',
					description: 'As in the OTT guide, with "destination" and a list of "parameters"',
				},
			],
			default: 'guide',
			description:
				'NativeMessage documents two formats of the same requests. If it rejects valid requests, try the other one.',
		},
		defaultCountry,
	];

	/**
	 * Logs in with username and password. n8n calls this if there is no session token yet or the service responded with 401,
	 * and when it tests a credential. It stores the result with the credential.
	 *
	 * If no login is needed, it checks the Base URL. The rules of `test` can't do that: they compare one property with one
	 * value, the same for both services. The nodes pass a session token to avoid this check, so n8n calls this only for
	 * tests and for its HTTP Request node.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credential: ICredentialDataDecryptedObject,
	): Promise<{ sessionToken?: string }> {
		const { renewable } = credentialSettings(credential);
		const sessionToken = renewable ? await logIn(this, credential) : undefined;
		if (sessionToken === undefined) await checkAddress(this, credential);
		return { sessionToken };
	}

	// The time limit is set here because n8n replaces an abort signal that a node sets.
	authenticate = async (
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...endingInTime(request),
		headers: { ...request.headers, ...authenticationHeader(credential) },
	});

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ ($credentials.service === "nativeMessage" ? $credentials.nativeMessageUrl : $credentials.baseUrl).trim().replace(/[/]+$/, "") }}',
			url: '={{ $credentials.service === "nativeMessage" ? "/auth/me" : "/channels/types" }}',
			// n8n would send the token along to the other server.
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Authentication failed. Check the values and the selected Service.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: NO_SUCH_API,
				},
			},
			...[301, 302, 303, 307, 308].map((value) => ({
				type: 'responseCode' as const,
				properties: {
					value,
					message:
						'The Base URL redirects. Enter the final URL, for example with https:// instead of http://.',
				},
			})),
		],
	};
}
