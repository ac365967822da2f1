// `npm run sandbox`: the local server of the API, on a fresh clone too. Arguments are handed on, e.g. `-- --port 4010`.
import { spawn } from 'node:child_process';
import { ROOT } from './lib/root';

const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/cli.ts', ...process.argv.slice(2)], {
	cwd: ROOT,
	stdio: 'inherit',
});
// Ctrl+C reaches both; this process waits for the sandbox to close.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));
