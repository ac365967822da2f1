import { check } from '../../lib/check';
import { poll } from '../../n8n/client';
import { triggerUrl, waitForSubscription } from '../../n8n/trigger-webhook';
import { triggerWorkflow } from '../../n8n/trigger-workflow';

const TIMEOUT = 60_000;

/**
 * Publishes a workflow with the trigger in the editor, has somebody write, looks at the execution, and unpublishes it.
 *
 * @param {import('./editor').Editor} editor
 * @param {import('../../n8n/playground').Playground} playground
 */
export async function checkTrigger(editor, { n8n, sandbox, credentials }) {
	const workflow = await n8n.client.importWorkflow(
		triggerWorkflow('Somebody writes', 'NativeMessage account', { events: ['inboundMessage'] }),
		credentials,
	);
	const url = triggerUrl(n8n, workflow);
	await editor.openWorkflow(workflow);
	await editor.part('workflow-open-publish-modal-button').click();
	await editor.part('workflow-publish-button').click();
	await waitForSubscription(sandbox, url);
	check('Publishing in the editor subscribes the trigger', true);

	await editor.openWorkflow(workflow);
	await sandbox.receive({ service: 'nativeMessage', from: '+12025550190', text: 'Hello' });
	const [execution] = await n8n.client.waitForExecutions(workflow, 1, 'webhook');
	await editor.part('radio-button-executions').click();
	await editor.part('canvas-node-status-success').first().waitFor();
	check('What somebody writes appears as an execution', execution.status === 'success', execution.status);

	await editor.part('radio-button-workflow').click();
	await editor.part('version-menu-button').click();
	await editor.part('version-menu-item-unpublish').click();
	await editor.confirm('Unpublish');
	await poll('The subscription was not removed', TIMEOUT, async () =>
		(await sandbox.webhooks()).every((webhook) => webhook.url !== url),
	);
	check('Unpublishing in the editor ends the subscription', true);
}
