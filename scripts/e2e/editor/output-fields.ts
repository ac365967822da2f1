import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../lib/check';
import { ROOT } from '../../lib/root';
import type { Playground } from '../../n8n/playground';
import type { Editor } from './editor';
import { followedWorkflow, type NodeToLookAt } from './workflows';

/** A node, and the file with the fields of its output. */
interface NodeWithSchema extends NodeToLookAt {
	schema: string;
}

const NEXT = 'Use the fields';
const GET_CHANNELS: NodeWithSchema = {
	name: 'Get channels',
	parameters: { resource: 'channel', operation: 'getMany' },
	schema: 'NativeMsg/__schema__/v1.0.0/channel/getMany.json',
};
const SEND: NodeWithSchema = {
	name: 'Send',
	parameters: { text: 'Hello!' },
	schema: 'NativeMsg/__schema__/v1.0.0/message/send.json',
};
const SEND_TEMPLATE: NodeWithSchema = {
	name: 'Send template',
	type: 'nativeMsgOtt',
	schema: 'NativeMsgOtt/__schema__/v1.0.0/message/sendTemplate.json',
};

/** Opens a node whose predecessor has never run: n8n lists the predecessor's output fields from our schema files. */
export async function checkOutputFields(editor: Editor, playground: Playground): Promise<void> {
	await checkFieldsOf(editor, playground, SEND);
	await checkFieldsOf(editor, playground, SEND_TEMPLATE);
	await checkFieldsOf(editor, playground, GET_CHANNELS);
	await editor.takePicture('fields-before-the-first-run', {
		input: ['Get channels', 'Preview', 'channelType'],
	});
	await editor.closeNode();
}

async function checkFieldsOf(
	editor: Editor,
	{ n8n, credentials }: Playground,
	node: NodeWithSchema,
): Promise<void> {
	const workflow = await n8n.client.importWorkflow(
		followedWorkflow(`Fields of ${node.name}`, node, NEXT),
		credentials,
	);
	await editor.openWorkflow(workflow);
	await editor.openNode(NEXT);
	const schema = JSON.parse(readFileSync(join(ROOT, 'nodes', node.schema), 'utf8')) as { properties: object };
	await editor.waitToShow('input', ['Preview', ...Object.keys(schema.properties)]);
	check(`The fields of "${node.name}" are listed before it runs`, true);
}
