import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { inSequence, type OperationCase } from '../../support/cases';
import { runNode, useFixture } from '../../support/fixture';
import { NodeForm } from '../../support/nodeForm';
import { nodes, type NodeUnderTest } from '../../support/nodes';

const fixture = useFixture();

const formOf = ({ name }: NodeUnderTest) => new NodeForm(name, fixture.engine.description(name));

/** A value as n8n stores it in a field; a resource locator has it in the mode in which it is entered. */
const entered = ({ type, modes }: INodeProperties, value: unknown) =>
	(type === 'resourceLocator' ? { __rl: true, mode: modes!.at(-1)!.name, value } : value) as INodeParameters;

const named = (cases: OperationCase[]) =>
	cases.map((one) => [`${one.parameters.resource}/${one.parameters.operation}: ${one.title}`, one] as const);

describe.each(nodes)('a required field of $name that is emptied', (node) => {
	test.each(named(node.cases))('has an issue before the run if the run needs it: %s', async (_name, one) => {
		const form = formOf(node);
		const stored = form.stored(inSequence(one.parameters));
		const run = async (parameters: INodeParameters) => {
			const { error } = await runNode(fixture, one.format, { parameters, items: [one.items[0].json] });
			return error?.message ?? '';
		};
		for (const field of form.visible(stored)) {
			const { name, type, displayName, required } = field;
			const issues = form.issues({ ...stored, [name]: entered(field, '') });
			// n8n lets expressions pass: that they yield nothing shows only in the run.
			const emptied = { ...stored, [name]: entered(field, "={{ '' }}") };
			expect(form.issues(emptied)).not.toHaveProperty(name);

			if (type === 'string' || type === 'resourceLocator') {
				const isNeeded =
					(await run(emptied)) === `${displayName} is required, but nothing was given [item 0]`;
				expect([name, Object.keys(issues)]).toEqual([name, isNeeded ? [name] : []]);
				if (isNeeded) expect(issues[name]).toContain(`Parameter "${displayName}" is required.`);
			} else if (type === 'json' && required) {
				// n8n does not look at JSON before the run.
				expect(issues).toEqual({});
				expect(await run(emptied)).toMatch(/ (is required|needs at least one value), but nothing was given/);
			} else {
				expect(issues).toEqual({});
			}
		}
	});
});

describe('a field that offers a list', () => {
	const [node] = nodes;
	const fromList = (value: unknown, cachedResultName: string) =>
		({ __rl: true, mode: 'list', value, cachedResultName }) as INodeParameters;
	const plainest = [
		...new Map(
			named(node.cases).map((entry) => [entry[1].parameters.operation + entry[1].parameters.resource, entry]),
		).values(),
	];

	test.each(plainest)(
		'accepts an ID, no matter how it is entered: %s',
		async (_name, { parameters, items }) => {
			const form = formOf(node);
			const stored = form.stored(inSequence(parameters));
			const numbers = form
				.visible(stored)
				.filter(({ modes = [] }) => modes.some(({ validation }) => validation !== undefined));
			for (const field of numbers) {
				const text = /^(The ID of a \w+|A revision) is a number, such as \d+$/;
				for (const value of ['abc', '45 1', '1.5', '-1']) {
					const wrong = { ...stored, [field.name]: entered(field, value) };
					const issues = form.issues(wrong);
					expect(Object.keys(issues)).toEqual([field.name]);
					expect([...new Set(issues[field.name])]).toEqual([expect.stringMatching(text)]);
					const byExpression = { ...stored, [field.name]: entered(field, `={{ ${JSON.stringify(value)} }}`) };
					expect(form.issues(byExpression)).toEqual({});
					const { error } = await fixture.engine.run({ parameters: byExpression, items: [items[0].json] });
					expect(error?.message).toMatch(
						new RegExp(`^${field.displayName} must be a|${field.displayName} must be at`),
					);
				}
				for (const value of ['451', '={{ $json.id }}']) {
					expect(form.issues({ ...stored, [field.name]: entered(field, value) })).toEqual({});
					expect(form.issues({ ...stored, [field.name]: { __rl: true, mode: 'list', value } })).toEqual({});
				}
			}
		},
	);

	test.each<[string, INodeParameters, request: string, body: object | null]>([
		[
			'of the recipients',
			{
				resource: 'message',
				operation: 'send',
				text: 'Hello',
				phones: '12015550101',
				channelId: fromList(601, 'Store Number (Long Code SMS/MMS)'),
				additionalFields: {
					targets: {
						target: [{ targetType: 'phones', phones: '12015550102', channelId: fromList('602', '') }],
					},
				},
			},
			'POST /v1/messages',
			{
				text: 'Hello',
				targets: [
					{ targetType: 'phones', phones: ['+12015550101'], channelId: 601 },
					{ targetType: 'phones', phones: ['+12015550102'], channelId: 602 },
				],
			},
		],
		[
			'among the fields to update',
			{
				resource: 'channel',
				operation: 'update',
				channelId: fromList(601, 'Store Number (Long Code SMS/MMS)'),
				updateFields: { botId: fromList(452, 'Order Bot'), channelType: fromList('rcs', 'RCS') },
			},
			'PUT /v1/channels/601',
			{ botId: 452, channelType: 'rcs' },
		],
		[
			'of a filter',
			{ resource: 'channel', operation: 'getMany', filters: { botId: fromList(452, 'Order Bot') } },
			'GET /v1/channels?bot_id=452',
			null,
		],
	])('is sent as its ID alone, also the one %s', async (_where, parameters, request, body) => {
		expect(formOf(node).issues(formOf(node).stored(parameters))).toEqual({});
		const { error } = await fixture.engine.run({ parameters });
		expect(error).toBeUndefined();
		const sent = fixture.sandbox.requests();
		expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([request]);
		expect(sent[0].body).toEqual(body);
	});
});
