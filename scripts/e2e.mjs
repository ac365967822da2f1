// `npm run test:e2e`: the packed tarball in the real n8n. The examples serve everybody exactly once, each way to
// authenticate works beyond the life of an access token, the trigger starts once for each genuine event and nothing else,
// and in a browser the broadcast runs from the editor and shows its result in the node's panel.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ROOT } from './lib/install.mjs';

const chromium = process.env.CHROMIUM_PATH || '/usr/bin/chromium';

function run(name, ...args) {
	console.log(`--- ${name}`);
	const { status } = spawnSync(process.execPath, args, {
		cwd: ROOT,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	if (status !== 0) {
		console.error(`✖ ${name}`);
		process.exit(1);
	}
	console.log(`✔ ${name}`);
}

run('examples in the real n8n', 'scripts/demo.mjs', '--once');
run('authentication in the real n8n', 'scripts/e2e/authentication.mjs');
run('trigger in the real n8n', 'scripts/e2e/trigger.mjs');
if (existsSync(chromium) || process.env.CI) {
	run('broadcast from the editor in a browser', 'scripts/screenshot.mjs', '.cache/images');
} else {
	console.log(`The browser part was skipped: there is no Chromium at ${chromium}.`);
}
