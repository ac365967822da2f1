import { fileURLToPath } from 'node:url';
import type { INode } from 'n8n-workflow';
import { recipientProblems } from '../examples/outcome';
import { runCommand } from '../lib/command';
import { withProgress } from '../lib/progress';
import type { Credential } from '../n8n/client';
import { createCredential } from './credential';
import type { BenchPlayground } from './bench-playground';
import { runToEnd } from './executions';
import { withCpuTime } from './machine';
import { recipientsOf, SENDERS, sendingWorkflow, TESTED, type Sender } from './senders';
import { pairedRatio, spreadIfMeasured, spreadOf, type Spread } from './statistics';

const FLOOR = fileURLToPath(new URL('floor.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');
const LATENCIES_MS = [0, 20];
const WARM_UP_ROWS = 100;

/** One run. */
export interface Sample {
	rows: number;
	/** Per row, in the node under test. */
	ms: number;
	/** Microseconds per row, of the whole execution. */
	cpu: number | null;
	/** How many requests the sandbox received. */
	calls: number;
}

/** The runs of each sender by its key; undefined for one that doesn't count. */
type Samples = Record<string, Array<Sample | undefined>>;

/** The figures of one sender's runs; none if no run counts. */
interface SenderFigures {
	key: string;
	label: string;
	rows?: number;
	calls?: number;
	msPerRow?: Spread;
	cpuMicrosecondsPerRow?: Spread | null;
	timesFasterThanHttpRequest?: number;
	timesFasterThanPlain?: number;
	timesSlowerThanFloor?: number;
	/** For texts that aren't ready-made, at the same concurrency. */
	timesSlowerThanReadyText?: number;
}

/** What one run is of. */
interface Run {
	count: number;
	latencyMs: number;
}

/**
 * Sends the same rows in different ways, alternating. A run counts only if the sandbox says that every recipient got
 * exactly one message; all others are named in `problems`.
 */
export async function measureSending(
	playground: BenchPlayground,
	{ rows, rounds }: { rows: number; rounds: number },
) {
	const credential = await createCredential(playground.n8n.client, playground.sandbox);

	const problems: string[] = [];
	for (const sender of SENDERS) {
		await sendOnce(playground, credential, sender, { count: WARM_UP_ROWS, latencyMs: 0 });
	}
	const samples = new Map(LATENCIES_MS.map((latencyMs): [number, Samples] => [latencyMs, {}]));
	for (let round = 0; round < rounds; round++) {
		for (const [latencyMs, ofLatency] of samples) {
			for (const sender of SENDERS) {
				const count = Math.min(rows, sender.maxRows ?? rows);
				const title = `Round ${round + 1} of ${rounds}, ${latencyMs} ms, ${sender.label}`;
				const { sample, faults } = await withProgress(title, async (progress) => {
					const outcome = await sendOnce(playground, credential, sender, { count, latencyMs });
					progress.summarize(`${outcome.sample.ms.toFixed(3)} ms per row`);
					return outcome;
				});
				problems.push(...faults.map((fault) => `${title}: ${fault}`));
				(ofLatency[sender.key] ??= []).push(faults.length > 0 ? undefined : sample);
			}
		}
	}
	const byLatency = [...samples].map(([latencyMs, all]) => ({ latencyMs, senders: summarize(all) }));
	return { rows, rounds, byLatency, problems };
}

function summarize(samples: Samples): SenderFigures[] {
	const msOf = (key: string) => samples[key].map((sample) => sample?.ms);
	return SENDERS.map(({ key, label, sendsNothing, readyText }) => {
		const good = samples[key].filter((sample) => sample !== undefined);
		if (good.length === 0) return { key, label };
		return {
			key,
			label,
			rows: good[0].rows,
			calls: Math.max(...good.map(({ calls }) => calls)),
			msPerRow: spreadOf(good.map(({ ms }) => ms)),
			cpuMicrosecondsPerRow: spreadIfMeasured(good.map(({ cpu }) => cpu)),
			...(!sendsNothing && {
				timesFasterThanHttpRequest: pairedRatio(msOf('httpRequest'), msOf(key)),
				timesFasterThanPlain: pairedRatio(msOf('plain'), msOf(key)),
				timesSlowerThanFloor: pairedRatio(msOf(key), msOf('floor')),
			}),
			...(readyText && { timesSlowerThanReadyText: pairedRatio(msOf(key), msOf(readyText)) }),
		};
	});
}

/** Sends once in a separate workflow, and checks the result in the sandbox. */
export async function sendOnce(
	playground: BenchPlayground,
	credential: Credential,
	sender: Sender,
	{ count, latencyMs }: Run,
): Promise<{ sample: Sample; faults: string[] }> {
	const { sandbox } = playground;
	await sandbox.reset();
	await sandbox.configure({ latencyMs });
	const tested = sender.node?.(sandbox.baseUrl);
	const { ms, cpu, failures } = tested
		? await runInN8n(playground, credential, sender, tested, count)
		: await runOutside(playground, count);
	const expected = recipientsOf(sender.sendsNothing ? 0 : count);
	const faults = [...failures, ...recipientProblems(await sandbox.report(), expected)];
	const calls = (await sandbox.requests()).filter(({ path }) => path.endsWith('/messages')).length;
	return { sample: { rows: count, ms: ms / count, cpu: cpu === null ? null : cpu / count, calls }, faults };
}

/** The total time of a run, and why it doesn't count. */
interface Measured {
	ms: number;
	cpu: number | null;
	failures: string[];
}

/** In the same Node as n8n, which loads tsx from this package. */
async function runOutside(
	{ installation: { node }, sandbox }: BenchPlayground,
	count: number,
): Promise<Measured> {
	const env = { ...process.env, BENCH_TOKEN: sandbox.token };
	const args = ['--import', TSX, FLOOR, sandbox.baseUrl, String(count)];
	const { ms, cpu } = JSON.parse(await runCommand(node, args, { env })) as { ms: number; cpu: number };
	return { ms, cpu, failures: [] };
}

async function runInN8n(
	{ n8n }: BenchPlayground,
	credential: Credential,
	sender: Sender,
	tested: INode,
	count: number,
): Promise<Measured> {
	const workflow = await n8n.client.importWorkflow(sendingWorkflow(sender, tested, count), [credential]);
	const { result: id, cpu } = await withCpuTime(n8n.pid, () => runToEnd(n8n.client, workflow));

	const { status, data } = await n8n.client.getExecution(id);
	const message = data.resultData.error?.message;
	const failures = status === 'success' ? [] : [`the workflow ended with "${status}": ${message}`];
	return { ms: data.resultData.runData[TESTED]?.[0].executionTime ?? NaN, cpu, failures };
}
