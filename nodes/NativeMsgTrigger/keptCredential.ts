import type { IWebhookFunctions } from 'n8n-workflow';
import type { CredentialSettings } from '../transport/credential';
import { credentialSettings } from '../transport/credential';
import { RecentMap } from '../transport/recentMap';

/**
 * How long (ms) a credential is reused for further requests. Reading it takes n8n longer than everything else for a
 * request (`npm run bench`), so a burst of requests would queue up behind it.
 */
const KEPT_MS = 5_000;

const kept = new RecentMap<{ settings: CredentialSettings; until: number }>(100);

/** The settings of the node's credential, at most five seconds old. */
export async function keptCredential(
	context: IWebhookFunctions,
	now = Date.now(),
): Promise<CredentialSettings> {
	const { id, credentials } = context.getNode();
	const key = `${context.getWorkflow().id} ${id} ${credentials?.nativeMsgApi?.id}`;
	const known = kept.get(key);
	if (known && now < known.until) return known.settings;
	const settings = credentialSettings(await context.getCredentials('nativeMsgApi'));
	kept.set(key, { settings, until: now + KEPT_MS });
	return settings;
}
