import pMap from 'p-map';
import { check } from '../../lib/check';
import { withProgress } from '../../lib/progress';
import type { Workflow } from '../../n8n/client';
import type { Cluster } from '../../n8n/queue-mode/cluster';
import { chain } from '../../n8n/workflow';
import { executionsOf, postRows, rowsFromWebhook } from './rows';
import { sendNode } from './workflows';

const ROWS = 300;
const ROUNDS = 5;

/** How often a broadcast was started twice at the same moment, and the results. */
interface Overlaps {
	/** Rounds whose two executions ran on different workers. */
	apart: number;
	failed: number;
	messaged: number;
	messagedTwice: number;
}

/**
 * A broadcast with a name is started twice at the same moment, as by overlapping schedules. Each round has a new one.
 * Within a worker, no one may be messaged twice. For two workers, the result is only printed, because n8n has no lock
 * across workers.
 */
export async function checkOverlap(cluster: Cluster, where: 'one worker' | 'two workers'): Promise<void> {
	const { apart, failed, messaged, messagedTwice } = await runOverlaps(cluster, where);
	const started = `broadcasts started twice at the same moment, ${where}`;
	check(`${started}: none fails`, failed === 0, `${apart} of ${ROUNDS} pairs on different workers`);
	check(`${started}: no one is lost`, messaged === ROUNDS * ROWS, `${messaged} of ${ROUNDS * ROWS}`);
	if (where === 'one worker') check(`${started}: no one is messaged twice`, messagedTwice === 0);
	else console.log(`  ${started}: ${messagedTwice} of ${messaged} recipients messaged twice`);
}

async function runOverlaps(cluster: Cluster, where: string): Promise<Overlaps> {
	const { n8n, sandbox, credentials, webhookProcesses, workers } = cluster;
	const result: Overlaps = { apart: 0, failed: 0, messaged: 0, messagedTwice: 0 };
	for (let round = 1; round <= ROUNDS; round++) {
		await sandbox.reset();
		await sandbox.configure({ latencyMs: 20 });
		const path = `overlap-${where.replace(' ', '-')}-${round}`;
		const workflow = await n8n.client.importWorkflow(broadcastAt(path), credentials);
		await n8n.client.publishWorkflow(workflow);
		// Warms up the webhook processes, so that both start at the same moment in the rounds.
		for (const webhookProcess of webhookProcesses) await postRows(webhookProcess, path, 0, 0);

		const before = workers.map(executionsOf);
		const executions = await withProgress(`${where}, ${round} of ${ROUNDS}`, async () => {
			await pMap(webhookProcesses, (webhookProcess) => postRows(webhookProcess, path, 0, ROWS));
			return await n8n.client.waitForExecutions(workflow, 2 + webhookProcesses.length);
		});
		const shares = workers.map((worker, index) => executionsOf(worker) - before[index]);
		const { named } = await sandbox.report();
		result.apart += Number(shares.filter((share) => share > 0).length > 1);
		result.failed += executions.filter(({ status }) => status !== 'success').length;
		result.messaged += Object.keys(named).length;
		result.messagedTwice += Object.values(named).filter((times) => times > 1).length;
	}
	return result;
}

function broadcastAt(path: string): Workflow {
	const send = sendNode({ broadcast: { broadcastName: 'Summer sale' } });
	// One execution may report recipients as unknown that the other is sending to.
	return chain(path, [...rowsFromWebhook(path), { ...send, onError: 'continueErrorOutput' }]);
}
