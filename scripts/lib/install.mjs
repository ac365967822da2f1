import { existsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError, runCommand } from './command.mjs';
import { withProgress } from './progress.mjs';

/** The package's root folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** npm writes this file last. */
const STAMP = join(ROOT, 'node_modules', '.package-lock.json');

/**
 * Installs the development dependencies where they are missing or older than the lock file, so that every
 * npm script works on a fresh clone. Silent when there is nothing to do. Needs nothing but Node and npm.
 *
 * @throws {CommandError} npm's own message, when the installation fails
 */
export async function ensureDependencies() {
	if (isInstalled()) return;
	await withProgress('Installing dependencies', install);
	const now = new Date();
	utimesSync(STAMP, now, now);
}

function isInstalled() {
	return existsSync(STAMP) && statSync(STAMP).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs;
}

async function install() {
	const options = { cwd: ROOT };
	const quiet = ['--no-audit', '--no-fund', '--no-progress'];
	try {
		await runCommand('npm', ['ci', ...quiet], options);
	} catch (error) {
		// A lock file may list packages for other platforms that a company's registry does not carry.
		if (!(error instanceof CommandError) || !error.output.includes('EUSAGE')) throw error;
		await runCommand('npm', ['install', '--no-save', ...quiet], options);
	}
}
