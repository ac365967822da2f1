// Builds dist if it isn't up to date. A process of its own, because Jest's module loader is synchronous and a lock isn't.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { lock } from 'proper-lockfile';
import { hashSources, isDistCurrent, stampDist } from './dist';

const CACHE = '.cache';

async function build(): Promise<void> {
	mkdirSync(CACHE, { recursive: true });
	// Another Jest worker, or another run, may be building right now: wait for it, then look again.
	const release = await lock(CACHE, {
		lockfilePath: `${CACHE}/dist.lock`,
		retries: { forever: true, minTimeout: 100, maxTimeout: 500 },
	});
	try {
		if (isDistCurrent()) return;
		// Hashed first: a source edited during the build makes dist stale.
		const sources = hashSources();
		// The compiler reports errors on stdout; the caller shows stderr.
		const npm = spawn('npm', ['run', 'build'], {
			stdio: ['ignore', 2, 2],
			shell: process.platform === 'win32',
		});
		const [code] = await once(npm, 'exit');
		if (code === 0) stampDist(sources);
		else process.exitCode = 1;
	} finally {
		await release();
	}
}

void build();
