import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { ROOT } from './install.mjs';

/**
 * Builds the package and packs it as npm would publish it.
 *
 * @param {string} folder where the tarball goes; created if missing
 * @returns {Promise<string>} the tarball's path
 */
export async function packPackage(folder) {
	mkdirSync(folder, { recursive: true });
	await runCommand('npm', ['run', 'build'], { cwd: ROOT });
	const report = await runCommand('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT });
	const [{ filename }] = JSON.parse(report);
	return join(folder, filename);
}
