/**
 * `npm run test:once`: a broadcast with a name can be run again after any failure. In queue mode of the real n8n, a
 * worker is killed in the middle of a broadcast, which is then run twice more. The sandbox's counters decide. Options,
 * after `--`:
 *
 *   --rounds 20     how many workers are killed; the kinds of broadcasts take turns
 *   --rows 2000     of each broadcast
 *   --seed 42       decides at which points; it is printed
 *
 * The exit code is 1 if someone was messaged twice or lost, or if more recipients are unknown than docs/broadcasts.md
 * says.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import type { Verdict } from './e2e/once/judge';
import { KINDS, type Kind } from './e2e/once/kinds';
import { runRound, type Point } from './e2e/once/round';
import { textTable } from './examples/outcome';
import { exitOnSignals } from './lib/process';
import { withProgress } from './lib/progress';
import { startCluster } from './n8n/queue-mode/cluster';

/** Longer than all steps from a claim to its recorded outcome. */
const MAX_DELAY_MS = 60;

interface Round {
	kind: Kind;
	point: Point;
	verdict: Verdict;
}

/** @throws {Error} saying which option cannot be used */
function readOptions() {
	const { values } = parseArgs({
		options: {
			rounds: { type: 'string', default: '20' },
			rows: { type: 'string', default: '2000' },
			seed: { type: 'string', default: String(Date.now() % 1_000_000) },
		},
	});
	const count = (name: keyof typeof values) => {
		const value = Number(values[name]);
		if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1.`);
		return value;
	};
	return { rounds: count('rounds'), rows: count('rows'), seed: count('seed') };
}

async function main(): Promise<void> {
	exitOnSignals();
	const { rounds, rows, seed } = readOptions();
	console.log(`Seed ${seed}`);
	const point = fc.record({
		sent: fc.noBias(fc.integer({ min: 0, max: rows - 1 })),
		delayMs: fc.noBias(fc.integer({ min: 0, max: MAX_DELAY_MS })),
	});
	const points = fc.sample(point, { numRuns: rounds, seed });
	const cluster = await startCluster('once', { workers: 1, webhookProcesses: 0 });
	try {
		const results: Round[] = [];
		for (const [index, point] of points.entries()) {
			const kind = KINDS[index % KINDS.length];
			const title = `Round ${index + 1} of ${rounds}, ${kind.name}, worker killed after ${point.sent} of ${rows}`;
			const verdict = await withProgress(title, () =>
				runRound(cluster, kind, `once-${index + 1}`, { rows, point }),
			);
			for (const problem of verdict.problems) console.log(`✖ ${problem}`);
			results.push({ kind, point, verdict });
		}
		report(results);
	} finally {
		await cluster.stop();
	}
}

function report(rounds: Round[]): void {
	const head = ['Round', 'Broadcast', 'Sent before', 'Sent now', 'Skipped', 'Unknown', 'Unknown at most'];
	const body = rounds.map(({ kind, verdict }, index) => [
		...[String(index + 1), kind.name],
		...[verdict.sentBefore, verdict.sentNow, verdict.skipped, verdict.unknown, kind.mostUnknown].map(String),
		...[verdict.sentTwice, verdict.lost, verdict.sentByThirdRun].map(String),
	]);
	const columns = [...head, 'Messaged twice', 'Lost', 'Sent by a third run'];
	const align = columns.map((_, column) => (column === 1 ? 'l' : 'r'));
	console.log(`\n${textTable(columns, body, align)}\n`);
	const failed = rounds.filter(({ verdict }) => verdict.problems.length > 0).length;
	if (failed > 0) process.exitCode = 1;
	console.log(
		failed > 0
			? `✖ ${failed} of ${rounds.length} rounds failed.`
			: `✔ ${rounds.length} workers killed: no one was messaged twice or lost, and each unknown recipient was named.`,
	);
}

main().catch((error) => {
	console.error(`\n${error.message}`);
	process.exitCode = 1;
});
