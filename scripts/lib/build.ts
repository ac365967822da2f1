// Builds the dist of the current folder if it isn't up to date, or waits while another process does. The tests start it
// as a separate process, because Jest's module loader is synchronous and a lock isn't.
import { execa } from 'execa';
import { hashSources, isDistCurrent, stampDist } from './dist';
import { withLock } from './lock';

const root = process.cwd();

async function build(): Promise<void> {
	if (isDistCurrent(root)) return;
	// Hashed first: a source edited during the build makes dist stale.
	const sources = hashSources(root);
	// The compiler reports errors on stdout; the caller shows stderr.
	await execa('npm', ['run', 'build'], {
		cwd: root,
		stdin: 'ignore',
		stdout: process.stderr,
		stderr: 'inherit',
	});
	stampDist(root, sources);
}

await withLock(`${root}/.cache/dist.lock`, { onWait: () => {}, work: build });
