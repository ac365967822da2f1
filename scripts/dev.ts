/**
 * `npm run dev`: the real n8n with this package from the working folder, the sandbox, credentials for both services, and
 * the examples. If you edit a file in nodes/, credentials/, or icons/, it is built immediately and n8n reloads it: reload
 * the editor's page to see it. Each start is a fresh n8n.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa, type ExecaError } from 'execa';
import { exitOnSignals } from './lib/process';
import { ROOT } from './lib/root';
import { signInHint, startPlayground } from './n8n/playground';

/** What the compiler prints after each build. */
const BUILT = /Watching for file changes/;

/** Builds the package into a folder, and rebuilds what changes. */
async function buildAndWatch(folder: string): Promise<void> {
	mkdirSync(folder, { recursive: true });
	copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
	const dist = join(folder, 'dist');
	await Promise.all([
		watchWith('tsc', ['--watch', '--preserveWatchOutput', '--outDir', dist], BUILT),
		watchWith('gulp', ['watch', '--dist', dist], /Finished 'assets'/),
	]);
}

/**
 * Starts a tool that keeps running, and shows what it prints.
 *
 * @param ready what it prints once it is ready
 */
async function watchWith(tool: string, args: string[], ready: RegExp): Promise<void> {
	const watching = execa(tool, args, { cwd: ROOT, preferLocal: true, stdin: 'ignore', all: true });
	watching.catch((error: ExecaError) => {
		console.error(error.shortMessage);
		process.exit(1);
	});
	await new Promise<void>((resolve) => {
		watching.all.setEncoding('utf8').on('data', (text: string) => {
			process.stdout.write(text);
			if (ready.test(text)) resolve();
		});
	});
}

exitOnSignals(0);
const playground = await startPlayground('dev', {
	build: buildAndWatch,
	env: { N8N_DEV_RELOAD: 'true' },
});
console.log(`${signInHint(playground)}
Edit a file in nodes/, credentials/ or icons/, then reload the page.
What the nodes print is in ${playground.n8n.logFile}
Press Ctrl+C to stop.
`);
