import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchAnswer } from '../lib/http';
import { ROOT } from '../lib/root';
import { freePort, stopper } from '../lib/process';

const READY_TIMEOUT = 30_000;

/**
 * @typedef {object} RecipientReport what one API of the sandbox accepted, counted by itself
 * @property {number} accepted messages
 * @property {Record<string, number>} recipients messages per recipient; the key is the phone's digits
 * @property {number} maxPerRecipient
 *
 * @typedef {RecipientReport & { byStatus: Record<string, number>, ott: RecipientReport }} DeliveryReport
 *   of nativeMsg, and under `ott` of NativeMessage
 *
 * @typedef {object} SandboxProcess
 * @property {string} baseUrl of nativeMsg, e.g. http://127.0.0.1:40124/v1
 * @property {string} ottBaseUrl of NativeMessage
 * @property {string} token for both APIs; made up at each start
 * @property {string} apiKey for NativeMessage
 * @property {{ username: string, password: string }} user for NativeMessage
 * @property {string} webhookSecret for the webhooks of nativeMsg that are entered by hand; made up at each start
 * @property {() => Promise<DeliveryReport>} report
 * @property {() => Promise<import('../../sandbox/requestLog').RecordedRequest[]>} requests
 * @property {(settings: object) => Promise<void>} configure changes settings of sandbox/settings.ts
 * @property {(message: object) => Promise<{ messageId: string }>} receive somebody writes: a message of sandbox/inbound.ts
 * @property {() => Promise<import('../../sandbox/server').WebhookEndpoint[]>} webhooks where events go; secrets redacted
 * @property {(webhook: object) => Promise<import('../../sandbox/server').WebhookEndpoint>} addWebhook enters one as in the
 *   dashboard of nativeMsg
 * @property {(order: object) => Promise<{ status: number | null, body: string }>} deliver sends one delivery as ordered, of
 *   sandbox/deliver.ts, and returns what the receiver answered
 * @property {() => Promise<import('../../sandbox/server').DeliveryRecord[]>} deliveries every attempt so far
 * @property {() => Promise<void>} reset forgets everything that happened, settings included
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the local APIs in a process of their own.
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

	const control = async (path, options) => {
		const response = await fetchAnswer(`${url}/__sandbox/${path}`, options);
		const answer = await response.json();
		if (!response.ok)
			throw new Error(`The sandbox answered ${path} with ${response.status}: ${answer.error}`);
		return answer;
	};
	const post = (path, body) => control(path, { method: 'POST', body: JSON.stringify(body) });
	const deadline = Date.now() + READY_TIMEOUT;
	while (!(await control('health').catch(() => undefined))) {
		if (child.exitCode !== null || Date.now() > deadline) {
			await stop();
			throw new Error(`The sandbox did not start.\n${complaints}`);
		}
		await sleep(100);
	}
	return {
		baseUrl: `${url}/v1`,
		ottBaseUrl: `${url}/api/v1`,
		token,
		apiKey: 'sandbox-api-key',
		user: { username: 'sandbox', password: 'sandbox-password' },
		webhookSecret: randomBytes(24).toString('hex'),
		report: () => control('report'),
		requests: () => control('requests'),
		configure: (settings) => control('settings', { method: 'PUT', body: JSON.stringify(settings) }),
		receive: (message) => post('inbound-message', message),
		webhooks: () => control('webhooks'),
		addWebhook: (webhook) => post('webhooks/nativemsg', webhook),
		deliver: (order) => post('deliver', order),
		deliveries: () => control('deliveries'),
		reset: () => control('reset', { method: 'POST' }),
		stop,
	};
}
