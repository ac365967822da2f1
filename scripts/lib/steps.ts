import { CommandError } from './command';
import { withProgress } from './progress';

/**
 * Runs named steps one after the other and stops at the first that fails.
 *
 * @param {Array<[name: string, work: () => Promise<unknown>]>} steps
 * @returns {Promise<void>} after the last one; a failed step prints its output and ends the process with code 1
 */
export async function runSteps(steps) {
	for (const [name, work] of steps) {
		try {
			await withProgress(name, work);
		} catch (error) {
			process.stderr.write(
				`${error instanceof CommandError ? error.output || error.message : error.stack}\n`,
			);
			process.exit(1);
		}
	}
}
