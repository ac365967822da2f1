// A separate process that sends the given number of messages as fast as a client without n8n can.
import pMap from 'p-map';
import { Pool } from 'undici';
import { CHANNEL_ID, phoneOf } from './senders';

const CONNECTIONS = 50;
const [baseUrl, rows] = process.argv.slice(2);
const { origin, pathname } = new URL(`${baseUrl}/messages`);
const pool = new Pool(origin, { connections: CONNECTIONS });
const headers = { authorization: `Bearer ${process.env.BENCH_TOKEN}`, 'content-type': 'application/json' };

async function send(row: number): Promise<void> {
	const targets = [{ targetType: 'phones', phones: [phoneOf(row)], channelId: CHANNEL_ID }];
	const body = JSON.stringify({ text: `Your table ${row} is ready.`, targets });
	const response = await pool.request({ method: 'POST', path: pathname, headers, body });
	await response.body.json();
	if (response.statusCode !== 200) throw new Error(`The sandbox responded with ${response.statusCode}.`);
}

const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
await pMap(Array(Number(rows)).keys(), send, { concurrency: CONNECTIONS });
const ms = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpuBefore);
await pool.close();
console.log(JSON.stringify({ ms, cpu: user + system }));
