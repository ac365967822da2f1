import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The holder touches its lock this often, in ms. */
const HEARTBEAT = 5_000;
/** A lock untouched for longer than this belongs to nobody any more, in ms. */
const ABANDONED_AFTER = 30_000;

/**
 * Takes a lock file, so that two runs on this machine do not work in the same folder at once. The lock of
 * a run that died is taken over.
 *
 * @param {string} path the lock file; its folder is created
 * @returns {(() => void) | null} a function that releases the lock, or null when another run holds it
 */
export function tryLock(path) {
	mkdirSync(dirname(path), { recursive: true });
	if (isAbandoned(path)) rmSync(path, { force: true });
	try {
		writeFileSync(path, String(process.pid), { flag: 'wx' });
	} catch (error) {
		if (error.code === 'EEXIST') return null;
		throw error;
	}

	const heartbeat = setInterval(() => touch(path), HEARTBEAT);
	heartbeat.unref();
	const release = () => {
		clearInterval(heartbeat);
		process.removeListener('exit', release);
		rmSync(path, { force: true });
	};
	process.once('exit', release);
	return release;
}

/**
 * Waits for the lock, runs the work, releases the lock.
 *
 * @template T
 * @param {string} path the lock file
 * @param {{ onWait: () => void, work: () => Promise<T> }} options `onWait` is called once, if it has to wait
 * @returns {Promise<T>}
 */
export async function withLock(path, { onWait, work }) {
	let release = tryLock(path);
	if (!release) onWait();
	while (!release) {
		await new Promise((resolve) => setTimeout(resolve, 1_000));
		release = tryLock(path);
	}
	try {
		return await work();
	} finally {
		release();
	}
}

/** A process id alone proves little: after a restart it may belong to a stranger. Hence the heartbeat. */
function isAbandoned(path) {
	try {
		if (Date.now() - statSync(path).mtimeMs > ABANDONED_AFTER) return true;
		const holder = Number(readFileSync(path, 'utf8'));
		return holder > 0 && !isAlive(holder);
	} catch (error) {
		if (error.code === 'ENOENT') return false;
		throw error;
	}
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

function touch(path) {
	const now = new Date();
	utimesSync(path, now, now);
}
