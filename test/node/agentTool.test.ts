import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import type { OperationCase } from '../support/cases';
import { inSequence } from '../support/cases';
import type { NodeName } from '../support/engine';
import { runNode, useFixture } from '../support/fixture';
import { withoutLinks } from '../support/links';
import { nodes } from '../support/nodes';
import { sendMessageCases } from './cases/sendMessage';

const fixture = useFixture({ stepMs: 0 });

const isNumber = (value: unknown) => /^\d+$/.test(String(value)) && !Array.isArray(value);

/** How an agent may hand over numbers. */
const HANDED_OVER: Record<string, (value: unknown) => unknown> = {
	'numbers as numbers': (value) => (isNumber(value) ? Number(value) : value),
	'numbers as text': (value) => (isNumber(value) ? String(value) : value),
};

const typeOf = (value: unknown) => (typeof value === 'object' ? 'json' : typeof value);

/** The fields that offer a list in addition to entering the ID, with the mode for the ID. */
const LOCATORS: Record<string, string> = {
	botId: 'id',
	channelId: 'id',
	channelType: 'name',
	humanId: 'id',
	revision: 'number',
};

/** The form with what its item brings left to the agent instead, as the editor's button for that does it. */
function leftToAgent(parameters: INodeParameters, item: IDataObject, node: NodeName): INodeParameters {
	const mark = '/*n8n-auto-generated-fromAI-override*/';
	const fromAI = (_reference: string, key: string) => `${mark} $fromAI('${key}', '', '${typeOf(item[key])}')`;
	return JSON.parse(JSON.stringify(parameters), (field: string, entered: unknown) => {
		if (typeof entered !== 'string' || !entered.startsWith('=')) return entered;
		const value = entered.replace(/\$json\.(\w+)/g, fromAI);
		const isLocator = node === 'nativeMsg' && field in LOCATORS;
		return isLocator ? { __rl: true, mode: LOCATORS[field], value } : value;
	}) as INodeParameters;
}

const keyOf = ({ parameters }: OperationCase) => `${parameters.resource}/${parameters.operation}`;

describe.each(nodes)('$name as the tool of an AI agent', ({ name, cases, catalogue }) => {
	const plainest = [...new Map([...cases].reverse().map((one) => [keyOf(one), one])).entries()].reverse();
	const calls = plainest.flatMap(([key, one]) =>
		Object.keys(HANDED_OVER).map((how) => [key, how, one] as const),
	);

	test.each(calls)('makes the right request for %s, with %s', async (_key, how, one) => {
		const { sandbox } = fixture;
		const { format, earlier = [], parameters } = one;
		const headers = { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json' };
		for (const { path, body } of earlier) {
			const url = `${format ? sandbox.ottBaseUrl : sandbox.baseUrl}${path}`;
			await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
		}
		const { length } = sandbox.requests();
		const [{ json, request, body = null }] = one.items;
		const lookUps = one.lookUp ? [one.lookUp] : [];
		const values = Object.entries(json).map(([key, value]) => [key, HANDED_OVER[how](value)]);
		const item = Object.fromEntries(values) as IDataObject;
		const { success, error } = await runNode(fixture, format, {
			parameters: leftToAgent(inSequence(parameters), item, name),
			items: [item],
			asTool: true,
		});
		expect(error).toBeUndefined();
		const sent = sandbox.requests().slice(length);
		expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([...lookUps, request]);
		expect(withoutLinks(sent.at(-1)!.body)).toEqual(body);
		expect([200, 201]).toContain(sent.at(-1)!.status);
		expect(String(success[0].json.answer)).toMatch(/^[[{]/);
	});

	const described = Object.entries(catalogue).flatMap(([resource, operations]) =>
		Object.entries(operations).map(
			([operation, { option }]) => [resource, operation, option.action] as const,
		),
	);

	test.each(described)('describes what %s/%s does', (resource, operation, action) => {
		const type = fixture.engine.nodeType(name);
		const node = { parameters: { resource, operation } };
		const description = NodeHelpers.getToolDescriptionForNode(node as never, type);
		expect(description).toBe(`${action} in ${type.description.defaults.name}`);
		const loses = /delete|restore/i.test(operation) || `${resource}/${operation}` === 'bot/update';
		if (loses) expect(description).toMatch(/permanently|replac/);
	});
});

test('a preview tells the agent what would be sent, and sends nothing', async () => {
	const [{ parameters, items }] = sendMessageCases;
	const [{ json }] = items;
	const form = { ...leftToAgent(parameters, json, 'nativeMsg'), operation: 'preview' };
	const { success } = await fixture.engine.run({ parameters: form, items: [json], asTool: true });
	expect(String(success[0].json.answer)).toContain('"text":"Hi Ada"');
	// It only looks up the types of the channels.
	expect(fixture.sandbox.requests().map(({ method }) => method)).toEqual(['GET']);
});
