/**
 * Part of `npm run test:e2e`: queue mode of the real n8n, with PostgreSQL, Redis, a main process, two workers, and two
 * webhook processes. Each inbound event starts once, a broadcast across both workers serves everyone once, and if a
 * worker dies in the middle of one, nothing is sent twice.
 */
import { exitOnSignals } from '../lib/process';
import { startCluster } from '../n8n/queue-mode/cluster';
import { checkBroadcast, checkKilledWorker } from './queue/broadcast';
import { checkInboundEvents } from './queue/inbound';
import { checkOverlap } from './queue/overlap';
import { checkWaiting, checkWaitingPastWorkers } from './queue/wait';
import { checkFiles } from './sending/files';

exitOnSignals();
const cluster = await startCluster('queue', { workers: 2, webhookProcesses: 2 });
try {
	await checkInboundEvents(cluster);
	await checkWaiting(cluster);
	await checkFiles(cluster);
	await checkBroadcast(cluster);
	await checkOverlap(cluster, 'two workers');
	await checkKilledWorker(cluster);
	await checkOverlap(cluster, 'one worker');
	await checkWaitingPastWorkers(cluster);
} finally {
	await cluster.stop();
}
