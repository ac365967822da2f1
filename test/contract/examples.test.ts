import type {
	FilterValue,
	IDataObject,
	INode,
	INodeType,
	INodeTypes,
	NodeParameterValueType,
} from 'n8n-workflow';
import { createRunExecutionData, executeFilter, NodeHelpers, Workflow } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NativeMsg } from '../../nodes/NativeMsg/NativeMsg.node';
import { NativeMsgOtt } from '../../nodes/NativeMsgOtt/NativeMsgOtt.node';
import { eventsOf } from '../../nodes/NativeMsgTrigger/events';
import { NativeMsgTrigger } from '../../nodes/NativeMsgTrigger/NativeMsgTrigger.node';
import { useFixture } from '../support/fixture';

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
	/** By node and type of connection. */
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
}

const examples = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file): [string, Example] => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Example]);

/** The base node of a type: n8n derives tools for agents, and steps that review them, from action nodes. */
const baseOf = (type: string) => type.replace(/(Hitl)?Tool$/, '');

const ofPackage = examples.flatMap(([file, { nodes }]) =>
	nodes
		.filter(({ type }) => type.startsWith(PACKAGE))
		.map((node): [string, string, INode] => [file, node.name, node]),
);

test('there are examples of each node', () => {
	expect(new Set(ofPackage.map(([, , { type }]) => baseOf(type)))).toEqual(
		new Set(Object.keys(descriptions)),
	);
});

test.each(ofPackage)('%s: "%s" is filled in as its form requires', (_file, _name, node) => {
	const description = descriptions[baseOf(node.type)];
	const { properties } = description;
	const stored = NodeHelpers.getNodeParameters(properties, node.parameters, false, false, node, description);
	// Values that the form doesn't have, or hides with these choices, aren't stored, and neither are defaults.
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
	const linked = Object.entries(connections).flatMap(([from, byType]) => [
		from,
		...Object.values(byType).flatMap((outputs) => outputs.flat().map(({ node }) => node)),
	]);
	expect(names).toEqual(expect.arrayContaining(linked));
	const shown = nodes.filter(({ type }) => !type.endsWith('stickyNote')).map(({ name }) => name);
	expect([...new Set(linked)].sort()).toEqual(shown.sort());
});

/** A node of an example, and a function that evaluates its parameters for an item as n8n does. */
function inExample(file: string, nodeName: string, json: IDataObject) {
	const [, example] = examples.find(([name]) => name === file)!;
	const node = example.nodes.find(({ name }) => name === nodeName)!;
	const nodeType = { description: { properties: [] } } as unknown as INodeType;
	const workflow = new Workflow({
		// It removes parameters that the forms of its nodes lack.
		nodes: [structuredClone(node)],
		connections: {},
		active: false,
		nodeTypes: { getByNameAndVersion: () => nodeType } as unknown as INodeTypes,
	});
	const evaluate = (value: NodeParameterValueType) =>
		workflow.expression.getParameterValue(value, null, 0, 0, nodeName, [{ json }], 'manual', {});
	return { example, node, evaluate };
}

/** The output that an item takes at a deciding node, by the node's conditions. */
function wayOf(file: string, nodeName: string, json: IDataObject): string {
	const { node, evaluate } = inExample(file, nodeName, json);
	const holds = (conditions: NodeParameterValueType) => executeFilter(evaluate(conditions) as FilterValue);
	const { rules, conditions } = node.parameters as {
		rules?: { values: Array<{ outputKey: string; conditions: NodeParameterValueType }> };
		conditions: NodeParameterValueType;
	};
	if (rules) return rules.values.find((rule) => holds(rule.conditions))?.outputKey ?? 'none';
	return String(holds(conditions));
}

