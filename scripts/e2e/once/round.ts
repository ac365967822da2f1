import { setTimeout as sleep } from 'node:timers/promises';
import { poll, type Execution, type SavedWorkflow } from '../../n8n/client';
import type { Cluster } from '../../n8n/queue-mode/cluster';
import { chain } from '../../n8n/workflow';
import { rowsFromWebhook } from '../queue/rows';
import { judge, type Named, type Verdict } from './judge';
import type { Kind } from './kinds';

const TIMEOUT = 300_000;
const KILL_POLL = 5;
const FIRST_PHONE = 13032000001;
/** Keeps the last digit, so that no number is one that the sandbox treats specially. */
const PHONE_STEP = 10;

/** When to kill the worker. */
export interface Point {
	/** How many messages were requested from the service by then. */
	sent: number;
	/** How long after that, in ms. */
	delayMs: number;
}

/**
 * Sends a broadcast whose worker is killed in the middle, and runs it twice more on another worker, each time with all its
 * rows.
 *
 * @param path of the webhook, not used before
 */
export async function runRound(
	cluster: Cluster,
	kind: Kind,
	path: string,
	{ rows, point }: { rows: number; point: Point },
): Promise<Verdict> {
	const { sandbox } = cluster;
	await sandbox.reset();
	await sandbox.configure({ latencyMs: kind.latencyMs, rateLimit: 1_000_000 });
	const phones = Array.from({ length: rows }, (_, row) => `+${FIRST_PHONE + row * PHONE_STEP}`);
	const body = { rows: phones.map((phone, row) => ({ phone, name: `Person ${row}` })) };
	const named = async () => kind.named(await sandbox.report());

	const workflow = await publish(cluster, kind, path);
	await cluster.n8n.client.postToWebhook(path, body);
	await killAt(cluster, named, point);
	// Requests in flight reach the service long before the new worker is up.
	await cluster.addWorker();
	const killed = await named();
	const second = await runToEnd(cluster, workflow, path, body);
	const afterSecond = await named();
	const third = await runToEnd(cluster, workflow, path, body);
	return judge({
		recipients: phones.map((phone) => phone.slice(1)),
		named: [killed, afterSecond, await named()],
		second,
		third,
		mostUnknown: kind.mostUnknown,
	});
}

async function publish({ n8n, credentials }: Cluster, kind: Kind, path: string): Promise<SavedWorkflow> {
	const workflow = chain(path, [...rowsFromWebhook(path), kind.node()]);
	const saved = await n8n.client.importWorkflow(workflow, credentials);
	await n8n.client.publishWorkflow(saved);
	return saved;
}

async function killAt({ workers }: Cluster, named: () => Promise<Named>, point: Point): Promise<void> {
	const isReached = async () => Object.keys(await named()).length >= point.sent;
	await poll('The broadcast did not get that far', TIMEOUT, isReached, KILL_POLL);
	await sleep(point.delayMs);
	workers.at(-1)!.kill();
}

async function runToEnd(
	{ n8n: { client } }: Cluster,
	workflow: SavedWorkflow,
	path: string,
	body: object,
): Promise<Execution> {
	const known = new Set((await client.listExecutions(workflow)).map(({ id }) => id));
	await client.postToWebhook(path, body);
	const id = await poll('The broadcast did not start', TIMEOUT, async () => {
		const started = (await client.listExecutions(workflow)).find((execution) => !known.has(execution.id));
		return started?.id;
	});
	return await client.waitForExecution(id);
}
