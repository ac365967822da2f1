import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const WINDOWS = process.platform === 'win32';
/** How much of a failed command's output is shown, in lines. */
const TAIL_LINES = 30;

/** A command that could not be started or ended with an exit code other than 0. */
export class CommandError extends Error {
	/**
	 * @param {string} command as typed
	 * @param {number | string} outcome exit code, signal or system error code
	 * @param {string} output everything it printed
	 */
	constructor(command, outcome, output) {
		const tail = output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
		super(`"${command}" failed (${outcome})${tail ? `:\n${tail}` : ''}`);
		this.name = 'CommandError';
		this.output = output;
	}
}

/**
 * Runs a command to its end without showing its output. It never outlives this process.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, logFile?: string, uid?: number, gid?: number }} [options]
 *   `logFile`: a file the output is appended to as it comes; `uid` and `gid`: whom it runs as
 * @returns {Promise<string>} what it wrote to stdout
 * @throws {CommandError}
 */
export function runCommand(command, args, { cwd, env = process.env, logFile, ...user } = {}) {
	const line = [command, ...args].join(' ');
	return new Promise((resolve, reject) => {
		// npm is a .cmd file on Windows, which only a shell can start.
		const stdio = ['ignore', 'pipe', 'pipe'];
		const child = spawn(command, args, { cwd, env, shell: WINDOWS, stdio, ...user });
		const stopWithUs = () => child.kill();
		process.once('exit', stopWithUs);

		let stdout = '';
		let output = '';
		const collect = (chunk) => {
			output += chunk;
			if (logFile) appendFileSync(logFile, chunk);
		};
		child.stdout.setEncoding('utf8').on('data', (chunk) => {
			stdout += chunk;
			collect(chunk);
		});
		child.stderr.setEncoding('utf8').on('data', collect);

		child.once('error', (error) => reject(new CommandError(line, error.code ?? error.message, output)));
		child.once('close', (code, signal) => {
			process.removeListener('exit', stopWithUs);
			if (code === 0) resolve(stdout);
			else reject(new CommandError(line, signal ?? `exit code ${code}`, output));
		});
	});
}
