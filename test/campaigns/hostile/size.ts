import fc from 'fast-check';
import { appendFileSync } from 'node:fs';

/** 100,000 are the full measurement; fewer keep `npm test` quick. */
const CASES = Number(process.env.HOSTILE_CASES ?? 3_000);

/** The percentage of cases for each part of the suite. */
const SHARES = { items: 45, answers: 12, deliveries: 42, credentials: 1 };
export type Part = keyof typeof SHARES;

/** The minimum number of cases for a part. */
export const casesOf = (part: Part): number => Math.ceil((CASES * SHARES[part]) / 100);

/** The seed of the whole run; the seeds of places and operations are derived from it. */
export const SEED = fc.readConfigureGlobal().seed!;

/** Counts the cases of a part by kind; prints them after the tests, and adds them to those of the other parts. */
export class Tally {
	private readonly counts = new Map<string, number>();

	constructor(private readonly part: Part) {
		afterAll(() => this.report());
	}

	add(kind: string, count = 1): void {
		this.counts.set(kind, (this.counts.get(kind) ?? 0) + count);
	}

	total(): number {
		return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
	}

	private report(): void {
		const lines = [...this.counts].map(([kind, count]) => `${this.part}: ${kind}\t${count}\n`).join('');
		if (process.env.HOSTILE_TALLY) return appendFileSync(process.env.HOSTILE_TALLY, lines);
		process.stdout.write(
			`${this.part}: ${this.total()} hostile cases of ${this.counts.size} kinds, seed ${SEED}\n`,
		);
	}
}
