import { ExecaError } from 'execa';
import { runTasks } from './progress';

/**
 * Runs named steps one after the other, or the given number in parallel, and stops at the first that fails: prints that
 * step's output and ends the process with code 1.
 */
export async function runSteps(
	steps: Array<[name: string, work: () => Promise<unknown>]>,
	options: { concurrent?: number } = {},
): Promise<void> {
	try {
		await runTasks(
			steps.map(([title, work]) => ({ title, work })),
			options,
		);
	} catch (error) {
		const { stdout, stderr } = error instanceof ExecaError ? error : {};
		const output = [stdout, stderr].filter(Boolean).join('\n');
		process.stderr.write(`${output || (error as Error).stack}\n`);
		process.exit(1);
	}
}