test.each<[file: string, node: string, json: IDataObject, way: string]>([
	['scheduled-broadcast.json', 'Remove opt-outs', { optedOut: false }, 'true'],
	['scheduled-broadcast.json', 'Remove opt-outs', { optedOut: true }, 'false'],
	['scheduled-broadcast.json', 'Delivered?', { delivery: 'delivered' }, 'Delivered'],
	['scheduled-broadcast.json', 'Delivered?', { delivery: 'failed' }, 'Failed'],
	['scheduled-broadcast.json', 'Delivered?', { status: 'skipped' }, 'Sent earlier'],
	['scheduled-broadcast.json', 'Delivered?', { status: 'held', held: true }, 'none'],
	['order-confirmation-on-whatsapp.json', 'Failed?', { status: 'failed' }, 'true'],
	['order-confirmation-on-whatsapp.json', 'Failed?', { status: 'sent' }, 'false'],
	['order-confirmation-on-whatsapp.json', 'Still failed?', { status: 'failed' }, 'true'],
	['order-confirmation-on-whatsapp.json', 'Still failed?', { status: 'sent' }, 'false'],
	['ask-for-approval.json', 'Route by decision', { data: { approved: true } }, 'Approve'],
	['ask-for-approval.json', 'Route by decision', { data: { approved: false } }, 'Decline'],
	['ask-for-approval.json', 'Route by decision', { data: { approved: null } }, 'none'],
])('%s: "%s" decides on %j with %s', (file, node, json, way) => {
	expect(wayOf(file, node, json)).toBe(way);
});

describe('AI assistant by text message', () => {
	const FILE = 'ai-assistant-by-text-message.json';

	/** The output of the node "Message" for a nativeMsg record, as read by the trigger. */
	function messageOf(record: IDataObject): IDataObject {
		const [event] = eventsOf('nativeMsg', { messageType: 'I', ...record }, { optOut: [], optIn: [] })!;
		const { node, evaluate } = inExample(FILE, 'Message', { ...event });
		const { assignments } = node.parameters.assignments as {
			assignments: Array<{ name: string; value: string }>;
		};
		return Object.fromEntries(assignments.map(({ name, value }) => [name, evaluate(value) as string]));
	}

	/** The nodes that an item reaches from an output of "Route by keyword". */
	function reachedFrom(output: string): Set<string> {
		const { example, node } = inExample(FILE, 'Route by keyword', {});
		const { values } = (node.parameters as { rules: { values: Array<{ outputKey: string }> } }).rules;
		const index = values.findIndex(({ outputKey }) => outputKey === output);
		const reached = new Set(example.connections[node.name].main[index].map((next) => next.node));
		for (const name of reached) {
			for (const next of (example.connections[name]?.main ?? []).flat()) reached.add(next.node);
		}
		return reached;
	}

	test.each<[record: IDataObject, message: IDataObject, way: string]>([
		[
			{ humanId: 540, channelId: 601, message: { text: 'Are you open?' } },
			{ person: '540', channel: '601', text: 'Are you open?', keyword: '' },
			'Everything else',
		],
		[
			{ phone: '+12025550140', text: 'Hello', payload: '' },
			{ person: '+12025550140', channel: null, text: 'Hello', keyword: '' },
			'Everything else',
		],
		[{ humanId: 540, message: { payload: 'BOOK' } }, { text: 'BOOK' }, 'Everything else'],
		[
			{ humanId: 540, message: { media: 'https://example.com/a.png' } },
			{ text: 'https://example.com/a.png' },
			'Everything else',
		],
		[{ humanId: 540, message: {} }, { text: '(no text)' }, 'Everything else'],
		[{ humanId: 540, message: { text: '“Stop!”' } }, { keyword: 'STOP' }, 'STOP'],
		[{ humanId: 540, message: { text: 'No more of this', payload: 'STOP' } }, { keyword: 'STOP' }, 'STOP'],
		[{ humanId: 540, message: { text: 'Revoke', payload: 'A_7' } }, { keyword: 'STOP' }, 'STOP'],
		[{ humanId: 540, message: { text: 'help' } }, { keyword: 'HELP' }, 'HELP'],
		[{ humanId: 540, message: { text: 'Unstop' } }, { keyword: 'START' }, 'START'],
		[{ message: { text: 'Who am I?' } }, { person: null }, 'none'],
	])('the record %j becomes the message %j, which takes the output %s', (record, known, way) => {
		const message = messageOf(record);
		expect(message).toMatchObject(known);
		expect(wayOf(FILE, 'Route by keyword', message)).toBe(way);
	});

	test('only "Everything else" reaches the assistant', () => {
		expect(reachedFrom('Everything else')).toContain('Assistant');
		for (const keyword of ['STOP', 'START', 'HELP']) expect(reachedFrom(keyword)).not.toContain('Assistant');
	});
});

