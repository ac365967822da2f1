import { TRIGGER, WORKFLOW } from '../../examples/scheduled-broadcast';
import type { Playground } from '../../n8n/playground';
import type { Editor } from './editor';

const SEND_NODE = 'Send message';
const LAST_NODES = ['Delivered', 'Failed rows'];
/** The workflow is wide. */
const CANVAS = { width: 1880, height: 680 };

/**
 * Runs the broadcast with the editor's button, and takes screenshots of the finished workflow and of the node that sends.
 */
export async function takeBroadcast(editor: Editor, { workflows }: Playground): Promise<void> {
	await editor.openWorkflow(workflows.find(({ name }) => name === WORKFLOW)!);
	await editor.resize(CANVAS);
	await editor.runWorkflow(TRIGGER, LAST_NODES);
	await editor.zoomToFit();
	await editor.takePicture('scheduled-broadcast', {
		canvas: [
			'Set these four things',
			'468 items',
			'add by phone: human',
			'send: message',
			'425 items',
			'43 items',
		],
	});

	await editor.resize({ height: 1100 });
	await editor.openNode(SEND_NODE);
	await editor.takePicture('send-message', {
		form: [
			'NativeMsg account',
			'Message Type',
			'Phone Numbers',
			'601',
			'our summer sale starts today',
			'Max Wait (Seconds)',
		],
		output: ['Success Branch (432 items)', 'requestId', 'status'],
	});
	await editor.closeNode();
}
