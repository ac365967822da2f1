import type { IConnection, INode, INodeConnections, INodeParameters, NodeConnectionType } from 'n8n-workflow';
import type { Workflow } from '../../n8n/client';
import { chain, node } from '../../n8n/workflow';

const PACKAGE = 'n8n-nodes-nativemsg';
const LANGCHAIN = '@n8n/n8n-nodes-langchain';
const COLUMN = 240;
const ROW = 192;

/** The input of the nodes to look at. */
const ORDER = {
	first_name: 'Maria',
	last_name: 'Lopez',
	phone: '+12025550140',
	order_id: 'ORD-1001',
	total: '49.99',
};

export interface NodeToLookAt {
	name: string;
	/** Of this package; default nativeMsg. */
	type?: string;
	/** Name of a saved credential; default that of the node's service. */
	credential?: string;
	/** What is entered. */
	parameters?: INodeParameters;
}

/** A workflow in which each node gets one order as its input. */
export function orderWorkflow(name: string, entered: NodeToLookAt[]): Workflow {
	const orders = node('Orders', 'n8n-nodes-base.set', {
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify(ORDER) },
		position: [COLUMN, 0],
	});
	return {
		name,
		nodes: [start(), orders, ...entered.map((one, row) => ownNode(one, [2 * COLUMN, row * ROW]))],
		connections: { Start: to('Orders'), Orders: to(...entered.map((one) => one.name)) },
	};
}

/** A workflow with a node followed by one of n8n's own. @param next name of the other node */
export function followedWorkflow(name: string, entered: NodeToLookAt, next: string): Workflow {
	return chain(name, [start(), ownNode(entered), node(next, 'n8n-nodes-base.set', { typeVersion: 3.4 })]);
}

/** A workflow with an AI agent and one tool. */
export function agentWorkflow(name: string, tool: NodeToLookAt): Workflow {
	return {
		name,
		nodes: [
			node('Start', `${LANGCHAIN}.chatTrigger`, { typeVersion: 1.1 }),
			node('Agent', `${LANGCHAIN}.agent`, { typeVersion: 2, position: [COLUMN, 0] }),
			ownNode(tool, [COLUMN, ROW]),
		],
		connections: { Start: to('Agent'), [tool.name]: { ai_tool: [[connection('Agent', 'ai_tool')]] } },
	};
}

function start(): INode {
	return node('Start', 'n8n-nodes-base.manualTrigger');
}

function ownNode(
	{ name, type = 'nativeMsg', credential = accountFor(type), parameters }: NodeToLookAt,
	position: INode['position'] = [0, 0],
): INode {
	const credentials = { nativeMsgApi: credential };
	return node(name, `${PACKAGE}.${type}`, { parameters, credentials, position });
}

function accountFor(type: string): string {
	return type.startsWith('nativeMsgOtt') ? 'NativeMessage account' : 'NativeMsg account';
}

function connection(name: string, type: NodeConnectionType): IConnection {
	return { node: name, type, index: 0 };
}

function to(...names: string[]): INodeConnections {
	return { main: [names.map((name) => connection(name, 'main'))] };
}
