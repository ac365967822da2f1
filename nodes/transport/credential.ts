import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { textOf } from './json';
import { withoutInvisible } from './text';
import type { Service } from './services';

/** Which of the two documented shapes NativeMessage gets: that of its OTT guide or that of its API reference. */
export type PayloadFormat = 'guide' | 'reference';

/** How the message of an error begins that kept n8n from logging in. */
export const DURING_LOGIN = 'While logging in:';

/** The message of the error that keeps n8n from using a Base URL at which something else than the API answers. */
export const NO_SUCH_API = 'No API found at the Base URL. Check the URL for typos.';

/** What the request helper needs to know of a credential. */
export interface CredentialSettings {
	service: Service;
	baseUrl: string;
	payloadFormat: PayloadFormat;
	/** ISO code of the country of phone numbers without country code. */
	defaultCountry?: string;
	/** True when n8n logs in and can renew the access token after a 401. */
	renewable: boolean;
	/** What the user entered to log in with, which lasts longer than a session. */
	key: string;
	/** What deliveries to a webhook are checked with; several while one replaces another. */
	webhookSecrets: string[];
	/** Texts that must never be shown. */
	secrets: string[];
}

/** A field as text; whatever else an expression or a log-in may have put there counts as nothing. */
export const fieldText = (value: unknown) => textOf(value) ?? '';

/** A token or key without what is pasted along with it: blanks around it, or the word in front of it in a header. */
export function bareToken(value: unknown): string {
	return withoutInvisible(fieldText(value))
		.trim()
		.replace(/^bearer\s+/i, '');
}

/** The field that each way of authentication logs in with. */
const KEY_FIELDS: Record<string, string | undefined> = { apiKey: 'apiKey', usernamePassword: 'password' };

const SECRET_FIELDS = ['accessToken', 'apiKey', 'password', 'sessionToken'];

/** Longer ones first, so that of a secret that begins like another nothing is left when they are taken out of a text. */
function secretsOf(entered: string[]): string[] {
	// A service repeats what it was sent, which is the bare token.
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
