/** A node of the package that sends a text of its own to each item's phone. */
export function sendNode(options = {}) {
	return {
		id: 'send',
		name: 'Send',
		type: 'n8n-nodes-nativemsg.nativeMsg',
		typeVersion: 1,
		position: [400, 0],
		parameters: {
			phones: '={{ $json.phone }}',
			channelId: { __rl: true, mode: 'id', value: '601' },
			text: '=Hi {{ $json.name }}',
			options,
		},
		credentials: { nativeMsgApi: { name: 'NativeMsg account' } },
	};
}

/** A workflow whose nodes stand in a row. */
export function workflowOf(name, nodes) {
	const connections = Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name: from }, index) => [
				from,
				{ main: [[{ node: nodes[index + 1].name, type: 'main', index: 0 }]] },
			]),
	);
	return { name, nodes, connections, settings: { saveDataSuccessExecution: 'none' } };
}
