/**
 * Takes the README's pictures in a real editor: the broadcast after a run, and the panel of its "Send message" node.
 * An argument names another folder for them than `docs/images`.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { TRIGGER, WORKFLOW } from './lib/broadcast.mjs';
import { ensureDependencies, ROOT } from './lib/install.mjs';
import { startPlayground } from './lib/playground.mjs';
import { exitOnSignals } from './lib/process.mjs';
import { withProgress } from './lib/progress.mjs';

const CHROMIUM = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
const IMAGES = join(ROOT, process.argv[2] ?? 'docs/images');
const SEND_NODE = 'Send message';
const LAST_NODES = ['Delivered', 'Failed rows'];
const RUN_TIMEOUT = 120_000;
/** Animations and toasts are over by then, in ms. */
const SETTLE = 6_000;

async function main() {
	exitOnSignals();
	if (!existsSync(CHROMIUM)) {
		throw new Error(
			`There is no browser at ${CHROMIUM}. Install Chromium (Debian: "apt-get install chromium") or set CHROMIUM_PATH.`,
		);
	}
	await ensureDependencies();
	const playground = await startPlayground('screenshot');
	try {
		const page = await openEditor(playground);
		await withProgress('Taking pictures', () => takePictures(page));
		await page.context().browser().close();
	} finally {
		await playground.stop();
	}
}

async function openEditor({ n8n, owner, workflows }) {
	const { chromium } = await import('playwright-core');
	const browser = await chromium.launch({
		executablePath: CHROMIUM,
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
	});
	const context = await browser.newContext({
		viewport: { width: 1600, height: 640 },
		deviceScaleFactor: 2,
		colorScheme: 'light',
	});
	// The pages share this session's cookie.
	await context.request.post(`${n8n.url}/rest/login`, {
		data: { emailOrLdapLoginId: owner.email, password: owner.password },
	});
	const page = await context.newPage();
	const { id } = workflows.find(({ name }) => name === WORKFLOW);
	await page.goto(`${n8n.url}/workflow/${id}`);
	return page;
}

async function takePictures(page) {
	mkdirSync(IMAGES, { recursive: true });
	const node = (name) => page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	const part = (id, root = page) => root.locator(`[data-test-id="${id}"]`);

	await node(TRIGGER).hover();
	await part(`execute-workflow-button-${TRIGGER}`).click();
	for (const last of LAST_NODES) {
		await part('canvas-node-status-success', node(last)).waitFor({ timeout: RUN_TIMEOUT });
	}
	await part('zoom-to-fit').click();
	await page.mouse.move(0, 0);
	await page.waitForTimeout(SETTLE);
	await page.screenshot({ path: join(IMAGES, 'scheduled-broadcast.png') });

	await page.setViewportSize({ width: 1600, height: 1000 });
	await node(SEND_NODE).dblclick();
	await part('node-execute-button').waitFor();
	await page.waitForTimeout(SETTLE);
	await page.screenshot({ path: join(IMAGES, 'send-message.png') });
}

main().catch((error) => {
	console.error(`\n${error.message}`);
	process.exitCode = 1;
});
