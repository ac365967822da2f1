import type { INode, INodeParameters } from 'n8n-workflow';
import type { Workflow } from './client';

/** The name of the trigger in the workflow below. */
export const TRIGGER = 'NativeMsg Trigger';
export const TRIGGER_VERSION = 1.1;

/**
 * A workflow with only the trigger.
 *
 * @param credential name of a saved credential
 * @param parameters of the trigger
 */
export function triggerWorkflow(name: string, credential: string, parameters: INodeParameters): Workflow {
	const trigger: INode = {
		id: 'trigger',
		name: TRIGGER,
		type: 'n8n-nodes-nativemsg.nativeMsgTrigger',
		typeVersion: TRIGGER_VERSION,
		position: [0, 0],
		webhookId: name.toLowerCase().replaceAll(' ', '-'),
		parameters,
		credentials: { nativeMsgApi: { id: null, name: credential } },
	};
	return { name, nodes: [trigger], connections: {} };
}

/** The same workflow with other parameters of the trigger. */
export function withParameters<T extends Workflow>(workflow: T, parameters: INodeParameters): T {
	const nodes = workflow.nodes.map((node) => (node.name === TRIGGER ? { ...node, parameters } : node));
	return { ...workflow, nodes };
}
