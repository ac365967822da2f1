// `npm test`: everything that can be checked without a running n8n, also on a fresh clone.
import { execa } from 'execa';
import { runCommand } from './lib/command';
import { ROOT } from './lib/root';
import { runSteps } from './lib/steps';

const WORKFLOWS = ['ci', 'nightly', 'publish'].map((name) => `.github/workflows/${name}.yml`);
const bin = (...args: string[]) => runCommand('npx', ['--no-install', ...args], { cwd: ROOT });
const REMARK = ['--frail', '--quiet', '--no-stdout', '--ignore-path', '.prettierignore'];

/** Only files whose content has changed since the last run are checked. */
const CACHED = ['--cache', '--cache-strategy', 'content', '--cache-location', '.cache/prettier'];

const checks: Parameters<typeof runSteps>[0] = [
	['lint', () => bin('tsx', 'scripts/lint.ts')],
	['format', () => bin('prettier', '--check', '.', ...CACHED)],
	['types', () => bin('tsc', '--noEmit', '-p', 'test')],
	['types of scripts', () => bin('tsc', '--noEmit', '-p', 'scripts')],
	['contracts', () => bin('redocly', 'lint', 'spec/*.openapi.yaml')],
	['workflows', () => Promise.all(WORKFLOWS.map((file) => bin('action-validator', file)))],
	// Without --frail, a dead link would only be printed; folders that begin with a dot must be named explicitly.
	['links', () => bin('remark', '.', '.github/**/*.md', ...REMARK)],
	['derived files', () => bin('tsx', 'scripts/generate.ts', '--check')],
];
await runSteps(checks, { concurrent: 2 });
// It reads generated files, so these must be up to date.
await runSteps([['completeness', () => bin('tsx', 'scripts/completeness.ts')]]);

const some = process.argv.slice(2);
const { exitCode } = await execa(
	'npx',
	['--no-install', 'jest', ...(some.length > 0 ? some : ['--coverage'])],
	{
		cwd: ROOT,
		stdio: 'inherit',
		reject: false,
	},
);
process.exit(exitCode ?? 1);
