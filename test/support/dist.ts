import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { isDistCurrent } from '../../scripts/lib/dist';

const ROOT = join(__dirname, '../..');

/**
 * The package's root folder, which n8n loads it from, with dist up to date in it. Blocks for about ten seconds if dist has
 * to be built.
 *
 * @throws {Error} with the compiler's messages if the package can't be built
 */
export function builtPackage(): string {
	if (!isDistCurrent(ROOT)) {
		execFileSync(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts/lib/build.ts')], {
			cwd: ROOT,
			stdio: ['ignore', 'ignore', 'pipe'],
		});
	}
	return ROOT;
}
