// `npm run test:faults` and `npm run test:trigger`: a test that `npm test` runs in a small size, here in full, with its figures printed.
import { spawnSync } from 'node:child_process';
import { ensureDependencies, ROOT } from './lib/install.mjs';

const CAMPAIGNS = {
	faults: { file: 'test/faults', env: { FAULT_SENDS: '20000' } },
	trigger: { file: 'test/trigger/volume', env: { TRIGGER_DELIVERIES: '10000' } },
};

const { file, env } = CAMPAIGNS[process.argv[2]];
await ensureDependencies();
const { status } = spawnSync('npx', ['--no-install', 'jest', file], {
	cwd: ROOT,
	stdio: 'inherit',
	env: { ...process.env, ...env },
	shell: process.platform === 'win32',
});
process.exit(status ?? 1);
