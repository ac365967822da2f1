import { fileURLToPath } from 'node:url';
import { runCommand } from '../lib/command';
import { recipientProblems } from '../examples/outcome';
import { withProgress } from '../lib/progress';
import { runToEnd } from './executions';
import { cpuMicroseconds } from './machine';
import { CREDENTIAL, phoneOf, SENDERS, sendingWorkflow } from './senders';
import { pairedRatio, spreadOf } from './statistics';
import { TESTED } from './workflows';

const FLOOR = fileURLToPath(new URL('floor.ts', import.meta.url));
const LATENCIES_MS = [0, 20];
const WARM_UP_ROWS = 100;

/**
 * @typedef {object} Sample one run
 * @property {number} ms per row, in the node under test
 * @property {number | null} cpu microseconds per row, of the whole execution
 * @property {number} calls that the sandbox received
 */

/**
 * Sends the same rows in different ways, in alternation. A run counts only if the sandbox says that every recipient got
 * exactly one message; all others are named in `problems`.
 *
 * @param {import('../n8n/playground').Playground & { installation: object }} playground
 * @param {{ rows: number, rounds: number }} options
 */
export async function measureSending(playground, { rows, rounds }) {
	const { baseUrl, token } = playground.sandbox;
	const data = { service: 'nativeMsg', accessToken: token, baseUrl };
	const credential = await playground.n8n.client.createCredential({
		name: CREDENTIAL,
		type: 'nativeMsgApi',
		data,
	});
	const run = async (sender, count, latencyMs) =>
		await runOnce(playground, credential, sender, { count, latencyMs });

	const problems = [];
	for (const sender of SENDERS) await run(sender, WARM_UP_ROWS, 0);
	const samples = new Map(LATENCIES_MS.map((latencyMs) => [latencyMs, emptySamples()]));
	for (let round = 0; round < rounds; round++) {
		for (const latencyMs of LATENCIES_MS) {
			for (const sender of SENDERS) {
				const count = Math.min(rows, sender.maxRows ?? rows);
				const title = `Round ${round + 1} of ${rounds}, ${latencyMs} ms, ${sender.label}`;
				const { sample, faults } = await withProgress(title, async (progress) => {
					const measured = await run(sender, count, latencyMs);
					progress.summarize(`${measured.sample.ms.toFixed(3)} ms per row`);
					return measured;
				});
				problems.push(...faults.map((fault) => `${title}: ${fault}`));
				samples.get(latencyMs)[sender.key].push(faults.length > 0 ? undefined : { ...sample, count });
			}
		}
	}
	const byLatency = [...samples].map(([latencyMs, all]) => ({ latencyMs, senders: summarise(all) }));
	return { rows, rounds, byLatency, problems };
}

function emptySamples() {
	return Object.fromEntries(SENDERS.map(({ key }) => [key, []]));
}

function summarise(samples) {
	const msOf = (key) => samples[key].map((sample) => sample?.ms);
	return SENDERS.map(({ key, label, sendsNothing }) => {
		const good = samples[key].filter(Boolean);
		if (good.length === 0) return { key, label };
		const cpu = good.map((sample) => sample.cpu);
		return {
			key,
			label,
			rows: good[0].count,
			calls: Math.max(...good.map(({ calls }) => calls)),
			msPerRow: spreadOf(good.map(({ ms }) => ms)),
			cpuMicrosecondsPerRow: cpu.includes(null) ? null : spreadOf(cpu),
			...(!sendsNothing && {
				timesFasterThanHttpRequest: pairedRatio(msOf('httpRequest'), msOf(key)),
				timesFasterThanPlain: pairedRatio(msOf('plain'), msOf(key)),
				timesSlowerThanFloor: pairedRatio(msOf(key), msOf('floor')),
			}),
		};
	});
}

/** Sends once, and asks the sandbox what became of it. */
async function runOnce(playground, credential, sender, { count, latencyMs }) {
	const { sandbox } = playground;
	await sandbox.reset();
	await sandbox.configure({ latencyMs });
	const { ms, cpu, failure } = sender.node
		? await runInN8n(playground, credential, sender, count)
		: await runOutside(playground, count);
	const sent = sender.sendsNothing ? 0 : count;
	const expected = new Set(Array.from({ length: sent }, (_, row) => phoneOf(row).slice(1)));
	const faults = [failure, ...recipientProblems(await sandbox.report(), expected)].filter(Boolean);
	const calls = (await sandbox.requests()).filter(({ path }) => path.endsWith('/messages')).length;
	return { sample: { ms: ms / count, cpu: cpu === null ? null : cpu / count, calls }, faults };
}

async function runOutside({ installation: { node }, sandbox }, count) {
	const env = { ...process.env, BENCH_TOKEN: sandbox.token };
	return JSON.parse(await runCommand(node, [FLOOR, sandbox.baseUrl, String(count)], { env }));
}

async function runInN8n({ n8n, sandbox }, credential, sender, count) {
	const tested = sender.node(sandbox.baseUrl);
	const workflow = await n8n.client.importWorkflow(sendingWorkflow(sender, tested, count), [credential]);
	const cpuBefore = cpuMicroseconds(n8n.pid);
	const id = await runToEnd(n8n.client, workflow);
	const cpu = cpuBefore === null ? null : cpuMicroseconds(n8n.pid) - cpuBefore;

	const { status, data } = await n8n.client.getExecution(id);
	const message = data.resultData.error?.message;
	const failure = status !== 'success' && `the workflow ended with "${status}": ${message}`;
	return { ms: data.resultData.runData[TESTED]?.[0].executionTime ?? NaN, cpu, failure };
}
