/**
 * Uses the packed package in a real editor as a user would, and takes the screenshots for the documentation. An argument
 * names a folder for them instead of `docs/images`. The exit code says whether everything was visible.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { checkAddAll } from './editor/add-all';
import { takeBroadcast } from './editor/broadcast';
import { ensureBrowser, openBrowser } from './editor/browser';
import { Editor } from './editor/editor';
import { takeFaqBot } from './editor/faq-bot';
import { checkClicks } from './editor/clicks';
import { checkFirstSteps } from './editor/first-steps';
import { checkLists, checkToolLists } from './editor/lists';
import { checkOutputFields } from './editor/output-fields';
import { takePanels } from './editor/panels';
import { takeReview } from './editor/review';
import { checkTrigger } from './editor/trigger';
import { ROOT } from '../lib/root';
import { startPlayground } from '../n8n/playground';
import { exitOnSignals } from '../lib/process';

const IMAGES = resolve(ROOT, process.argv[2] ?? 'docs/images');
const SCENES = [
	takeBroadcast,
	takePanels,
	takeFaqBot,
	takeReview,
	checkOutputFields,
	checkLists,
	checkToolLists,
	checkAddAll,
	checkFirstSteps,
	checkClicks,
	checkTrigger,
];

async function main(): Promise<void> {
	exitOnSignals();
	ensureBrowser();
	mkdirSync(IMAGES, { recursive: true });
	const playground = await startPlayground('screenshot');
	let page: Page | undefined;
	try {
		page = await openBrowser(playground);
		const editor = new Editor(page, playground, IMAGES);
		for (const play of SCENES) await play(editor, playground);
	} finally {
		await page?.context().browser()?.close();
		await playground.stop();
	}
}

main().catch((error) => {
	console.error(`\n${error.message}`);
	process.exitCode = 1;
});
