import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './install.mjs';
import { freePort, stopper } from './process.mjs';

const READY_TIMEOUT = 30_000;

/**
 * @typedef {object} DeliveryReport what the sandbox accepted, counted by itself
 * @property {number} accepted messages
 * @property {Record<string, number>} recipients messages per recipient; the key is the phone's digits
 * @property {number} maxPerRecipient
 * @property {Record<string, number>} byStatus
 *
 * @typedef {object} SandboxProcess
 * @property {string} baseUrl for the credential, e.g. http://127.0.0.1:40124/v1
 * @property {string} token for the credential; made up at each start
 * @property {() => Promise<DeliveryReport>} report
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the local nativeMsg API in a process of its own.
 *
 * @returns {Promise<SandboxProcess>} once it answers
 * @throws {Error} with what it printed when it does not come up
 */
export async function startSandboxProcess() {
	const port = await freePort();
	const token = randomBytes(24).toString('hex');
	const url = `http://127.0.0.1:${port}`;
	const args = ['--import', 'tsx', join('sandbox', 'cli.ts'), '--port', String(port), '--token', token];
	const child = spawn(process.execPath, args, {
		cwd: ROOT,
		stdio: ['ignore', 'ignore', 'pipe'],
		detached: process.platform !== 'win32',
	});
	let complaints = '';
	child.stderr.setEncoding('utf8').on('data', (chunk) => (complaints += chunk));
	const stop = stopper(child);

	const control = async (path) => (await fetch(`${url}/__sandbox/${path}`)).json();
	const deadline = Date.now() + READY_TIMEOUT;
	while (!(await control('health').catch(() => undefined))) {
		if (child.exitCode !== null || Date.now() > deadline) {
			await stop();
			throw new Error(`The sandbox did not start.\n${complaints}`);
		}
		await sleep(100);
	}
	return { baseUrl: `${url}/v1`, token, report: () => control('report'), stop };
}
