// Keeps dist, which n8n loads the package from, up to date. Read by tests and scripts, so it knows no folder of its own.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['nodes', 'credentials', 'icons', 'gulpfile.js', 'tsconfig.json', 'package.json'];
/** Holds the hashes of the sources of the last build and of what it left in dist. */
const STAMP = '.cache/dist.stamp';

function filesIn(root: string, path: string): string[] {
	if (!existsSync(join(root, path))) return [];
	if (!statSync(join(root, path)).isDirectory()) return [path];
	return readdirSync(join(root, path))
		.sort()
		.flatMap((name) => filesIn(root, `${path}/${name}`));
}

/** The SHA-256 of the names and contents of files. Times prove nothing: a checkout changes them, a copy may keep them. */
function hashOf(root: string, paths: string[]): string {
	const hash = createHash('sha256');
	for (const path of paths.flatMap((path) => filesIn(root, path))) {
		hash.update(`${path}\0`).update(
			createHash('sha256')
				.update(readFileSync(join(root, path)))
				.digest(),
		);
	}
	return hash.digest('hex');
}

/** The hash of everything that dist is built from. */
export const hashSources = (root: string) => hashOf(root, SOURCES);

/** Notes that dist was built from the sources with this hash. */
export const stampDist = (root: string, sources: string) =>
	writeFileSync(join(root, STAMP), `${sources} ${hashOf(root, ['dist'])}`);

/** Whether dist is what the sources, as they are now, were built into. */
export function isDistCurrent(root: string): boolean {
	const stamp = join(root, STAMP);
	return (
		existsSync(stamp) && readFileSync(stamp, 'utf8') === `${hashSources(root)} ${hashOf(root, ['dist'])}`
	);
}
