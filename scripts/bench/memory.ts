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

/** More rounds of such long runs add no information. */
const MAX_ROUNDS = 3;

const PERSONAL = {
	key: 'personal',
	label: '(b1) NativeMsg, a ready-made text per row, Concurrency 50',
	node: nativeMsg({ concurrency: 50 }),
} satisfies Sender;

/** Rows that are sent or, for comparison, created by one of n8n's own nodes. */
interface Run {
	label: string;
	sender: Sender;
	tested: INode;
	rows: number;
	sends?: boolean;
}

/** The figures of one run; bytes and microseconds are for the whole run, null if they can't be measured. */
interface Sample {
	peakBytes: number | null;
	cpu: number | null;
	ms: number;
}

/** One round: few rows and many, sent and created by n8n's own node. */
interface Round {
	few: Sample;
	many: Sample;
	ownFew: Sample;
	ownMany: Sample;
}

/** The figures of one way to send. */
interface SenderFigures {
	key: string;
	label: string;
	counts: CountFigures[];
	/** In resident memory, for each row beyond the few. */
	bytesPerRow: Spread | null;
	ownBytesPerRow: Spread | null;
	addedBytesPerRow: Spread | null;
}

/** The figures for one number of rows. */
interface CountFigures {
	rows: number;
	peakBytes: Spread | null;
	ownPeakBytes: Spread | null;
	/** In the node alone. */
	msPerRow: Spread;
	/** Of the whole execution. */
	cpuMicrosecondsPerRow: Spread | null;
	ownCpuMicrosecondsPerRow: Spread | null;
}

/**
 * The peak memory and the CPU time of n8n while it sends to many rows, compared with the same workflow with one of n8n's
 * own nodes that returns items of the same shape. Each run is in a fresh n8n. What counts is how the peak grows with more
 * rows, because sending a few takes a base amount that any number needs.
 *
 * @param playground its n8n is stopped
 * @param rows number of rows in combined requests; half as many with a text each; before each, a tenth of them
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
	const few = Math.ceil(rows / 10);
	const cases: Array<[Sender & { node(): INode }, number]> = [
		[COMBINED, rows],
		[PERSONAL, Math.ceil(rows / 2)],
	];
	const measured: SenderFigures[] = [];
	for (const [sender, many] of cases) {
		const samples: Round[] = [];
		for (let round = 1; round <= rounds; round++) {
			const title = (count: number, by: string) =>
				`Memory, round ${round} of ${rounds}, ${count} rows, ${by}`;
			const tested = sender.node();
			const send = async (count: number) =>
				await run({ label: title(count, sender.label), sender, tested, rows: count, sends: true });
			const { sample: sentFew, item } = await send(few);
			const own = async (count: number) =>
				(await run({ label: title(count, 'Edit Fields'), sender, tested: editFields(item), rows: count }))
					.sample;
			const ownFew = await own(few);
			samples.push({ few: sentFew, ownFew, many: (await send(many)).sample, ownMany: await own(many) });
		}
		measured.push(summarize(sender, { few, many }, samples));
	}
	return { rounds, measured, problems };
}

function summarize(
	{ key, label }: Sender,
	{ few, many }: { few: number; many: number },
	samples: Round[],
): SenderFigures {
	const grown = samples.map((round) => difference(round.many.peakBytes, round.few.peakBytes, many - few));
	const ownGrown = samples.map((round) =>
		difference(round.ownMany.peakBytes, round.ownFew.peakBytes, many - few),
	);
	const countFigures = (rows: number, sent: 'few' | 'many', own: 'ownFew' | 'ownMany'): CountFigures => {
		const cpu = (of: keyof Round) =>
			spreadIfMeasured(samples.map((round) => difference(round[of].cpu, 0, rows)));
		return {
			rows,
			peakBytes: spreadIfMeasured(samples.map((round) => round[sent].peakBytes)),
			ownPeakBytes: spreadIfMeasured(samples.map((round) => round[own].peakBytes)),
			msPerRow: spreadOf(samples.map((round) => round[sent].ms / rows)),
			cpuMicrosecondsPerRow: cpu(sent),
			ownCpuMicrosecondsPerRow: cpu(own),
		};
	};
	return {
		key,
		label,
		counts: [countFigures(few, 'few', 'ownFew'), countFigures(many, 'many', 'ownMany')],
		bytesPerRow: spreadIfMeasured(grown),
		ownBytesPerRow: spreadIfMeasured(ownGrown),
		addedBytesPerRow: spreadIfMeasured(grown.map((bytes, round) => difference(bytes, ownGrown[round], 1))),
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
			if (output.length !== rows) faults.unshift(`${output.length} items were returned.`);
			return { sample: { peakBytes, cpu, ms }, item: output[0], faults };
		} finally {
			await n8n.stop();
		}
	});
}
