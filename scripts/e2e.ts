// `npm run test:e2e`: the packed tarball in the real n8n. The examples serve everybody exactly once, each way to
// authenticate works beyond the life of an access token, the Retry button sends nothing twice, the trigger starts once for
// each genuine event and nothing else, questions are decided by POST only and once, queue mode loses and doubles nothing, a broadcast whose worker was killed can be run
// again, older versions do the same, and in a browser the forms and lists work. The example of delivery reports is part of the trigger's test.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { CHROMIUM } from './e2e/editor/browser';
import { ROOT } from './lib/root';
import { missingPrograms } from './n8n/queue-mode/databases';

/** Runs a script to its end, and ends this process when it fails. */
async function run(name: string, script: string, ...args: string[]): Promise<void> {
	console.log(`--- ${name}`);
	const { failed } = await execaNode(join(ROOT, 'scripts', script), args, {
		cwd: ROOT,
		nodeOptions: ['--import', 'tsx'],
		stdio: ['ignore', 'inherit', 'inherit'],
		reject: false,
	});
	if (failed) {
		console.error(`✖ ${name}`);
		process.exit(1);
	}
	console.log(`✔ ${name}`);
}

/** Where CI is set, a part whose programs are missing runs all the same, and says so by failing. */
async function runIf(missing: string[], name: string, script: string, ...args: string[]): Promise<void> {
	if (missing.length === 0 || process.env.CI) await run(name, script, ...args);
	else console.log(`Skipped: ${name}, for want of ${missing.join(', ')}.`);
}

await run('examples in the real n8n', 'demo.ts', '--once');
await run('further examples in the real n8n', 'e2e/examples.ts');
await run('authentication in the real n8n', 'e2e/authentication.ts');
await run('the Retry button in the real n8n', 'e2e/retry-button.ts');
await run('trigger in the real n8n', 'e2e/trigger.ts');
await run('questions and replies in the real n8n', 'e2e/wait.ts');
await run('files of the workflow in the real n8n', 'e2e/files.ts');
await run('engine tests on older and newer versions', 'e2e/versions.ts');
await runIf(missingPrograms(), 'queue mode of the real n8n', 'e2e/queue.ts');
await runIf(missingPrograms(), 'broadcasts whose worker is killed', 'once.ts', '--rounds', '3');
await runIf(
	existsSync(CHROMIUM) ? [] : [`Chromium at ${CHROMIUM}`],
	'the editor in a browser',
	'e2e/editor.ts',
	'.cache/images',
);
