import { MAKE_TABLE, QUESTIONS, TABLE, TRIGGER, WORKFLOW } from '../../examples/faq-bot';
import { openDataTable } from '../../n8n/data-table';
import type { Playground } from '../../n8n/playground';
import type { Editor } from './editor';

/** The workflow is wide. */
const CANVAS = { width: 1920, height: 760 };

/** Creates the bot from a table with the editor's buttons, and takes a screenshot of the finished workflow. */
export async function takeFaqBot(editor: Editor, { workflows, n8n }: Playground): Promise<void> {
	await editor.openWorkflow(workflows.find(({ name }) => name === WORKFLOW)!);
	await editor.resize(CANVAS);
	await editor.runWorkflow(MAKE_TABLE, ['Create table']);
	const table = await openDataTable(n8n.client, TABLE);
	await table.insert(QUESTIONS.map((one) => ({ ...one })));
	await editor.runWorkflow(TRIGGER, ['New revision']);
	await editor.zoomToFit();
	await editor.takePicture('faq-bot', {
		canvas: ['FAQ bot from a spreadsheet', '3 items', 'get: bot', 'update: bot', 'One revision'],
	});
}
