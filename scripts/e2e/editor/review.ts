import { CUSTOMER, MANAGER, messagesTo, textOnce, TRIGGER, WORKFLOW } from '../../examples/agent-review';
import { check } from '../../lib/check';
import { repeatLastWords } from '../../n8n/model-server';
import { poll } from '../../n8n/client';
import type { Playground } from '../../n8n/playground';
import type { Editor } from './editor';

const REVIEW = 'Ask the manager';
const TOOL = 'Text the customer';
const CANVAS = { width: 1440, height: 760 };
const PHONE = { width: 390, height: 600 };
const TIMEOUT = 30_000;

/** Runs an agent whose tool a person reviews, takes screenshots of the waiting workflow and of the page, and approves. */
export async function takeReview(editor: Editor, { workflows, sandbox, model }: Playground): Promise<void> {
	await sandbox.reset();
	model.think(textOnce);
	await editor.openWorkflow(workflows.find(({ name }) => name === WORKFLOW)!);
	await editor.resize(CANVAS);
	await editor.startWorkflow(TRIGGER);
	const { text } = await poll('The manager was not asked', TIMEOUT, async () => {
		return (await messagesTo(sandbox, MANAGER)).at(0);
	});
	await editor.zoomToFit();
	await editor.takePicture('human-review', { canvas: ['AI Agent', REVIEW, TOOL] });

	await editor.visit(/http\S+/.exec(text)?.[0] ?? '', PHONE);
	await editor.takePicture('reply-page', {});
	await editor.press('Approve');
	const sent = await poll('The customer got no message', TIMEOUT, async () => {
		const messages = await messagesTo(sandbox, CUSTOMER);
		return messages.length > 0 && messages;
	});
	check("An agent's message that is approved on the page is sent once", sent.length === 1, sent.length);
	model.think(repeatLastWords);
}
