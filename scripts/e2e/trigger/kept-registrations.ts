import { scryptSync } from 'node:crypto';
import type { Playground } from '../../n8n/playground';

/** What n8n keeps of a trigger's subscription; only the fields that these tests read. */
interface KeptRegistration {
	id: string;
	salt: string;
}

/** A subscription with its secret. */
export interface Registration {
	id: string;
	secret: string;
}

/** The registrations of a workflow's triggers. Their secrets are derived from what n8n keeps and the credential's key. */
export async function registrationsOf(
	{ n8n, sandbox }: Playground,
	workflowId: string,
): Promise<Registration[]> {
	const { staticData } = await n8n.client.request<{
		staticData?: Record<string, { registration?: KeptRegistration }> | null;
	}>('GET', `/rest/workflows/${workflowId}`);
	return Object.values(staticData ?? {})
		.flatMap(({ registration }) => registration ?? [])
		.map(({ id, salt }) => ({
			id,
			secret: scryptSync(sandbox.apiKey, salt, 32).toString('hex'),
		}));
}
