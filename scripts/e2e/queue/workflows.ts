import type { INode } from 'n8n-workflow';
import type { Workflow } from '../../n8n/client';
import { chain, node } from '../../n8n/workflow';

/** Name of the node below. */
export const SEND = 'Send';

/** A node of the package that sends a personal text to each item's phone, unless parameters say otherwise. */
export function sendNode(parameters: INode['parameters'] = {}): INode {
	return node(SEND, 'n8n-nodes-nativemsg.nativeMsg', {
		parameters: {
			phones: '={{ $json.phone }}',
			channelId: { __rl: true, mode: 'id', value: '601' },
			text: '=Hi {{ $json.name }}',
			...parameters,
		},
		credentials: { nativeMsgApi: 'NativeMsg account' },
	});
}

/** A workflow with its nodes in a row, whose successful executions aren't kept. */
export function workflowOf(name: string, nodes: INode[]): Workflow {
	return chain(name, nodes, { saveDataSuccessExecution: 'none' });
}
