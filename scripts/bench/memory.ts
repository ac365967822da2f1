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
import { peakMemory, resetPeakMemory } from './machine';
import { COMBINED, recipientsOf, sendingWorkflow, TESTED } from './senders';
import { spreadIfMeasured } from './statistics';

/** A node whose memory is measured. */
interface Variant {
	key: string;
	label: string;
	tested: INode;
	sends?: boolean;
}

/** The peaks of one round, in bytes; null where they can't be measured. */
interface Sample {
	one: number | null;
	all: number | null;
}

/**
 * The most memory that n8n holds while it sends to many rows in combined calls, against the same workflow with a node of
 * n8n's own that gives out items of the same shape. Each run is in an n8n that was just started. What a single row takes
 * is subtracted, since that much is needed for any number of rows.
 *
 * @param playground its n8n is stopped
 */
export async function measureMemory(
	playground: BenchPlayground,
	{ rows, rounds }: { rows: number; rounds: number },
) {
	await playground.n8n.stop();
	const tested = COMBINED.node();
	const { item } = await runOnce(playground, { key: 'first', label: 'to see an item', tested }, 1);
	const variants: Variant[] = [
		{ key: 'combined', label: COMBINED.label, tested, sends: true },
		{ key: 'own', label: "n8n's Edit Fields node, items of the same shape", tested: editFields(item) },
	];
	const problems: string[] = [];
	const samples: Record<string, Sample[]> = { combined: [], own: [] };
	for (let round = 0; round < rounds; round++) {
		for (const variant of variants) {
			const peak = async (count: number) => {
				const label = `Memory, round ${round + 1} of ${rounds}, ${count} rows, ${variant.label}`;
				const { bytes, faults } = await runOnce(playground, { ...variant, label }, count);
				problems.push(...faults.map((fault) => `${label}: ${fault}`));
				return bytes;
			};
			samples[variant.key].push({ one: await peak(1), all: await peak(rows) });
		}
	}
	return { rows, rounds, ...summarize(variants, samples, rows), problems };
}

function summarize(variants: Variant[], samples: Record<string, Sample[]>, rows: number) {
	const perRow = (key: string) =>
		samples[key].map(({ one, all }) => (one === null || all === null ? null : (all - one) / rows));
	const own = perRow('own');
	const added = perRow('combined').map((bytes, round) => {
		const ofN8n = own[round];
		return bytes === null || ofN8n === null ? null : bytes - ofN8n;
	});
	return {
		results: variants.map(({ key, label }) => ({
			key,
			label,
			peakBytes: spreadIfMeasured(samples[key].map(({ all }) => all)),
			bytesPerRow: spreadIfMeasured(perRow(key)),
		})),
		addedBytesPerRow: spreadIfMeasured(added),
	};
}

function editFields(item: IDataObject): INode {
	const parameters = { mode: 'raw', jsonOutput: JSON.stringify(item) };
	return node(TESTED, 'n8n-nodes-base.set', { typeVersion: 3.4, parameters });
}

/** One run in a fresh n8n on the playground's user folder. */
async function runOnce(
	{ installation, env, n8n: { logFile }, owner, sandbox }: BenchPlayground,
	{ label, tested, sends = false }: Variant,
	rows: number,
): Promise<{ bytes: number | null; item: IDataObject; faults: string[] }> {
	return await withProgress(label, async (progress) => {
		await sandbox.reset();
		const n8n = await startN8n(installation, { userFolder: dirname(logFile), env });
		try {
			await n8n.client.signIn(owner);
			const credential = await createCredential(n8n.client, sandbox);
			const workflow = await n8n.client.importWorkflow(sendingWorkflow(COMBINED, tested, rows), [credential]);
			resetPeakMemory(n8n.pid);
			const id = await runToEnd(n8n.client, workflow);
			const bytes = peakMemory(n8n.pid);
			const output = outputOf(await n8n.client.getExecution(id), TESTED);
			if (bytes !== null) progress.summarize(`${Math.round(bytes / 1e6)} MB at most`);
			const faults = sends ? recipientProblems(await sandbox.report(), recipientsOf(rows)) : [];
			if (output.length !== rows) faults.unshift(`${output.length} items came out.`);
			return { bytes, item: output[0], faults };
		} finally {
			await n8n.stop();
		}
	});
}
