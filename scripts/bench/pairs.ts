import type { INode } from 'n8n-workflow';
import type { Credential } from '../n8n/client';
import { withProgress } from '../lib/progress';
import type { BenchPlayground } from './bench-playground';
import { nativeMsg, type Sender } from './senders';
import { sendOnce, type Sample } from './sending';
import { spreadIfMeasured, spreadOf, type Spread } from './statistics';

const LATENCIES_MS = [0, 20];
const WARM_UP_ROWS = 100;

/** The same broadcast without and with some of its settings. */
export interface Pair {
	key: string;
	label: string;
	without: Sender;
	/** With a name, or the settings to measure. */
	named: Sender;
}

/** @param settings of the Broadcast group */
export function pair(key: string, label: string, sameText: boolean, settings: INode['parameters']): Pair {
	const sender = (suffix: string, broadcast: INode['parameters']): Sender => {
		return {
			key: `${key}${suffix}`,
			label: `${label}${suffix}`,
			sameText,
			node: nativeMsg({ concurrency: 10 }, broadcast),
		};
	};
	return { key, label, without: sender('', {}), named: sender(', with the settings', settings) };
}

/** The figures of a pair, in ms per row. */
export interface PairFigures {
	latencyMs: number;
	key: string;
	label: string;
	without: Spread;
	named: Spread;
	/** By how much the named run of a round was slower. */
	added: Spread;
	/** The same in CPU time, in microseconds per row; null where it can't be measured. */
	addedCpu: Spread | null;
}

/**
 * Sends the same rows without and with each pair's settings, alternating.
 *
 * @param problems gets a sentence for each message that didn't arrive exactly once
 */
export async function measurePairs(
	playground: BenchPlayground,
	credential: Credential,
	pairs: Pair[],
	{ rows, rounds, problems }: { rows: number; rounds: number; problems: string[] },
): Promise<PairFigures[]> {
	const send = async (sender: Sender, latencyMs: number, count: number, round: string) => {
		const title = `${round}, ${latencyMs} ms, ${sender.label}`;
		return await withProgress(title, async (progress) => {
			const { sample, faults } = await sendOnce(playground, credential, sender, { count, latencyMs });
			problems.push(...faults.map((fault) => `${title}: ${fault}`));
			progress.summarize(`${sample.ms.toFixed(3)} ms per row`);
			return sample;
		});
	};
	const figures: PairFigures[] = [];
	for (const { without, named } of pairs) {
		for (const sender of [without, named]) await send(sender, 0, WARM_UP_ROWS, 'To warm up');
	}
	for (const latencyMs of LATENCIES_MS) {
		for (const { key, label, without, named } of pairs) {
			const samples: Array<{ without: Sample; named: Sample }> = [];
			for (let round = 1; round <= rounds; round++) {
				const run = (sender: Sender) => send(sender, latencyMs, rows, `Round ${round} of ${rounds}`);
				samples.push(
					await alternately(
						round,
						() => run(without),
						() => run(named),
					),
				);
			}
			const ms = samples.map((sample) => ({ without: sample.without.ms, named: sample.named.ms }));
			const cpu = samples.map((sample) =>
				sample.named.cpu === null || sample.without.cpu === null
					? null
					: sample.named.cpu - sample.without.cpu,
			);
			figures.push({ latencyMs, key, label, ...spreads(ms), addedCpu: spreadIfMeasured(cpu) });
		}
	}
	return figures;
}

/** Reverses the order every second time, so that neither always follows the other. */
async function alternately<T>(
	round: number,
	runWithout: () => Promise<T>,
	runNamed: () => Promise<T>,
): Promise<{ without: T; named: T }> {
	if (round % 2 === 1) return { without: await runWithout(), named: await runNamed() };
	const named = await runNamed();
	return { without: await runWithout(), named };
}

export function spreads(samples: Array<{ without: number; named: number }>) {
	return {
		without: spreadOf(samples.map(({ without }) => without)),
		named: spreadOf(samples.map(({ named }) => named)),
		added: spreadOf(samples.map(({ without, named }) => named - without)),
	};
}
