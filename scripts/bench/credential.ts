import type { Credential, N8nClient } from '../n8n/client';
import type { SandboxProcess } from '../n8n/sandbox';
import { CREDENTIAL } from './senders';

/** Saves the credential that all senders use. */
export async function createCredential(
	client: N8nClient,
	{ baseUrl, token }: SandboxProcess,
): Promise<Credential> {
	return await client.createCredential({
		name: CREDENTIAL,
		type: 'nativeMsgApi',
		data: { service: 'nativeMsg', accessToken: token, baseUrl },
	});
}
