/**
 * Uses the packed package in a real editor as somebody would, and takes the pictures of the documentation meanwhile. An
 * argument names another folder for them than `docs/images`. The exit code says whether everything was there to be seen.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { takeBroadcast } from './e2e/editor/broadcast.mjs';
import { ensureBrowser, openBrowser } from './e2e/editor/browser.mjs';
import { Editor } from './e2e/editor/editor.mjs';
import { checkFirstSteps } from './e2e/editor/first-steps.mjs';
import { checkLists, checkToolLists } from './e2e/editor/lists.mjs';
import { checkOutputFields } from './e2e/editor/output-fields.mjs';
import { takePanels } from './e2e/editor/panels.mjs';
import { checkTrigger } from './e2e/editor/trigger.mjs';
import { ensureDependencies, ROOT } from './lib/install.mjs';
import { startPlayground } from './lib/playground.mjs';
import { exitOnSignals } from './lib/process.mjs';

const IMAGES = join(ROOT, process.argv[2] ?? 'docs/images');
const SCENES = [
	takeBroadcast,
	takePanels,
	checkOutputFields,
	checkLists,
	checkToolLists,
	checkFirstSteps,
	checkTrigger,
];

async function main() {
	exitOnSignals();
	ensureBrowser();
	await ensureDependencies();
	mkdirSync(IMAGES, { recursive: true });
	const playground = await startPlayground('screenshot');
	let page;
	try {
		page = await openBrowser(playground);
		const editor = new Editor(page, playground, IMAGES);
		for (const play of SCENES) await play(editor, playground);
	} finally {
		await page?.context().browser().close();
		await playground.stop();
	}
}

main().catch((error) => {
	console.error(`\n${error.message}`);
	process.exitCode = 1;
});
