import { dirname } from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';
import { recipientProblems } from '../examples/outcome';
import { withProgress } from '../lib/progress';
import { outputOf } from '../n8n/client';
import { startN8n } from '../n8n/server';
import { node } from '../n8n/workflow';
import type { BenchPlayground } from './bench-playground';
import { createCredential } from './credential';
import { runToEnd } from './executions';
import { peakMemory, resetPeakMemory, withCpuTime } from './machine';
import { COMBINED, nativeMsg, recipientsOf, sendingWorkflow, TESTED, type Sender } from './senders';
import { spreadIfMeasured, spreadOf, type Spread } from './statistics';

/** More rounds of runs this long tell nothing more. */
const MAX_ROUNDS = 3;

const PERSONAL = {
	key: 'personal',
	label: '(b1) NativeMsg, a ready-made text per row, Concurrency 50',
	node: nativeMsg({ concurrency: 50 }),
} satisfies Sender;

/** Rows that are sent, or for comparison, made by a node of n8n's own. */
interface Run {
	label: string;
	sender: Sender;
	tested: INode;
	rows: number;
	sends?: boolean;
}

/** What one run came to; bytes and microseconds for the whole of it, null where they can't be measured. */
interface Sample {
	peakBytes: number | null;
	cpu: number | null;
	ms: number;
}

/** The same rows in one round: one row, and all, sent and made by n8n's own node. */
interface Round {
	one: Sample;
	all: Sample;
	ownOne: Sample;
	ownAll: Sample;
}

/** What some number of rows came to. */
interface RowsFigures {
	key: string;
	label: string;
	rows: number;
	peakBytes: Spread | null;
	ownPeakBytes: Spread | null;
	/** In resident memory, what a single row takes subtracted. */
	bytesPerRow: Spread | null;
	ownBytesPerRow: Spread | null;
	addedBytesPerRow: Spread | null;
	/** In the node alone. */
	msPerRow: Spread;
	/** Of the whole execution. */
	cpuMicrosecondsPerRow: Spread | null;
	ownCpuMicrosecondsPerRow: Spread | null;
}

/**
 * The most memory that n8n holds, and the CPU time it takes, while it sends to many rows, against the same workflow with a
 * node of n8n's own that gives out items of the same shape. Each run is in an n8n that was just started. What a single row
 * takes is subtracted, since that much is needed for any number of rows.
 *
 * @param playground its n8n is stopped
 * @param rows so many in combined requests; half and a tenth of them with a text each
 */
export async function measureMemory(
	playground: BenchPlayground,
	{ rows, rounds: wanted }: { rows: number; rounds: number },
) {
	await playground.n8n.stop();
	const rounds = Math.min(wanted, MAX_ROUNDS);
	const problems: string[] = [];
	const run = async (what: Run) => {
		const { sample, item, faults } = await runOnce(playground, what);
		problems.push(...faults.map((fault) => `${what.label}: ${fault}`));
		return { sample, item };
	};
	const measured: RowsFigures[] = [];
	const cases: Array<[Sender & { node(): INode }, number[]]> = [
		[COMBINED, [rows]],
		[PERSONAL, [Math.ceil(rows / 10), Math.ceil(rows / 2)]],
	];
	for (const [sender, counts] of cases) {
		const byCount = new Map(counts.map((count): [number, Round[]] => [count, []]));
		for (let round = 1; round <= rounds; round++) {
			const label = (count: number, by: string) =>
				`Memory, round ${round} of ${rounds}, ${count} rows, ${by}`;
			const tested = sender.node();
			const send = async (count: number) =>
				await run({ label: label(count, sender.label), sender, tested, rows: count, sends: true });
			const { sample: one, item } = await send(1);
			const own = async (count: number) =>
				(await run({ label: label(count, 'Edit Fields'), sender, tested: editFields(item), rows: count }))
					.sample;
			const ownOne = await own(1);
			for (const [count, samples] of byCount) {
				samples.push({ one, ownOne, all: (await send(count)).sample, ownAll: await own(count) });
			}
		}
		for (const [count, samples] of byCount) measured.push(summarize(sender, count, samples));
	}
	return { rounds, measured, problems };
}

function summarize({ key, label }: Sender, rows: number, samples: Round[]): RowsFigures {
	const perRow = (all: 'all' | 'ownAll', one: 'one' | 'ownOne') =>
		samples.map((sample) => difference(sample[all].peakBytes, sample[one].peakBytes, rows));
	const sent = perRow('all', 'one');
	const own = perRow('ownAll', 'ownOne');
	const cpu = (all: 'all' | 'ownAll') =>
		spreadIfMeasured(samples.map((sample) => difference(sample[all].cpu, 0, rows)));
	return {
		key,
		label,
		rows,
		peakBytes: spreadIfMeasured(samples.map(({ all }) => all.peakBytes)),
		ownPeakBytes: spreadIfMeasured(samples.map(({ ownAll }) => ownAll.peakBytes)),
		bytesPerRow: spreadIfMeasured(sent),
		ownBytesPerRow: spreadIfMeasured(own),
		addedBytesPerRow: spreadIfMeasured(sent.map((bytes, round) => difference(bytes, own[round], 1))),
		msPerRow: spreadOf(samples.map(({ all }) => all.ms / rows)),
		cpuMicrosecondsPerRow: cpu('all'),
		ownCpuMicrosecondsPerRow: cpu('ownAll'),
	};
}

function difference(more: number | null, less: number | null, rows: number): number | null {
	return more === null || less === null ? null : (more - less) / rows;
}

function editFields(item: IDataObject): INode {
	const parameters = { mode: 'raw', jsonOutput: JSON.stringify(item) };
	return node(TESTED, 'n8n-nodes-base.set', { typeVersion: 3.4, parameters });
}

/** One run in a fresh n8n on the playground's user folder. */
async function runOnce(
	{ installation, env, n8n: { logFile }, owner, sandbox }: BenchPlayground,
	{ label, sender, tested, rows, sends = false }: Run,
): Promise<{ sample: Sample; item: IDataObject; faults: string[] }> {
	return await withProgress(label, async (progress) => {
		await sandbox.reset();
		const n8n = await startN8n(installation, { userFolder: dirname(logFile), env });
		try {
			await n8n.client.signIn(owner);
			const credential = await createCredential(n8n.client, sandbox);
			const workflow = await n8n.client.importWorkflow(sendingWorkflow(sender, tested, rows), [credential]);
			resetPeakMemory(n8n.pid);
			const { result: id, cpu } = await withCpuTime(n8n.pid, () => runToEnd(n8n.client, workflow));
			const peakBytes = peakMemory(n8n.pid);
			const execution = await n8n.client.getExecution(id);
			const output = outputOf(execution, TESTED);
			const ms = execution.data.resultData.runData[TESTED]?.[0].executionTime ?? NaN;
			if (peakBytes !== null) progress.summarize(`${Math.round(peakBytes / 1e6)} MB at most`);
			const faults = sends ? recipientProblems(await sandbox.report(), recipientsOf(rows)) : [];
			if (output.length !== rows) faults.unshift(`${output.length} items came out.`);
			return { sample: { peakBytes, cpu, ms }, item: output[0], faults };
		} finally {
			await n8n.stop();
		}
	});
}
