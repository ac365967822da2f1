// `npm run test:e2e`: the packed tarball in the real n8n. The examples serve everybody exactly once, each way to
// authenticate works beyond the life of an access token, the trigger starts once for each genuine event and nothing else,
// queue mode loses and doubles nothing, older versions do the same, and in a browser the forms and lists work. The example of
// delivery reports is part of the trigger's test.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ROOT } from './lib/root';
import { missingPrograms } from './n8n/queue-mode/databases';

const chromium = process.env.CHROMIUM_PATH || '/usr/bin/chromium';

function run(name, ...args) {
	console.log(`--- ${name}`);
	const { status } = spawnSync(process.execPath, ['--import', 'tsx', ...args], {
		cwd: ROOT,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	if (status !== 0) {
		console.error(`✖ ${name}`);
		process.exit(1);
	}
	console.log(`✔ ${name}`);
}

/** Where CI is set, a part whose programs are missing runs all the same, and says so by failing. */
function runIf(missing, name, ...args) {
	if (missing.length === 0 || process.env.CI) run(name, ...args);
	else console.log(`Skipped: ${name}, for want of ${missing.join(', ')}.`);
}

run('examples in the real n8n', 'scripts/demo.ts', '--once');
run('further examples in the real n8n', 'scripts/e2e/examples.ts');
run('authentication in the real n8n', 'scripts/e2e/authentication.ts');
run('trigger in the real n8n', 'scripts/e2e/trigger.ts');
run('engine tests on older and newer versions', 'scripts/e2e/versions.ts');
runIf(missingPrograms(), 'queue mode of the real n8n', 'scripts/e2e/queue.ts');
runIf(
	existsSync(chromium) ? [] : [`Chromium at ${chromium}`],
	'the editor in a browser',
	'scripts/e2e/editor.ts',
	'.cache/images',
);
