import type {
	FilterValue,
	IDataObject,
	INode,
	INodeType,
	INodeTypes,
	NodeParameterValueType,
} from 'n8n-workflow';
import { executeFilter, NodeHelpers, Workflow } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NativeMsg } from '../../nodes/NativeMsg/NativeMsg.node';
import { NativeMsgOtt } from '../../nodes/NativeMsgOtt/NativeMsgOtt.node';
import { NativeMsgTrigger } from '../../nodes/NativeMsgTrigger/NativeMsgTrigger.node';

const FOLDER = join(__dirname, '../../examples');
const PACKAGE = 'n8n-nodes-nativemsg.';
const descriptions = Object.fromEntries(
	[new NativeMsg(), new NativeMsgOtt(), new NativeMsgTrigger()].map(({ description }) => [
		`${PACKAGE}${description.name}`,
		description,
	]),
);

interface Example {
	nodes: INode[];
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
}

const examples = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file): [string, Example] => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Example]);

const ofPackage = examples.flatMap(([file, { nodes }]) =>
	nodes
		.filter(({ type }) => type.startsWith(PACKAGE))
		.map((node): [string, string, INode] => [file, node.name, node]),
);

test('there are examples of each node', () => {
	expect(new Set(ofPackage.map(([, , { type }]) => type))).toEqual(new Set(Object.keys(descriptions)));
});

test.each(ofPackage)('%s: "%s" is filled in as its form wants it', (_file, _name, node) => {
	const description = descriptions[node.type];
	const { properties } = description;
	const stored = NodeHelpers.getNodeParameters(properties, node.parameters, false, false, node, description);
	// What the form does not have, or hides with these choices, is left out of what it stores; so is a default.
	const written = NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, description);
	expect(written).toMatchObject(node.parameters);
	expect(stored).not.toBeNull();
	expect([description.version].flat()).toContain(node.typeVersion);
	expect(
		NodeHelpers.getNodeParametersIssues(properties, { ...node, parameters: written! }, description),
	).toBe(null);
});

test.each(examples)('%s: all nodes are connected to nodes that exist', (_file, { nodes, connections }) => {
	const names = nodes.map(({ name }) => name);
	const linked = Object.entries(connections).flatMap(([from, { main }]) => [
		from,
		...main.flatMap((output) => output.map(({ node }) => node)),
	]);
	expect(names).toEqual(expect.arrayContaining(linked));
	const shown = nodes.filter(({ type }) => !type.endsWith('stickyNote')).map(({ name }) => name);
	expect([...new Set(linked)].sort()).toEqual(shown.sort());
});

/** Where an item goes at a node that decides, by its own conditions, evaluated as n8n does. */
function wayOf(file: string, nodeName: string, json: IDataObject): string {
	const [, example] = examples.find(([name]) => name === file)!;
	const node = example.nodes.find(({ name }) => name === nodeName)!;
	const nodeType = { description: { properties: [] } } as unknown as INodeType;
	const workflow = new Workflow({
		// It takes away from its nodes what their forms lack.
		nodes: [structuredClone(node)],
		connections: {},
		active: false,
		nodeTypes: { getByNameAndVersion: () => nodeType } as unknown as INodeTypes,
	});
	const holds = (conditions: NodeParameterValueType) => {
		const value = workflow.expression.getParameterValue(
			conditions,
			null,
			0,
			0,
			nodeName,
			[{ json }],
			'manual',
			{},
		);
		return executeFilter(value as FilterValue);
	};
	const { rules, conditions } = node.parameters as {
		rules?: { values: Array<{ outputKey: string; conditions: NodeParameterValueType }> };
		conditions: NodeParameterValueType;
	};
	if (rules) return rules.values.find((rule) => holds(rule.conditions))?.outputKey ?? 'none';
	return String(holds(conditions));
}

test.each<[file: string, node: string, json: IDataObject, way: string]>([
	['scheduled-broadcast.json', 'Leave out opt-outs', { optedOut: false }, 'true'],
	['scheduled-broadcast.json', 'Leave out opt-outs', { optedOut: true }, 'false'],
	['scheduled-broadcast.json', 'Delivered?', { delivery: 'delivered' }, 'Delivered'],
	['scheduled-broadcast.json', 'Delivered?', { delivery: 'failed' }, 'Failed'],
	['scheduled-broadcast.json', 'Delivered?', { skipped: true }, 'Sent earlier'],
	['order-confirmation-on-whatsapp.json', 'Failed?', { status: 'failed' }, 'true'],
	['order-confirmation-on-whatsapp.json', 'Failed?', { status: 'sent' }, 'false'],
	['order-confirmation-on-whatsapp.json', 'Still failed?', { status: 'failed' }, 'true'],
	['order-confirmation-on-whatsapp.json', 'Still failed?', { status: 'sent' }, 'false'],
	['ask-for-approval.json', 'What was decided?', { Decision: 'Approve' }, 'Approve'],
	['ask-for-approval.json', 'What was decided?', { Decision: 'Decline' }, 'Decline'],
])('%s: "%s" decides on %j with %s', (file, node, json, way) => {
	expect(wayOf(file, node, json)).toBe(way);
});
