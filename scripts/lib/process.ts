import { createServer } from 'node:net';

/** Time for an orderly end (n8n ends running executions first) before a process is killed, in ms. */
const STOP_TIMEOUT = 15_000;

/** @returns {Promise<number>} a TCP port on 127.0.0.1 that was free just now */
export function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

/** Has Ctrl+C and the like end this process in order, together with the processes that it started. */
export function exitOnSignals() {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
}

/**
 * A function that ends a process started with spawn, gently at first. The process never outlives this one.
 *
 * @param {import('node:child_process').ChildProcess} child detached (not on Windows), so that its own children end too
 * @returns {() => Promise<void>}
 */
export function stopper(child) {
	const ended = new Promise((resolve) => child.once('exit', resolve));
	const signal = (name) => {
		if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
		if (process.platform === 'win32') child.kill(name);
		else process.kill(-child.pid, name);
	};
	const kill = () => signal('SIGKILL');
	process.once('exit', kill);
	child.once('exit', () => process.removeListener('exit', kill));

	return async () => {
		signal('SIGTERM');
		const timer = setTimeout(kill, STOP_TIMEOUT);
		await ended;
		clearTimeout(timer);
	};
}
