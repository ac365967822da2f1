import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import getPort from 'get-port';

/** Time for an orderly end (n8n ends running executions first) before a process is killed, in ms. */
const STOP_TIMEOUT = 15_000;

/** @returns a TCP port on 127.0.0.1 that was free just now, and is given to nobody else in this process for a while */
export async function freePort(): Promise<number> {
	return await getPort({ host: '127.0.0.1' });
}

/**
 * Has Ctrl+C and the like end this process in order, together with the processes that it started.
 *
 * @param code the exit code
 */
export function exitOnSignals(code = 130): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(code));
}

/**
 * Sends a signal to a process started with spawn and to its own children; nothing when it has ended.
 *
 * @param child detached (not on Windows)
 */
export function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
	if (process.platform === 'win32') child.kill(signal);
	else process.kill(-child.pid, signal);
}

/** The processes that `stopper` was given and that haven't ended. One listener for all: n8n's queue mode has many. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => signalTree(child, 'SIGKILL')));

/**
 * A function that ends a process started with spawn, gently at first. The process never outlives this one. Written by
 * hand because execa ends a process alone, and n8n's has children of its own.
 *
 * @param child detached (not on Windows), so that its own children end too
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
