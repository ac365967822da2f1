// `npm run test:mutation`: mutation tests with Stryker, configured by stryker.config.json; Stryker's options can follow.
// With `--changed`, only for sources that have changed since the figures in the docs were measured; with `--dryRunOnly` as
// well, only if these or the tests have changed.
import { execa } from 'execa';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import stryker from '../stryker.config.json';
import { changedSince } from './lib/changed';
import { exitOnSignals } from './lib/process';
import { ROOT } from './lib/root';

/** The page with the figures. */
const PAGE = 'docs/mutation-tests.md';

/** What a dry run tests, besides the sources. */
const TESTS = ['test/**', 'jest.config.js', 'stryker.config.json', 'package-lock.json'];

const args = process.argv.slice(2).filter((arg) => arg !== '--changed');
const isDryRun = args.includes('--dryRunOnly');
if (process.argv.includes('--changed')) {
	const changed = await changedSince(PAGE, isDryRun ? [...stryker.mutate, ...TESTS] : stryker.mutate);
	if (changed.length === 0) {
		console.log(`Nothing to test has changed since ${PAGE} was committed.`);
		process.exit(0);
	}
	if (!isDryRun) args.push('--mutate', changed.join(','));
}

// Stryker leaves its copy of the project behind if it is interrupted, and linters would find it.
const copies = join('.cache', `stryker-${process.pid}`);
process.once('exit', () => rmSync(join(ROOT, copies), { recursive: true, force: true }));
exitOnSignals();
const { exitCode } = await execa('stryker', ['run', '--tempDirName', copies, ...args], {
	cwd: ROOT,
	preferLocal: true,
	env: isDryRun ? { HAS_NO_MUTANTS: 'true' } : {},
	stdio: 'inherit',
	reject: false,
});
process.exit(exitCode ?? 1);
