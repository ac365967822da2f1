// Keeps dist, which n8n loads the package from, up to date for the tests that read it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The package's root folder, which n8n loads it from. */
const ROOT = join(__dirname, '../..');
const SOURCES = ['nodes', 'credentials', 'icons', 'gulpfile.js', 'tsconfig.json', 'package.json'];
/** Holds the hashes of the sources of the last build and of what it left in dist. */
const STAMP = join(ROOT, '.cache/dist.stamp');

function filesIn(path: string): string[] {
	if (!existsSync(join(ROOT, path))) return [];
	if (!statSync(join(ROOT, path)).isDirectory()) return [path];
	return readdirSync(join(ROOT, path))
		.sort()
		.flatMap((name) => filesIn(`${path}/${name}`));
}

/** The SHA-256 of the names and contents of files. Times prove nothing: a checkout changes them, a copy may keep them. */
function hashOf(paths: string[]): string {
	const hash = createHash('sha256');
	for (const path of paths.flatMap(filesIn)) {
		hash.update(`${path}\0`).update(
			createHash('sha256')
				.update(readFileSync(join(ROOT, path)))
				.digest(),
		);
	}
	return hash.digest('hex');
}

/** The hash of everything that dist is built from. */
export const hashSources = () => hashOf(SOURCES);

/** Notes that dist was built from the sources with this hash. */
export const stampDist = (sources: string) => writeFileSync(STAMP, `${sources} ${hashOf(['dist'])}`);

/** Whether dist is what the sources, as they are now, were built into. */
export function isDistCurrent(): boolean {
	return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === `${hashSources()} ${hashOf(['dist'])}`;
}

/**
 * The package's root folder, with dist up to date in it. Blocks for about ten seconds if dist has to be built.
 *
 * @throws {Error} with the compiler's messages if the package can't be built
 */
export function builtPackage(): string {
	if (!isDistCurrent()) {
		execFileSync(process.execPath, ['--import', 'tsx', join(__dirname, 'buildDist.ts')], {
			cwd: ROOT,
			stdio: ['ignore', 'ignore', 'pipe'],
		});
	}
	return ROOT;
}
