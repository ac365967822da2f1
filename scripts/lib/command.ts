import { execa, type Options } from 'execa';

export interface CommandOptions extends Pick<Options, 'cwd' | 'env' | 'uid' | 'gid'> {
	/** A file to append the output to as it arrives. */
	logFile?: string;
}

/**
 * Runs a command to its end without showing its output. It never outlives this process.
 *
 * @returns what it wrote to stdout
 * @throws {ExecaError} with everything it printed, if it can't be started or its exit code isn't 0
 */
export async function runCommand(
	command: string,
	args: string[],
	{ logFile, ...options }: CommandOptions = {},
): Promise<string> {
	const output = logFile ? (['pipe', { file: logFile, append: true }] as const) : 'pipe';
	const { stdout } = await execa(command, args, {
		...options,
		stdin: 'ignore',
		stdout: output,
		stderr: output,
	});
	return stdout;
}
