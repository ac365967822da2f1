import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lock, unlock, unlockSync } from 'proper-lockfile';

/** A lock that was untouched for this long (ms) belongs to a dead run. The holder touches it every 5 s. */
const ABANDONED_AFTER = 30_000;

/**
 * Acquires a lock, so that two runs on this machine don't work in the same folder. The lock of a dead run is taken over.
 *
 * @param path of the lock; its folder is created
 * @returns a function that releases the lock, or undefined if another run holds it
 */
export async function tryLock(path: string): Promise<(() => Promise<void>) | undefined> {
	mkdirSync(dirname(path), { recursive: true });
	const options = { lockfilePath: path, realpath: false };
	try {
		await lock(path, { ...options, stale: ABANDONED_AFTER, update: 5_000 });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
		throw error;
	}
	// proper-lockfile would do so itself, but execa brings a different version of the library it uses for that.
	const releaseAtExit = () => unlockSync(path, options);
	process.once('exit', releaseAtExit);
	return async () => {
		process.removeListener('exit', releaseAtExit);
		await unlock(path, options);
	};
}

/**
 * Waits for the lock, runs the work, releases the lock.
 *
 * @param onWait called once, if it has to wait
 */
export async function withLock<T>(
	path: string,
	{ onWait, work }: { onWait: () => void; work: () => Promise<T> },
): Promise<T> {
	let release = await tryLock(path);
	if (!release) onWait();
	while (!release) {
		await sleep(1_000);
		release = await tryLock(path);
	}
	try {
		return await work();
	} finally {
		await release();
	}
}
