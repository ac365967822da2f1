import fc from 'fast-check';
import type { INodeParameters, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fieldsOf } from '../../../nodes/operations/properties';
import { Engine } from '../../support/engine';
import { isChecked, isEmptyAtFirst, isShown, levelsOf, namesOf, NodeForm } from '../../support/nodeForm';
import { nodes, type NodeUnderTest } from '../../support/nodes';

type OperationOfForm = [name: string, selected: INodeParameters, form: { fields: INodeProperties[] }];

const operationsOf = ({ catalogue }: NodeUnderTest) =>
	Object.entries(catalogue).flatMap(([resource, all]) =>
		Object.entries(all).map(
			([key, operation]): OperationOfForm => [
				`${resource}/${key}`,
				{ resource, operation: key },
				{ fields: fieldsOf(operation) },
			],
		),
	);

const forms = new Map<NodeUnderTest, NodeForm>();

beforeAll(async () => {
	const engine = await Engine.start({});
	for (const node of nodes) forms.set(node, new NodeForm(node.name, engine.description(node.name)));
});

const SELECTORS = ['resource', 'operation'];

describe.each(nodes)('the form of $name', (node) => {
	const { catalogue, cases } = node;
	const each = operationsOf(node);
	const form = () => forms.get(node)!;

	describe('in a new node', () => {
		it.each(each)('shows exactly the fields of %s', (_name, selected, { fields }) => {
			const shown = namesOf(fields.filter((field) => isShown(field, fields)));
			const stored = form().stored(selected);
			expect(Object.keys(stored)).toEqual([...SELECTORS, ...shown]);
			expect(namesOf(form().visible(stored))).toEqual([...SELECTORS, ...shown]);
		});

		it.each(each)('names its empty required texts: %s', (_name, selected, { fields }) => {
			const empty = fields.filter(
				(field) => isChecked(field) && isEmptyAtFirst(field) && isShown(field, fields),
			);
			expect(form().issues(form().stored(selected))).toEqual(
				Object.fromEntries(
					empty.map(({ name, displayName }) => [name, [`Parameter "${displayName}" is required.`]]),
				),
			);
		});

		it('has required text fields in most operations', () => {
			const withIssues = each.filter(
				([, selected]) => Object.keys(form().issues(form().stored(selected))).length > 0,
			);
			expect(withIssues.length).toBeGreaterThan(each.length * 0.75);
		});

		it('starts with an operation of its resource', () => {
			const { resource, operation } = form().stored({});
			expect(catalogue[resource as string]).toHaveProperty(operation as string);
			for (const key of Object.keys(catalogue)) {
				expect(catalogue[key]).toHaveProperty(form().stored({ resource: key }).operation as string);
			}
		});
	});

	describe('when filled in as in a test case', () => {
		const filledIn = cases.map(({ title, parameters }): [string, INodeParameters] => [
			`${parameters.resource}/${parameters.operation}: ${title}`,
			parameters,
		]);

		it.each(filledIn)('stays as it is and has no issues: %s', (_name, parameters) => {
			const stored = form().stored(parameters);
			expect(stored).toMatchObject(parameters);
			expect(form().issues(stored)).toEqual({});
		});

		it('has an issue for each required text field that is emptied, no matter what shows it', () => {
			const required = each.flatMap(([, selected, { fields }]) =>
				fields.filter(isChecked).map((field) => ({ selected, field })),
			);
			for (const { selected, field } of required) {
				const shownBy = Object.entries(field.displayOptions?.show ?? {}).map(([name, all]) => [
					name,
					all![0],
				]);
				const emptied = field.type === 'resourceLocator' ? { __rl: true, mode: 'id', value: '' } : '';
				const issues = form().issues({
					...form().stored({ ...selected, ...Object.fromEntries(shownBy) }),
					[field.name]: emptied,
				});
				expect(issues).toHaveProperty(field.name);
			}
			expect(required.length).toBeGreaterThan(each.length * 0.9);
		});
	});

	describe('with any selection', () => {
		/** A property without the conditions under which it is shown. */
		const identity = ({ displayOptions: _conditions, ...property }: INodeProperties) =>
			JSON.stringify(property);

		const allNames = [...new Set(each.flatMap(([, , { fields }]) => namesOf(fields)))];
		const choices = each.flatMap(([, , { fields }]) =>
			fields.flatMap(({ type, options = [] }) =>
				type === 'options' ? (options as INodePropertyOptions[]).map(({ value }) => value) : [],
			),
		);
		const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');
		/** Whether the editor offers no expression for a field. */
		const isFixed = (name: string) =>
			each.some(([, , { fields }]) => fields.some((field) => field.name === name && field.noDataExpression));
		const anyValue = fc.oneof(
			fc.string(),
			fc.boolean(),
			fc.integer(),
			fc.constant('={{ $json.choice }}'),
			fc.constantFrom(...choices),
		);

		it('shows only fields of the selected operation, even with values left over from other operations', () => {
			const property = fc.property(
				fc.constantFrom(...each),
				fc.dictionary(fc.constantFrom(...allNames), anyValue),
				([, selected, { fields }], entered) => {
					const leftovers = Object.fromEntries(
						Object.entries(entered).filter(([name, value]) => !isExpression(value) || !isFixed(name)),
					);
					const own = new Set(fields.map(identity));
					const parameters = { ...leftovers, ...selected } as INodeParameters;
					const visible = form()
						.visible(parameters)
						.filter(({ name }) => !SELECTORS.includes(name));
					expect(visible.map(identity).filter((one) => !own.has(one))).toEqual([]);
					expect(new Set(namesOf(visible)).size).toBe(visible.length);
				},
			);
			fc.assert(property, { numRuns: 500 });
		});

		it('shows no fields for an operation of another resource', () => {
			const misplaced = Object.keys(catalogue).flatMap((resource) =>
				each
					.map(([, { operation }]) => ({ resource, operation: operation as string }))
					.filter(({ operation }) => !(operation in catalogue[resource])),
			);
			for (const selected of misplaced) expect(namesOf(form().visible(selected))).toEqual(SELECTORS);
			expect(misplaced.length).toBeGreaterThan(5);
		});
	});

	describe('in its description', () => {
		const levels = each.flatMap(([name, , { fields }]) => levelsOf(name, fields));

		it('offers every operation with a description and an action', () => {
			const selectors = form().description.properties.filter(({ name }) => name === 'operation');
			const offered = selectors.flatMap(({ options, displayOptions }) =>
				(options as INodePropertyOptions[]).map((option) => ({
					...option,
					resource: displayOptions!.show!.resource![0],
				})),
			);
			expect(offered.map(({ resource, value }) => `${resource}/${value}`).sort()).toEqual(
				each.map(([name]) => name).sort(),
			);
			for (const { name, description: text, action } of offered) {
				expect([name, text, action]).toEqual([
					expect.stringMatching(/\w/),
					expect.stringMatching(/\w+ \w+/),
					expect.stringMatching(/\w+ \w+/),
				]);
			}
		});

		it.each(levels)('gives two fields one name only if they exclude each other: %s', (_path, fields) => {
			const exclude = (a: INodeProperties, b: INodeProperties) => {
				const [first, second] = [a.displayOptions?.show ?? {}, b.displayOptions?.show ?? {}];
				return Object.keys(first).some(
					(name) => second[name] && !first[name]!.some((value) => second[name]!.includes(value)),
				);
			};
			const clashes = fields.filter((field, index) =>
				fields.slice(0, index).some((other) => other.name === field.name && !exclude(other, field)),
			);
			expect(namesOf(clashes)).toEqual([]);
		});

		it('requires nothing inside collections, where n8n asks for it before it is added', () => {
			const required = levels.flatMap(([path, fields]) =>
				fields
					.filter(({ type }) => type === 'collection')
					.flatMap(({ name, options }) =>
						(options as INodeProperties[])
							.filter((option) => option.required)
							.map((option) => `${path} ${name}.${option.name}`),
					),
			);
			expect(required).toEqual([]);
		});

		it('has only conditions that start at the root of the form inside collections, which n8n follows reliably', () => {
			const conditional = levels
				.flatMap(([path, fields]) => fields.map((field) => ({ path, field })))
				.filter(({ field }) => field.type === 'collection')
				.flatMap(({ path, field }) =>
					(field.options as INodeProperties[])
						.filter(({ displayOptions }) =>
							Object.values(displayOptions ?? {}).some((conditions) =>
								Object.keys(conditions as object).some((name) => !name.startsWith('/')),
							),
						)
						.map(({ name }) => `${path} ${field.name}.${name}`),
				);
			expect(conditional).toEqual([]);
		});
	});
});

it('every list of five or more options is sorted by its labels', () => {
	const optionNames = (options: INodeProperties['options']) =>
		(options as INodePropertyOptions[]).map(({ name }) => name);

	const lists = nodes.flatMap((node) => {
		const levels = operationsOf(node).flatMap(([name, , { fields }]) => levelsOf(name, fields));
		const selectors = forms.get(node)!.description.properties.filter(({ name }) => SELECTORS.includes(name));
		return [
			...selectors.map(({ name, options }) => ({ path: name, labels: optionNames(options) })),
			...levels.flatMap(([path, fields]) => [
				...fields.map(({ name, type, options }) => ({
					path: `${path} ${name}`,
					labels: type === 'options' ? optionNames(options) : [],
				})),
				// The first level is the form itself, whose order is that of filling it in.
				...(path.includes(' ') ? [{ path, labels: fields.map(({ displayName }) => displayName) }] : []),
			]),
		];
	});
	const long = lists.filter(({ labels }) => labels.length >= 5);
	const sorted = (labels: string[]) => [...labels].sort((a, b) => a.localeCompare(b));
	expect(long.length).toBeGreaterThan(10);
	for (const { path, labels } of long) expect({ path, labels }).toEqual({ path, labels: sorted(labels) });
});
