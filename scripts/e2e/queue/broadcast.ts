import { setTimeout as sleep } from 'node:timers/promises';
import { check } from '../../lib/check';
import { withProgress } from '../../lib/progress';
import { outputOf, poll, type SavedWorkflow } from '../../n8n/client';
import type { Cluster } from '../../n8n/queue-mode/cluster';
import { executionsOf, postRows, rowsFromWebhook } from './rows';
import { SEND, sendNode, workflowOf } from './workflows';

const ROWS = 5_000;
const ROWS_PER_EXECUTION = 250;
/** Rows of the broadcast whose worker is killed, and how many of them are sent before that. */
const LONG_RUN = 400;
const SENT_BEFORE_KILL = 40;
/** How long the service then takes for each request, in ms. */
const LATENCY = 100;
const TIMEOUT = 300_000;

/** 5,000 rows, each with its own text, in 20 executions across both workers. */
export async function checkBroadcast(cluster: Cluster): Promise<void> {
	const { sandbox, webhookProcesses, workers } = cluster;
	await sandbox.reset();
	const path = 'broadcast';
	await publishBroadcast(cluster, path, {});
	const starts = Array.from({ length: ROWS / ROWS_PER_EXECUTION }, (_, index) => index * ROWS_PER_EXECUTION);
	const before = workers.map(executionsOf);
	const report = await withProgress(`${ROWS} rows over two workers`, async () => {
		await Promise.all(
			starts.map((start, index) =>
				postRows(webhookProcesses[index % webhookProcesses.length], path, start, ROWS_PER_EXECUTION),
			),
		);
		return await poll('The broadcast did not end', TIMEOUT, async () => {
			const report = await sandbox.report();
			return report.accepted >= ROWS ? report : undefined;
		});
	});
	const served = Object.values(report.recipients);
	const isOnce = served.length === ROWS && served.every((count) => count === 1);
	check(
		`each of ${ROWS} recipients got one message`,
		isOnce,
		`${served.length} recipients, ${report.accepted} messages`,
	);
	const shares = workers.map((worker, index) => executionsOf(worker) - before[index]);
	check(
		'both workers took part',
		shares.every((share) => share > 0),
		`${shares.join(' and ')} executions`,
	);
}

/** A worker dies in the middle of a broadcast; n8n does not run the execution again. */
export async function checkKilledWorker(cluster: Cluster): Promise<void> {
	const { n8n, sandbox, webhookProcesses, workers } = cluster;
	await sandbox.reset();
	await sandbox.configure({ latencyMs: LATENCY });
	const path = 'long-broadcast';
	const workflow = await publishBroadcast(cluster, path, { concurrency: 2 });
	const before = workers.map(executionsOf);
	await postRows(webhookProcesses[0], path, 0, LONG_RUN);
	await poll(
		'The broadcast did not begin',
		TIMEOUT,
		async () => (await sandbox.report()).accepted >= SENT_BEFORE_KILL,
	);
	const busy = workers.findIndex((worker, index) => executionsOf(worker) > before[index]);
	workers[busy].kill();

	const [execution] = await withProgress('Waiting for n8n to notice that a worker is gone', () =>
		n8n.client.waitForExecutions(workflow, 1),
	);
	await sleep(2 * LATENCY);
	const { accepted, maxPerRecipient } = await sandbox.report();
	check(
		'the broadcast of a killed worker ends as failed, not as successful',
		['crashed', 'error'].includes(execution.status),
		`${execution.status}: ${execution.data.resultData.error?.message}`,
	);
	check('none of its rows is reported as sent', outputOf(execution, SEND).length === 0);
	check('no one got its message twice', maxPerRecipient === 1, `${accepted} of ${LONG_RUN} were sent`);
	check('n8n did not run it again', accepted < LONG_RUN, accepted);

	await sandbox.configure({ latencyMs: 0 });
	await postRows(webhookProcesses[0], path, LONG_RUN, 10);
	const after = await poll('The other worker did not continue', TIMEOUT, async () => {
		const report = await sandbox.report();
		return report.accepted === accepted + 10 ? report : undefined;
	});
	check('the other worker continues with the next execution', after.maxPerRecipient === 1);
}

/** A webhook that takes rows, and sends a text to each. */
async function publishBroadcast(
	{ n8n, credentials }: Cluster,
	path: string,
	options: { concurrency?: number },
): Promise<SavedWorkflow> {
	const nodes = [...rowsFromWebhook(path), sendNode({ options })];
	const workflow = await n8n.client.importWorkflow(workflowOf(path, nodes), credentials);
	await n8n.client.publishWorkflow(workflow);
	return workflow;
}
