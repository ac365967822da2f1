/**
 * Part of `npm run test:e2e`: queue mode of the real n8n, with PostgreSQL, Redis, a main process, two workers and two
 * processes for webhooks. Each inbound event starts once, a broadcast over both workers serves everybody once, and a
 * worker that dies in the middle of one sends nothing twice.
 */
import { ensureDependencies } from '../lib/install.mjs';
import { exitOnSignals } from '../lib/process.mjs';
import { startCluster } from '../lib/queue-mode/cluster.mjs';
import { checkBroadcast, checkKilledWorker } from './queue/broadcast.mjs';
import { checkInboundEvents } from './queue/inbound.mjs';

exitOnSignals();
await ensureDependencies();
const cluster = await startCluster();
try {
	await checkInboundEvents(cluster);
	await checkBroadcast(cluster);
	await checkKilledWorker(cluster);
} finally {
	await cluster.stop();
}
