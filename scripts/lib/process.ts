import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import getPort from 'get-port';

/** Time for a graceful shutdown (n8n ends running executions first) before a process is killed, in ms. */
const STOP_TIMEOUT = 15_000;

/** @returns a TCP port on 127.0.0.1 that was just free, and isn't returned again in this process for a while */
export async function freePort(): Promise<number> {
	return await getPort({ host: '127.0.0.1' });
}

/**
 * Makes Ctrl+C and similar signals end this process gracefully, together with the processes that it started.
 *
 * @param code the exit code
 */
export function exitOnSignals(code = 130): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(code));
}

/**
 * Sends a signal to a process started with spawn and to its children; does nothing if it has ended.
 *
 * @param child detached (not on Windows)
 */
export function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
	if (process.platform === 'win32') child.kill(signal);
	else process.kill(-child.pid, signal);
}

/** The processes given to `stopper` that haven't ended. They share one listener, because queue mode has many processes. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => signalTree(child, 'SIGKILL')));

/**
 * A function that ends a process started with spawn, gracefully at first. The process never outlives this one. execa
 * can't do this, because it ends only the process itself, and n8n's has children.
 *
 * @param child detached (not on Windows), so that its children end too
 */
export function stopper(child: ChildProcess): () => Promise<void> {
	const ended = once(child, 'exit');
	running.add(child);
	child.once('exit', () => running.delete(child));

	return async () => {
		signalTree(child, 'SIGTERM');
		const timer = setTimeout(() => signalTree(child, 'SIGKILL'), STOP_TIMEOUT);
		await ended;
		clearTimeout(timer);
	};
}
