// Keeps dist, which n8n loads the package from, up to date. Tests and scripts share it, so it takes the root folder as a
// parameter.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['nodes', 'credentials', 'icons', 'gulpfile.js', 'tsconfig.json', 'package.json'];
/** Has the hashes of the last build's sources and of its dist. */
const STAMP = '.cache/dist.stamp';

function filesIn(root: string, path: string): string[] {
	if (!existsSync(join(root, path))) return [];
	if (!statSync(join(root, path)).isDirectory()) return [path];
	return readdirSync(join(root, path))
		.sort()
		.flatMap((name) => filesIn(root, `${path}/${name}`));
}

/**
 * The SHA-256 of the names and contents of files. Timestamps prove nothing: a checkout changes them, and a copy may keep
 * them.
 */
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

/** Records that dist was built from the sources with this hash. */
export const stampDist = (root: string, sources: string) =>
	writeFileSync(join(root, STAMP), `${sources} ${hashOf(root, ['dist'])}`);

/** Whether dist was built from the current sources. */
export function isDistCurrent(root: string): boolean {
	const stamp = join(root, STAMP);
	return (
		existsSync(stamp) && readFileSync(stamp, 'utf8') === `${hashSources(root)} ${hashOf(root, ['dist'])}`
	);
}
