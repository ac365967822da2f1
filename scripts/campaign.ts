// `npm run test:faults`, `test:hostile` and `test:trigger`: tests that `npm test` runs in a small size, here in full, with
// their figures printed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printTally } from './lib/hostile-tally';
import { ROOT } from './lib/root';

const HOSTILE_CASES = process.env.HOSTILE_CASES ?? '101000';
const HOSTILE_TALLY = join(mkdtempSync(join(tmpdir(), 'nativemsg-hostile-')), 'tally.tsv');

const CAMPAIGNS = {
	faults: { file: 'test/faults', env: { FAULT_SENDS: '20000' } },
	hostile: {
		file: 'test/hostile',
		// By default Jest leaves one of the cores free.
		options: ['--maxWorkers=100%'],
		env: { HOSTILE_CASES, HOSTILE_TALLY, PHONE_NUMBERS: process.env.PHONE_NUMBERS ?? '100000' },
		conclude: () => printTally(HOSTILE_TALLY, Math.min(100_000, Number(HOSTILE_CASES))),
	},
	trigger: { file: 'test/trigger/volume', env: { TRIGGER_DELIVERIES: '10000' } },
};

const { file, options = [], env, conclude = () => true } = CAMPAIGNS[process.argv[2]];
const { status } = spawnSync('npx', ['--no-install', 'jest', file, ...options], {
	cwd: ROOT,
	stdio: 'inherit',
	env: { ...process.env, ...env },
	shell: process.platform === 'win32',
});
process.exit(status === 0 && !conclude() ? 1 : (status ?? 1));
