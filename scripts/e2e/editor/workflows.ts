const PACKAGE = 'n8n-nodes-nativemsg';
const LANGCHAIN = '@n8n/n8n-nodes-langchain';

/** The input of the nodes to look at. */
const ORDER = {
	first_name: 'Maria',
	last_name: 'Lopez',
	phone: '+12025550140',
	order_id: 'ORD-1001',
	total: '49.99',
};

/**
 * @typedef {object} NodeToLookAt
 * @property {string} name
 * @property {string} [type] of this package; default nativeMsg
 * @property {string} [credential] name of a saved credential; default that of the node's service
 * @property {object} [parameters] what is entered
 */

/**
 * A workflow in which each node gets one order as its input.
 *
 * @param {string} name
 * @param {NodeToLookAt[]} nodes
 */
export function orderWorkflow(name, nodes) {
	const start = node('Start', 'n8n-nodes-base.manualTrigger', 0);
	const orders = node('Orders', 'n8n-nodes-base.set', 1, {
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify(ORDER) },
	});
	return {
		name,
		nodes: [start, orders, ...nodes.map((entered, row) => ownNode(entered, 2, row))],
		connections: { Start: to('Orders'), Orders: to(...nodes.map((entered) => entered.name)) },
	};
}

/**
 * A workflow of a node that is followed by one of n8n's own.
 *
 * @param {string} name
 * @param {NodeToLookAt} entered
 * @param {string} next name of the other node
 */
export function followedWorkflow(name, entered, next) {
	return {
		name,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 0),
			ownNode(entered, 1),
			node(next, 'n8n-nodes-base.set', 2, { typeVersion: 3.4 }),
		],
		connections: { Start: to(entered.name), [entered.name]: to(next) },
	};
}

/**
 * A workflow of an AI agent with one tool.
 *
 * @param {string} name
 * @param {NodeToLookAt} tool
 */
export function agentWorkflow(name, tool) {
	return {
		name,
		nodes: [
			node('Start', `${LANGCHAIN}.chatTrigger`, 0, { typeVersion: 1.1 }),
			node('Agent', `${LANGCHAIN}.agent`, 1, { typeVersion: 2 }),
			ownNode(tool, 1, 1),
		],
		connections: { Start: to('Agent'), [tool.name]: { ai_tool: [[connection('Agent', 'ai_tool')]] } },
	};
}

function ownNode({ name, type = 'nativeMsg', credential, parameters = {} }, column, row) {
	const credentials = { nativeMsgApi: { name: credential ?? accountFor(type) } };
	return node(name, `${PACKAGE}.${type}`, column, { parameters, credentials }, row);
}

function accountFor(type) {
	return type.startsWith('nativeMsgOtt') ? 'NativeMessage account' : 'NativeMsg account';
}

function node(name, type, column, more = {}, row = 0) {
	const position = [column * 240, row * 192];
	return { id: name, name, type, typeVersion: 1, position, parameters: {}, ...more };
}

function connection(name, type) {
	return { node: name, type, index: 0 };
}

function to(...names) {
	return { main: [names.map((name) => connection(name, 'main'))] };
}
