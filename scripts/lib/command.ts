import { execa, type Options } from 'execa';

export interface CommandOptions extends Pick<Options, 'cwd' | 'env' | 'uid' | 'gid'> {
	/** A file the output is appended to as it comes. */
	logFile?: string;
}

/**
 * Runs a command to its end without showing its output. It never outlives this process.
 *
 * @returns what it wrote to stdout
 * @throws {ExecaError} with everything it printed, when it could not be started or its exit code is not 0
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
