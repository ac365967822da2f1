import { existsSync } from 'node:fs';

const CHROMIUM = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
/** Sharp enough to read, and small enough for a README. */
const SCALE = 1.25;

/** @throws {Error} how to install a browser, if there is none */
export function ensureBrowser() {
	if (existsSync(CHROMIUM)) return;
	throw new Error(
		`There is no browser at ${CHROMIUM}. Install Chromium (Debian: "apt-get install chromium") or set CHROMIUM_PATH.`,
	);
}

/**
 * Opens a browser that is signed in to n8n.
 *
 * @param {import('../../n8n/playground').Playground} playground
 * @returns {Promise<import('playwright-core').Page>} an empty page; to be closed with its browser
 */
export async function openBrowser({ n8n, owner }) {
	const { chromium } = await import('playwright-core');
	const browser = await chromium.launch({
		executablePath: CHROMIUM,
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
	});
	const context = await browser.newContext({ deviceScaleFactor: SCALE, colorScheme: 'light' });
	// The pages share this session's cookie.
	await context.request.post(`${n8n.url}/rest/login`, {
		data: { emailOrLdapLoginId: owner.email, password: owner.password },
	});
	return await context.newPage();
}
