import type { WebhookEndpoint } from '../../sandbox/server';
import { fetchAnswer } from '../lib/http';
import { poll, type SavedWorkflow, type Workflow } from './client';
import type { SandboxProcess } from './sandbox';
import type { N8nServer } from './server';

const TRIGGER_TYPE = 'n8n-nodes-nativemsg.nativeMsgTrigger';
const TIMEOUT = 60_000;

/**
 * Publishes a workflow with a NativeMsg Trigger.
 *
 * @returns the production URL of the trigger's webhook, once n8n accepts requests there
 * @throws {Error} why the trigger couldn't be started
 */
export async function publishTrigger(n8n: N8nServer, workflow: SavedWorkflow): Promise<string> {
	await n8n.client.publishWorkflow(workflow);
	const problems = await n8n.client.publicationProblems(workflow);
	if (problems.length > 0)
		throw new Error(`"${workflow.name}" could not be published: ${problems.join(' ')}`);
	return triggerUrl(n8n, workflow);
}

/**
 * Waits until NativeMessage has a subscription for a webhook.
 *
 * @param url of the webhook
 * @param fits whether a subscription is the right one; default any
 */
export async function waitForSubscription(
	sandbox: SandboxProcess,
	url: string,
	fits: (subscription: WebhookEndpoint) => boolean = () => true,
): Promise<WebhookEndpoint> {
	return await poll('NativeMessage got no subscription', TIMEOUT, async () =>
		(await sandbox.webhooks()).find((webhook) => webhook.url === url && fits(webhook)),
	);
}

/**
 * The URL shown in the trigger's panel.
 *
 * @param kind production or test
 */
export function triggerUrl(
	{ url }: Pick<N8nServer, 'url'>,
	{ name, nodes }: Workflow,
	kind: 'webhook' | 'webhook-test' = 'webhook',
): string {
	const trigger = nodes.find(({ type }) => type === TRIGGER_TYPE);
	if (!trigger) throw new Error(`"${name}" has no NativeMsg Trigger.`);
	return `${url}/${kind}/${trigger.webhookId}/webhook`;
}

/**
 * Posts a webhook request without a signature.
 *
 * @returns the status of the response
 */
export async function post(url: string): Promise<number> {
	const headers = { 'content-type': 'application/json' };
	return (await fetchAnswer(url, { method: 'POST', headers, body: '{}' })).status;
}
