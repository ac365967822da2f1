import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Service } from './services';

/** Which of the two documented shapes NativeMessage gets: that of its OTT guide or that of its API reference. */
export type PayloadFormat = 'guide' | 'reference';

/** How the message of an error begins that kept n8n from logging in. */
export const DURING_LOGIN = 'While logging in:';

/** What the request helper needs to know of a credential. */
export interface CredentialSettings {
	service: Service;
	baseUrl: string;
	payloadFormat: PayloadFormat;
	/** True when n8n logs in and can renew the access token after a 401. */
	renewable: boolean;
	/** What deliveries to a webhook are checked with; several while one replaces another. */
	webhookSecrets: string[];
	/** Texts that must never be shown. */
	secrets: string[];
}

const SECRET_FIELDS = ['accessToken', 'apiKey', 'password', 'sessionToken'];

/** Reads the fields of a decrypted `nativeMsgApi` credential. */
export function credentialSettings(data: ICredentialDataDecryptedObject): CredentialSettings {
	const service = data.service === 'nativeMessage' ? 'nativeMessage' : 'nativeMsg';
	const webhookSecrets = String(data.webhookSecret ?? '')
		.split(',')
		.map((secret) => secret.trim())
		.filter((secret) => secret !== '');
	return {
		service,
		webhookSecrets,
		baseUrl: String((service === 'nativeMessage' ? data.nativeMessageUrl : data.baseUrl) ?? ''),
		payloadFormat: data.payloadFormat === 'reference' ? 'reference' : 'guide',
		renewable: service === 'nativeMessage' && data.authentication === 'usernamePassword',
		secrets: [
			...webhookSecrets,
			...SECRET_FIELDS.map((name) => String(data[name] ?? '')).filter((secret) => secret !== ''),
		],
	};
}
