/** The name of the trigger in the workflow below. */
export const TRIGGER = 'NativeMsg Trigger';
export const TRIGGER_VERSION = 1.1;

/**
 * A workflow of the trigger alone.
 *
 * @param {string} name
 * @param {string} credential name of a saved credential
 * @param {object} parameters of the trigger
 */
export function triggerWorkflow(name, credential, parameters) {
	const trigger = {
		id: 'trigger',
		name: TRIGGER,
		type: 'n8n-nodes-nativemsg.nativeMsgTrigger',
		typeVersion: TRIGGER_VERSION,
		position: [0, 0],
		webhookId: name.toLowerCase().replaceAll(' ', '-'),
		parameters,
		credentials: { nativeMsgApi: { name: credential } },
	};
	return { name, nodes: [trigger], connections: {} };
}

/** The same workflow with other parameters of the trigger. */
export function withParameters(workflow, parameters) {
	const nodes = workflow.nodes.map((node) => (node.name === TRIGGER ? { ...node, parameters } : node));
	return { ...workflow, nodes };
}
