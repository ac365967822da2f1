import type { INodeParameters } from 'n8n-workflow';
import { check } from '../../lib/check';
import type { Playground } from '../../n8n/playground';
import { chain, node } from '../../n8n/workflow';
import type { Editor } from './editor';

const COLUMNS = { plan: 'gold', visits: 3, city: 'Porto' };
const ATTRIBUTES = 'Set the attributes';
const CONTACT = 'Add the contact';

const action = (name: string, parameters: INodeParameters) =>
	node(name, 'n8n-nodes-nativemsg.nativeMsg', {
		parameters,
		credentials: { nativeMsgApi: 'NativeMsg account' },
	});

/** One click adds all columns to a form, also inside a collection. */
export async function checkAddAll(editor: Editor, { n8n, sandbox, credentials }: Playground): Promise<void> {
	const columns = node('Columns', 'n8n-nodes-base.set', {
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify(COLUMNS) },
	});
	const start = node('Start', 'n8n-nodes-base.manualTrigger');
	const human = { resource: 'human', humanId: '540' };
	const attributes = { ...human, operation: 'setAttributes', specifyAttributes: 'dragged' };
	const contact = {
		resource: 'human',
		operation: 'addByPhone',
		channelId: '601',
		phone: '+12025550149',
		additionalFields: { draggedFields: {} },
	};
	for (const [name, parameters, field] of [
		[ATTRIBUTES, attributes, 'draggedAttributes'],
		[CONTACT, contact, 'draggedFields'],
	] as const) {
		const workflow = chain(name, [start, columns, action(name, parameters)]);
		await editor.openWorkflow(await n8n.client.importWorkflow(workflow, credentials));
		await editor.runWorkflow('Start', ['Columns']);
		await editor.openNode(name);
		await editor.addAll(field);
		const before = (await sandbox.requests()).length;
		const isDone = await editor.executeStep();
		const [request] = (await sandbox.requests()).slice(before);
		const body = request?.body as { humans?: Array<{ customFields: object }> } | undefined;
		const sent = body?.humans?.[0].customFields ?? body;
		check(
			`"Add All" fills in ${field}`,
			isDone && JSON.stringify(sent) === JSON.stringify(COLUMNS),
			JSON.stringify(sent),
		);
		await editor.closeNode();
	}
}