describe('FAQ bot from a spreadsheet', () => {
	const FILE = 'faq-bot-from-a-spreadsheet.json';
	const fixture = useFixture();
	const [, { nodes }] = examples.find(([name]) => name === FILE)!;
	const parametersOf = (name: string) => nodes.find((node) => node.name === name)!.parameters;

	/** Runs the node that makes the revision, as in the workflow except for the bot, which another node has read. */
	const revise = async (rows: IDataObject[]) =>
		await fixture.engine.run({ parameters: { ...parametersOf('New revision'), botId: '451' }, items: rows });
	const sent = () => fixture.sandbox.requests().map(({ method, body }) => ({ [method]: body }));

	/** Whether the rows count as changed compared with the bot in nativeMsg. */
	async function isChanged(rows: IDataObject[]): Promise<boolean> {
		const { success } = await fixture.engine.run({
			parameters: { ...parametersOf('Your bot') },
		});
		const [{ json: bot }] = success;
		const name = 'Changed?';
		const nodeType = { description: { properties: [] } } as unknown as INodeType;
		const workflow = new Workflow({
			nodes: structuredClone(nodes.filter((node) => ['Your bot', 'Changed?'].includes(node.name))),
			connections: { 'Your bot': { main: [[{ node: name, type: 'main', index: 0 }]] } },
			active: false,
			nodeTypes: { getByNameAndVersion: () => nodeType } as unknown as INodeTypes,
		});
		const ran = {
			startTime: 0,
			executionIndex: 0,
			executionTime: 0,
			source: [],
			data: { main: [[{ json: bot }]] },
		};
		const runData = createRunExecutionData({ resultData: { runData: { 'Your bot': [ran] } } });
		const input = rows.map((json) => ({ json }));
		const { conditions } = parametersOf(name) as { conditions: NodeParameterValueType };
		return executeFilter(
			workflow.expression.getParameterValue(
				conditions,
				runData,
				0,
				0,
				name,
				input,
				'manual',
				{},
			) as FilterValue,
		);
	}

	const hours = { question: 'Hours', keywords: 'hours,open', answer: 'From 9 to 5' };
	const price = { question: 'Price', keywords: 'price', answer: '$ 20' };
	const made = (name: string, intents: string[], text: string) => ({
		name,
		intents,
		actions: [{ send: { message: { text } } }],
	});

	test('all rows and a fallback that lists them become one revision', async () => {
		const { error, success } = await revise([hours, price]);
		expect(error).toBeUndefined();
		expect(success).toHaveLength(2);
		expect(sent()).toEqual([
			{
				PUT: {
					interactions: [
						made('Hours', ['hours', 'open'], 'From 9 to 5'),
						made('Fallback', ['nm:start', 'nm:help'], 'You can ask me about: Hours, Price'),
						made('Price', ['price'], '$ 20'),
					],
				},
			},
		]);
	});

	test('rows are changed until the bot has them, and again when one is changed, added or deleted', async () => {
		expect(await isChanged([hours, price])).toBe(true);
		await revise([hours, price]);
		expect(await isChanged([hours, price])).toBe(false);
		expect(await isChanged([hours, price, price])).toBe(false);
		expect(await isChanged([hours, { ...price, answer: '$ 25' }])).toBe(true);
		expect(await isChanged([hours, { ...price, keywords: 'price, cost' }])).toBe(true);
		expect(await isChanged([{ ...hours, question: 'Open' }, price])).toBe(true);
		expect(await isChanged([hours])).toBe(true);
		expect(await isChanged([hours, price, { question: 'Place', keywords: null, answer: 'Here' }])).toBe(true);
	});

	test('a row without an answer is named, and the bot stays as it is', async () => {
		const { error } = await revise([hours, { ...price, answer: null }]);
		expect(error?.message).toBe(
			'Interaction 1, Action 1, Text or Media URL is required, but nothing was given [item 1]',
		);
		expect(sent()).toEqual([]);
	});
});
