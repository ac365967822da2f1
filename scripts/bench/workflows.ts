/** Name of the trigger that starts a workflow by hand. */
export const START = 'Start';
/** Name of the node under test. */
export const TESTED = 'Send';

/** One node of a workflow; nodes are placed from left to right in the order they are listed. */
export function node(name, type, typeVersion, parameters, more = {}) {
	return { id: name, name, type, typeVersion, parameters, ...more };
}

/**
 * A workflow in which each node leads to the next.
 *
 * @param {string} name
 * @param {object[]} nodes from `node`
 * @param {object} [settings] of n8n
 */
export function chain(name, nodes, settings = {}) {
	const next = (target) => ({ main: [[{ node: target.name, type: 'main', index: 0 }]] });
	return {
		name,
		nodes: nodes.map((each, index) => ({ ...each, position: [index * 220, 0] })),
		connections: Object.fromEntries(nodes.slice(1).map((target, index) => [nodes[index].name, next(target)])),
		settings,
	};
}
