import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nClient, SavedWorkflow } from '../n8n/client';
import { START } from './senders';

const TIMEOUT_MS = 600_000;
const UNFINISHED = ['new', 'running', 'waiting'];

/**
 * Runs a saved workflow by hand to its end. Polls rarely and for little data, because n8n's work for the responses counts
 * as its CPU time, so the pauses grow with the elapsed time.
 *
 * @returns the execution's ID
 */
export async function runToEnd(client: N8nClient, workflow: SavedWorkflow): Promise<string> {
	const id = await client.runWorkflow(workflow, START);
	const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
	const startedAt = Date.now();
	for (;;) {
		const elapsed = Date.now() - startedAt;
		await sleep(Math.min(2_000, Math.max(100, elapsed / 5)));
		const { results } = await client.request<{ results: Array<{ status: string }> }>(
			'GET',
			`/rest/executions?limit=1&filter=${filter}`,
		);
		if (results.length > 0 && !UNFINISHED.includes(results[0].status)) return id;
		if (elapsed > TIMEOUT_MS) throw new Error(`The execution of "${workflow.name}" did not end.`);
	}
}
