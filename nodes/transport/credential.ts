import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { textOf } from './json';
import { withoutInvisible } from './text';
import type { Service } from './services';

/** Which documented request format NativeMessage gets: the one in its OTT guide or the one in its API reference. */
export type PayloadFormat = 'guide' | 'reference';

/** The beginning of the message of an error that happened during login. */
export const DURING_LOGIN = 'While logging in:';

/** The error message for a Base URL where something other than the API responds. */
export const NO_SUCH_API = 'No API found at the Base URL. Check the URL for typos.';

/** The settings of a credential. */
export interface CredentialSettings {
	service: Service;
	baseUrl: string;
	payloadFormat: PayloadFormat;
	/** ISO code of the country to assume for phone numbers without a country code. */
	defaultCountry?: string;
	/** Whether n8n logs in, and can renew the access token after a 401. */
	renewable: boolean;
	/** The token, key, or password that the user entered, which outlives a session. */
	key: string;
	/** The secrets that verify webhook requests; several while one replaces another. */
	webhookSecrets: string[];
	/** Texts that must never appear in messages or logs. */
	secrets: string[];
}

/** A field as text. Anything else that an expression or a login may have put there counts as empty. */
export const fieldText = (value: unknown) => textOf(value) ?? '';

/** A token or key without what people paste along with it: surrounding blanks, or the word `Bearer`. */
export function bareToken(value: unknown): string {
	return withoutInvisible(fieldText(value))
		.trim()
		.replace(/^bearer\s+/i, '');
}

/** The field that holds the key of each authentication method. */
const KEY_FIELDS: Record<string, string | undefined> = { apiKey: 'apiKey', usernamePassword: 'password' };

const SECRET_FIELDS = ['accessToken', 'apiKey', 'password', 'sessionToken'];

/** Longest first, so that nothing remains of a secret that starts with another one when they are masked in a text. */
function secretsOf(entered: string[]): string[] {
	// A service may quote what it received, which is the bare token.
	const secrets = entered.flatMap((secret) => [secret, secret.trim(), bareToken(secret)]);
	return [...new Set(secrets)].filter((secret) => secret.trim() !== '').sort((a, b) => b.length - a.length);
}

/** Reads the fields of a decrypted `nativeMsgApi` credential. */
export function credentialSettings(data: ICredentialDataDecryptedObject): CredentialSettings {
	const service = data.service === 'nativeMessage' ? 'nativeMessage' : 'nativeMsg';
	const webhookSecrets = fieldText(data.webhookSecret)
		.split(',')
		.map((secret) => secret.trim())
		.filter((secret) => secret !== '');
	const keyField = service === 'nativeMessage' ? KEY_FIELDS[fieldText(data.authentication)] : undefined;
	return {
		service,
		webhookSecrets,
		key: bareToken(data[keyField ?? 'accessToken']),
		baseUrl: fieldText(service === 'nativeMessage' ? data.nativeMessageUrl : data.baseUrl),
		defaultCountry: fieldText(data.defaultCountry) || undefined,
		payloadFormat: data.payloadFormat === 'reference' ? 'reference' : 'guide',
		renewable: service === 'nativeMessage' && data.authentication === 'usernamePassword',
		secrets: secretsOf([...webhookSecrets, ...SECRET_FIELDS.map((name) => fieldText(data[name]))]),
	};
}
