// `npm test`: everything that can be checked without a running n8n, on a fresh clone too.
import { spawnSync } from 'node:child_process';
import { runCommand } from './lib/command';
import { ROOT } from './lib/root';
import { runSteps } from './lib/steps';

const WORKFLOWS = ['ci', 'publish'].map((name) => `.github/workflows/${name}.yml`);
const bin = (...args) => runCommand('npx', ['--no-install', ...args], { cwd: ROOT });
const REMARK = ['--frail', '--quiet', '--no-stdout', '--ignore-path', '.prettierignore'];

await runSteps([
	['format', () => bin('prettier', '--check', '.')],
	['lint', () => bin('tsx', 'scripts/lint.ts')],
	['types', () => bin('tsc', '--noEmit', '-p', 'test')],
	['contracts', () => bin('redocly', 'lint', 'spec/*.openapi.yaml')],
	['workflows', () => Promise.all(WORKFLOWS.map((file) => bin('action-validator', file)))],
	// Without --frail a dead link would only be printed; folders that begin with a dot have to be named.
	['links', () => bin('remark', '.', '.github/**/*.md', ...REMARK)],
	['derived files', () => bin('tsx', 'scripts/generate.ts', '--check')],
	['completeness', () => bin('tsx', 'scripts/completeness.ts')],
]);

const some = process.argv.slice(2);
const jest = spawnSync('npx', ['--no-install', 'jest', ...(some.length > 0 ? some : ['--coverage'])], {
	cwd: ROOT,
	stdio: 'inherit',
	shell: process.platform === 'win32',
});
process.exit(jest.status ?? 1);
