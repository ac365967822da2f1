import { scryptSync } from 'node:crypto';
import type { Playground } from '../../n8n/playground';

/** What n8n keeps of a trigger's subscription, as far as these tests read it. */
interface KeptRegistration {
	id: string;
	salt: string;
}

/** A subscription with its secret. */
export interface Registration {
	id: string;
	secret: string;
}

/** The registrations of a workflow's triggers. Their secrets are made from what n8n keeps and the key of the credential. */
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
