// `npm run test:broadcast`, `test:faults`, `test:hostile`, and `test:trigger`: tests that `npm test` runs with little
// input, here in full size, with their figures printed. With `--changed`, only if the sources or the campaign have
// changed since the page about them was committed.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { changedSince } from './lib/changed';
import { printTally } from './lib/hostile-tally';
import { ROOT } from './lib/root';

const HOSTILE_CASES = process.env.HOSTILE_CASES ?? '101000';
const HOSTILE_TALLY = join(mkdtempSync(join(tmpdir(), 'nativemsg-hostile-')), 'tally.tsv');

/** The page with the results of the campaigns. */
const PAGE = 'docs/security.md';

interface Campaign {
	/** The tests, and other arguments for Jest. */
	args: string[];
	env: Record<string, string>;
	/** Prints figures; returns whether they do. */
	conclude?(): boolean;
}

const CAMPAIGNS: Record<string, Campaign> = {
	broadcast: {
		args: ['test/campaigns/broadcast'],
		env: { SMS_TEXTS: '10000', QUIET_CASES: '100000' },
	},
	faults: { args: ['test/campaigns/faults'], env: { FAULT_SENDS: '20000' } },
	hostile: {
		args: ['test/campaigns/hostile'],
		env: { HOSTILE_CASES, HOSTILE_TALLY, PHONE_NUMBERS: process.env.PHONE_NUMBERS ?? '100000' },
		conclude: () => printTally(HOSTILE_TALLY, Math.min(100_000, Number(HOSTILE_CASES))),
	},
	trigger: { args: ['test/campaigns/trigger/volume'], env: { TRIGGER_DELIVERIES: '10000' } },
};

const [name, ...flags] = process.argv.slice(2);
const { args, env, conclude = () => true } = CAMPAIGNS[name];
const sources = ['nodes/**', 'credentials/**', ...args.map((folder) => `${folder}/**`)];
if (flags.includes('--changed') && (await changedSince(PAGE, sources)).length === 0) {
	console.log(`Nothing has changed since ${PAGE} was committed.`);
	process.exit(0);
}
const { failed } = await execa('jest', args, {
	cwd: ROOT,
	preferLocal: true,
	env,
	stdio: 'inherit',
	reject: false,
});
process.exit(failed || !conclude() ? 1 : 0);
