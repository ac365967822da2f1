import { existsSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import type { Playground } from '../../n8n/playground';

/** Debian's, or the one that the environment names. */
export const CHROMIUM = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
/** Sharp enough to read and small enough for a README. */
const SCALE = 1.25;

/** @throws {Error} how to install a browser, if there is none */
export function ensureBrowser(): void {
	if (existsSync(CHROMIUM)) return;
	throw new Error(
		`There is no browser at ${CHROMIUM}. Install Chromium (Debian: "apt-get install chromium") or set CHROMIUM_PATH.`,
	);
}

/**
 * Opens a browser that is signed in to n8n.
 *
 * @returns an empty page; to be closed with its browser
 */
export async function openBrowser({ n8n, owner }: Playground): Promise<Page> {
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
