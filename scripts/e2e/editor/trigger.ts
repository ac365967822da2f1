import { check } from '../../lib/check';
import { poll } from '../../n8n/client';
import type { Playground } from '../../n8n/playground';
import { triggerUrl, waitForSubscription } from '../../n8n/trigger-webhook';
import { TRIGGER, triggerWorkflow } from '../../n8n/trigger-workflow';
import { checkThat } from './check-that';
import { expect, type Editor } from './editor';

const TIMEOUT = 60_000;

/**
 * Publishes a workflow with the trigger in the editor, simulates an incoming message, checks the execution, and
 * unpublishes the workflow.
 */
export async function checkTrigger(editor: Editor, { n8n, sandbox, credentials }: Playground): Promise<void> {
	const workflow = await n8n.client.importWorkflow(
		triggerWorkflow('Incoming message', 'NativeMessage account', { events: ['inboundMessage'] }),
		credentials,
	);
	const url = triggerUrl(n8n, workflow);
	await editor.openWorkflow(workflow);
	await editor.openNode(TRIGGER);
	await checkThat(
		'The panel says what to do for a test event',
		expect(editor.part('ndv')).toContainText('Write to your number to get a test event'),
	);
	await editor.closeNode();
	await editor.part('workflow-open-publish-modal-button').click();
	await editor.part('workflow-publish-button').click();
	await waitForSubscription(sandbox, url);
	check('Publishing in the editor subscribes the trigger', true);
	await checkThat(
		"n8n's message then claims nothing, but says what to do for each service",
		expect(editor.part('activation-modal')).toContainText(
			'NativeMessage: write to your number now to try it. nativeMsg: paste the production URL',
		),
	);

	await editor.openWorkflow(workflow);
	await sandbox.receive({ service: 'nativeMessage', from: '+12025550190', text: 'Hello' });
	const [execution] = await n8n.client.waitForExecutions(workflow, 1, 'webhook');
	check('An incoming message starts an execution', execution.status === 'success', execution.status);
	await editor.part('radio-button-executions').click();
	await checkThat(
		'It appears in the executions list',
		expect(editor.part('canvas-node-status-success').first()).toBeVisible(),
	);

	await editor.part('radio-button-workflow').click();
	await editor.part('version-menu-button').click();
	await editor.part('version-menu-item-unpublish').click();
	await editor.confirm('Unpublish');
	await poll('The subscription was not removed', TIMEOUT, async () =>
		(await sandbox.webhooks()).every((webhook) => webhook.url !== url),
	);
	check('Unpublishing in the editor ends the subscription', true);
}
