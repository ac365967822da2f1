import { dirname } from 'node:path';
import { outputOf } from '../n8n/client';
import { startN8n } from '../n8n/server';
import { recipientProblems } from '../examples/outcome';
import { withProgress } from '../lib/progress';
import { runToEnd } from './executions';
import { peakMemory, resetPeakMemory } from './machine';
import { CREDENTIAL, phoneOf, SENDERS, sendingWorkflow } from './senders';
import { spreadOf } from './statistics';
import { node, TESTED } from './workflows';

const [COMBINED] = SENDERS;

/**
 * The most memory that n8n holds while it sends to many rows in combined calls, against the same workflow with a node of
 * n8n's own that gives out items of the same shape. Each run is in an n8n that was just started. What a single row takes
 * is subtracted, since that much is needed for any number of rows.
 *
 * @param {import('../n8n/playground').Playground & { installation: object, env: NodeJS.ProcessEnv }} playground
 *   its n8n is stopped
 * @param {{ rows: number, rounds: number }} options
 */
export async function measureMemory(playground, { rows, rounds }) {
	await playground.n8n.stop();
	const item = (await runOnce(playground, { label: 'to see an item', tested: sendNode(playground), rows: 1 }))
		.item;
	const variants = [
		{ key: 'combined', label: COMBINED.label, tested: sendNode(playground), sends: true },
		{ key: 'own', label: "n8n's Edit Fields node, items of the same shape", tested: editFields(item) },
	];
	const problems = [];
	const samples = Object.fromEntries(variants.map(({ key }) => [key, []]));
	for (let round = 0; round < rounds; round++) {
		for (const variant of variants) {
			const peak = async (count) => {
				const title = `Memory, round ${round + 1} of ${rounds}, ${count} rows, ${variant.label}`;
				const { bytes, faults } = await runOnce(playground, { ...variant, label: title, rows: count });
				problems.push(...faults.map((fault) => `${title}: ${fault}`));
				return bytes;
			};
			const one = await peak(1);
			samples[variant.key].push({ one, all: await peak(rows) });
		}
	}
	return { rows, rounds, ...summarise(variants, samples, rows), problems };
}

function summarise(variants, samples, rows) {
	const isMeasured = samples.own[0].all !== null;
	const perRow = (key) => samples[key].map(({ one, all }) => (all - one) / rows);
	const own = perRow('own');
	return {
		results: variants.map(({ key, label }) => ({
			key,
			label,
			peakBytes: isMeasured ? spreadOf(samples[key].map(({ all }) => all)) : null,
			bytesPerRow: isMeasured ? spreadOf(perRow(key)) : null,
		})),
		addedBytesPerRow: isMeasured
			? spreadOf(perRow('combined').map((bytes, round) => bytes - own[round]))
			: null,
	};
}

function sendNode({ sandbox }) {
	return COMBINED.node(sandbox.baseUrl);
}

function editFields(item) {
	return node(TESTED, 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify(item) });
}

/** One run in a fresh n8n on the playground's user folder. */
async function runOnce(
	{ installation, env, n8n: { logFile }, owner, sandbox },
	{ label, tested, sends, rows },
) {
	return await withProgress(label, async (progress) => {
		await sandbox.reset();
		const n8n = await startN8n(installation, { userFolder: dirname(logFile), env });
		try {
			await n8n.client.signIn(owner);
			const credential = await n8n.client.createCredential({
				name: CREDENTIAL,
				type: 'nativeMsgApi',
				data: { service: 'nativeMsg', accessToken: sandbox.token, baseUrl: sandbox.baseUrl },
			});
			const workflow = await n8n.client.importWorkflow(sendingWorkflow(COMBINED, tested, rows), [credential]);
			resetPeakMemory(n8n.pid);
			const id = await runToEnd(n8n.client, workflow);
			const bytes = peakMemory(n8n.pid);
			const execution = await n8n.client.getExecution(id);
			const output = outputOf(execution, TESTED);
			const expected = new Set(Array.from({ length: sends ? rows : 0 }, (_, row) => phoneOf(row).slice(1)));
			const faults = [
				output.length !== rows && `${output.length} items came out.`,
				...(sends ? recipientProblems(await sandbox.report(), expected) : []),
			].filter(Boolean);
			if (bytes !== null) progress.summarize(`${Math.round(bytes / 1e6)} MB at most`);
			return { bytes, item: output[0], faults };
		} finally {
			await n8n.stop();
		}
	});
}
