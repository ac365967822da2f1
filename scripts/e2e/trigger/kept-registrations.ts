import type { N8nClient } from '../../n8n/client';

/** What a trigger keeps of its subscription. */
interface Registration {
	id: string;
	secret: string;
}

/** The registrations that n8n keeps for the triggers of a workflow. */
export async function registrationsOf(client: N8nClient, workflowId: string): Promise<Registration[]> {
	const { staticData } = await client.request<{
		staticData?: Record<string, { registration?: Registration }> | null;
	}>('GET', `/rest/workflows/${workflowId}`);
	return Object.values(staticData ?? {}).flatMap(({ registration }) => registration ?? []);
}
