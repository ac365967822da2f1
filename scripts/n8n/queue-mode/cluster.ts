import { dirname } from 'node:path';
import { ensureN8n } from '../install';
import { startN8nProcess, type N8nProcess } from '../server';
import { startPlayground, type Playground } from '../playground';
import { withProgress } from '../../lib/progress';
import { missingPrograms, startPostgres, startRedis } from './databases';

const CONCURRENCY = 5;

export interface Cluster extends Playground {
	workers: N8nProcess[];
	webhookProcesses: N8nProcess[];
	/** Starts another worker and adds it to `workers`. */
	addWorker(): Promise<N8nProcess>;
}

export interface ClusterSize {
	workers: number;
	/** If there are none, the main process handles webhooks. */
	webhookProcesses: number;
}

/**
 * n8n in queue mode, as its documentation describes it: PostgreSQL, Redis, one main process, workers, and webhook
 * processes, all with this package.
 *
 * @param name of a folder in n8n's cache folder; only one cluster at a time may use it
 * @throws {Error} if PostgreSQL or Redis isn't installed
 */
export async function startCluster(name: string, size: ClusterSize): Promise<Cluster> {
	const missing = missingPrograms();
	if (missing.length > 0) {
		throw new Error(
			`Queue mode needs ${missing.join(', ')} (Debian: "apt-get install postgresql redis-server").`,
		);
	}
	const started: Array<{ stop(): Promise<void> }> = [];
	const stop = async () => {
		for (const part of started.splice(0).reverse()) await part.stop();
	};
	const start = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
		const part = await starting;
		started.push(part);
		return part;
	};
	try {
		const databases = [await start(startPostgres()), await start(startRedis())];
		const env: NodeJS.ProcessEnv = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			// How soon n8n notices that a worker is gone, in ms; by default up to 90 s.
			QUEUE_WORKER_LOCK_DURATION: '10000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
			QUEUE_WORKER_STALLED_INTERVAL: '5000',
			...Object.assign({}, ...databases.map((database) => database.env)),
		};
		const playground = await start(startPlayground(name, { env }));
		const installation = await ensureN8n();
		const folder = dirname(playground.n8n.logFile);
		// Workers create the links of questions.
		const address = { N8N_WEBHOOK_URL: `${playground.n8n.url}/` };
		const startProcess = (command: string[], name: string) =>
			start(startN8nProcess(installation, { folder, command, name, env: { ...env, ...address } }));
		const workers: N8nProcess[] = [];
		const webhookProcesses: N8nProcess[] = [];
		let startedWorkers = 0;
		const addWorker = async () => {
			const workerName = `worker-${++startedWorkers}`;
			const worker = await startProcess(['worker', `--concurrency=${CONCURRENCY}`], workerName);
			workers.push(worker);
			return worker;
		};
		const addWebhookProcess = async (index: number) =>
			void webhookProcesses.push(await startProcess(['webhook'], `webhook-${index + 1}`));
		const { workers: workerCount, webhookProcesses: webhookCount } = size;
		await withProgress(`Starting ${workerCount} workers and ${webhookCount} webhook processes`, () =>
			Promise.all([
				...Array.from({ length: workerCount }, addWorker),
				...Array.from({ length: webhookCount }, (_, index) => addWebhookProcess(index)),
			]),
		);
		return { ...playground, workers, webhookProcesses, addWorker, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
