import { execa } from 'execa';
import { ROOT } from './root';

const git = async (...args: string[]) => (await execa('git', args, { cwd: ROOT })).stdout;

/**
 * The files that have changed, committed or not, since a page with figures about them was committed. Without git history,
 * nothing counts as changed.
 *
 * @param page its path
 * @param patterns globs of the files
 */
export async function changedSince(page: string, patterns: string[]): Promise<string[]> {
	const base = await git('log', '-1', '--format=%H', '--', page).catch(() => '');
	if (base === '') return [];
	const globs = patterns.map((pattern) => `:(glob)${pattern}`);
	const changed = await git('diff', '--name-only', '--diff-filter=d', base, '--', ...globs);
	return changed.split('\n').filter(Boolean);
}
