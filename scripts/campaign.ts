// `npm run test:faults`, `test:hostile` and `test:trigger`: tests that `npm test` runs in a small size, here in full, with
// their figures printed.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { printTally } from './lib/hostile-tally';
import { ROOT } from './lib/root';

const HOSTILE_CASES = process.env.HOSTILE_CASES ?? '101000';
const HOSTILE_TALLY = join(mkdtempSync(join(tmpdir(), 'nativemsg-hostile-')), 'tally.tsv');

interface Campaign {
	/** The tests, and what else Jest is told. */
	args: string[];
	env: Record<string, string>;
	/** Prints figures; returns whether they do. */
	conclude?(): boolean;
}

const CAMPAIGNS: Record<string, Campaign> = {
	faults: { args: ['test/campaigns/faults'], env: { FAULT_SENDS: '20000' } },
	hostile: {
		// By default Jest leaves one of the cores free.
		args: ['test/campaigns/hostile', '--maxWorkers=100%'],
		env: { HOSTILE_CASES, HOSTILE_TALLY, PHONE_NUMBERS: process.env.PHONE_NUMBERS ?? '100000' },
		conclude: () => printTally(HOSTILE_TALLY, Math.min(100_000, Number(HOSTILE_CASES))),
	},
	trigger: { args: ['test/campaigns/trigger/volume'], env: { TRIGGER_DELIVERIES: '10000' } },
};

const { args, env, conclude = () => true } = CAMPAIGNS[process.argv[2]];
const { failed } = await execa('jest', args, {
	cwd: ROOT,
	preferLocal: true,
	env,
	stdio: 'inherit',
	reject: false,
});
process.exit(failed || !conclude() ? 1 : 0);
