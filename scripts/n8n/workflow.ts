import type { INode, IWorkflowSettings } from 'n8n-workflow';
import type { Workflow } from './client';

/** What a node needs in addition to its name and type. */
export interface NodeDetails
	extends Partial<Pick<INode, 'typeVersion' | 'parameters' | 'position' | 'webhookId'>> {
	/** The name of a saved credential by its type. */
	credentials?: Record<string, string>;
}

/** A node of a workflow; its ID is its name. */
export function node(
	name: string,
	type: string,
	{ typeVersion = 1, position = [0, 0], parameters = {}, webhookId, credentials = {} }: NodeDetails = {},
): INode {
	const named = Object.entries(credentials).map(([key, saved]) => [key, { id: null, name: saved }] as const);
	return {
		...{ id: name, name, type, typeVersion, position, parameters },
		...(webhookId && { webhookId }),
		...(named.length > 0 && { credentials: Object.fromEntries(named) }),
	};
}

/** A workflow in which each node leads to the next. Nodes are placed from left to right. */
export function chain(name: string, nodes: INode[], settings?: IWorkflowSettings): Workflow {
	const connections = nodes.slice(1).map(({ name: target }, index) => {
		const main = [[{ node: target, type: 'main' as const, index: 0 }]];
		return [nodes[index].name, { main }];
	});
	return {
		name,
		nodes: nodes.map((each, index) => ({ ...each, position: [index * 220, 0] })),
		connections: Object.fromEntries(connections) as Workflow['connections'],
		settings,
	};
}
