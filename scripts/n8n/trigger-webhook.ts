import { fetchAnswer } from '../lib/http';
import { poll } from './client';

const TRIGGER_TYPE = 'n8n-nodes-nativemsg.nativeMsgTrigger';
const TIMEOUT = 60_000;

/**
 * Publishes a workflow with a NativeMsg Trigger.
 *
 * @param {import('./server').N8nServer} n8n
 * @param {any} workflow a saved one
 * @returns {Promise<string>} the production URL of the trigger's webhook, once n8n takes deliveries there
 * @throws {Error} why the trigger could not be started
 */
export async function publishTrigger(n8n, workflow) {
	await n8n.client.publishWorkflow(workflow);
	const problems = await n8n.client.publicationProblems(workflow);
	if (problems.length > 0)
		throw new Error(`"${workflow.name}" could not be published: ${problems.join(' ')}`);
	return triggerUrl(n8n, workflow);
}

/**
 * Waits until NativeMessage has a subscription for a webhook.
 *
 * @param {import('./sandbox').SandboxProcess} sandbox
 * @param {string} url of the webhook
 * @param {(subscription: import('../../sandbox/server').WebhookEndpoint) => boolean} [fits] which one; default any
 */
export async function waitForSubscription(sandbox, url, fits = () => true) {
	return await poll('NativeMessage got no subscription', TIMEOUT, async () =>
		(await sandbox.webhooks()).find((webhook) => webhook.url === url && fits(webhook)),
	);
}

/**
 * The URL that the trigger's panel shows.
 *
 * @param {'webhook' | 'webhook-test'} [kind] production or test
 */
export function triggerUrl({ url }, { nodes }, kind = 'webhook') {
	const { webhookId } = nodes.find(({ type }) => type === TRIGGER_TYPE);
	return `${url}/${kind}/${webhookId}/webhook`;
}

/**
 * Posts a delivery that proves nothing.
 *
 * @returns {Promise<number>} the status of the answer
 */
export async function post(url) {
	const headers = { 'content-type': 'application/json' };
	return (await fetchAnswer(url, { method: 'POST', headers, body: '{}' })).status;
}
