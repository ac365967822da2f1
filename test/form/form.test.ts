import fc from 'fast-check';
import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { catalogue as realCatalogue } from '../../nodes/NativeMsg/catalogue';
import type { AnyOperation, Catalogue } from '../../nodes/operations/defineOperation';
import { cases } from '../engine/cases';
import { Engine } from '../support/engine';

const catalogue: Catalogue = realCatalogue;
const operations = Object.entries(catalogue).flatMap(([resource, all]) =>
	Object.entries(all).map(([key, operation]) => ({ resource, key, operation })),
);
const each = operations.map(
	({ resource, key, operation }) =>
		[`${resource}/${key}`, { resource, operation: key }, operation] as [
			string,
			INodeParameters,
			AnyOperation,
		],
);

let description: INodeTypeDescription;

beforeAll(async () => {
	description = (await Engine.start({})).description();
});

const nodeWith = (parameters: INodeParameters): INode => ({
	id: '1',
	name: 'NativeMsg',
	type: 'n8n-nodes-nativemsg.nativeMsg',
	typeVersion: 1,
	position: [0, 0],
	parameters,
});

/** The form as the editor shows and stores it: defaults filled in, hidden fields left out. */
function formOf(parameters: INodeParameters): INodeParameters {
	const node = nodeWith(parameters);
	return NodeHelpers.getNodeParameters(description.properties, parameters, true, false, node, description)!;
}

/** Messages by field name. */
function issuesOf(parameters: INodeParameters): Record<string, string[]> {
	const node = nodeWith(parameters);
	return NodeHelpers.getNodeParametersIssues(description.properties, node, description)?.parameters ?? {};
}

function visibleProperties(parameters: INodeParameters): INodeProperties[] {
	return description.properties.filter((property) =>
		NodeHelpers.displayParameterPath(parameters, property, '', nodeWith(parameters), description),
	);
}

/** Whether a field of an operation is shown while the others have the given values, or their defaults. */
function isShown(
	{ displayOptions }: INodeProperties,
	fields: INodeProperties[],
	values: INodeParameters = {},
) {
	return Object.entries(displayOptions?.show ?? {}).every(([name, accepted]) =>
		accepted!.includes((values[name] ?? fields.find((field) => field.name === name)!.default) as string),
	);
}

const namesOf = (fields: INodeProperties[]) => fields.map(({ name }) => name);

/** The fields of a form and of every group inside it, each level by its path. */
function levelsOf(path: string, fields: INodeProperties[]): Array<[path: string, fields: INodeProperties[]]> {
	const inner = fields.flatMap((field) => {
		if (field.type === 'collection') {
			return levelsOf(`${path} ${field.name}`, field.options as INodeProperties[]);
		}
		if (field.type !== 'fixedCollection') return [];
		return (field.options as INodePropertyCollection[]).flatMap(({ name, values }) =>
			levelsOf(`${path} ${field.name}.${name}`, values),
		);
	});
	return [[path, fields], ...inner];
}

const levels = each.flatMap(([name, , { fields }]) => levelsOf(name, fields));

/** n8n looks at required texts only; that JSON is there is checked when the node runs. */
const isChecked = ({ required, type }: INodeProperties) => required === true && type === 'string';

describe('a fresh node', () => {
	it.each(each)('shows exactly the fields of %s', (_name, selected, { fields }) => {
		const shown = fields.filter((field) => isShown(field, fields));
		expect(Object.keys(formOf(selected))).toEqual(['resource', 'operation', ...namesOf(shown)]);
		expect(namesOf(visibleProperties(formOf(selected)))).toEqual([
			'resource',
			'operation',
			...namesOf(shown),
		]);
	});

	it.each(each)('names the required texts that are still empty: %s', (_name, selected, { fields }) => {
		const empty = fields.filter(
			(field) => isChecked(field) && field.default === '' && isShown(field, fields),
		);
		expect(issuesOf(formOf(selected))).toEqual(
			Object.fromEntries(
				empty.map(({ name, displayName }) => [name, [`Parameter "${displayName}" is required.`]]),
			),
		);
	});

	it('has required texts to name in most operations', () => {
		const withIssues = each.filter(([, selected]) => Object.keys(issuesOf(formOf(selected))).length > 0);
		expect(withIssues.length).toBeGreaterThan(25);
	});

	it('starts with an operation of its resource', () => {
		const { resource, operation } = formOf({});
		expect(catalogue[resource as string]).toHaveProperty(operation as string);
		for (const key of Object.keys(catalogue)) {
			expect(catalogue[key]).toHaveProperty(formOf({ resource: key }).operation as string);
		}
	});
});

describe('a filled-in form', () => {
	it.each(cases.map((one) => [`${one.parameters.resource}/${one.parameters.operation}: ${one.title}`, one]))(
		'is kept as it is and has no issues: %s',
		(_name, one) => {
			const { parameters } = one as (typeof cases)[number];
			const form = formOf(parameters);
			expect(form).toMatchObject(parameters);
			expect(issuesOf(form)).toEqual({});
		},
	);

	it('has an issue for each required text that is emptied, whatever shows it', () => {
		const required = each.flatMap(([, selected, { fields }]) =>
			fields.filter(isChecked).map((field) => ({ selected, fields, field })),
		);
		for (const { selected, field } of required) {
			const shownBy = Object.entries(field.displayOptions?.show ?? {}).map(([name, all]) => [name, all![0]]);
			const issues = issuesOf({
				...formOf({ ...selected, ...Object.fromEntries(shownBy) }),
				[field.name]: '',
			});
			expect(issues).toHaveProperty(field.name);
		}
		expect(required.length).toBeGreaterThan(30);
	});
});

describe('whatever is selected', () => {
	/** A property without the conditions under which it is shown. */
	const identity = ({ displayOptions: _conditions, ...property }: INodeProperties) =>
		JSON.stringify(property);

	const allNames = [...new Set(each.flatMap(([, , { fields }]) => namesOf(fields)))];
	const anyValue = fc.oneof(
		fc.string(),
		fc.boolean(),
		fc.integer(),
		fc.constant('={{ $json.choice }}'),
		fc.constantFrom(
			...each.flatMap(([, , { fields }]) =>
				fields.flatMap(({ type, options = [] }) =>
					type === 'options' ? (options as INodePropertyOptions[]).map(({ value }) => value) : [],
				),
			),
		),
	);

	it('only fields of the selected operation are visible, also with what other operations left behind', () => {
		const property = fc.property(
			fc.constantFrom(...each),
			fc.dictionary(fc.constantFrom(...allNames), anyValue),
			([, selected, { fields }], leftovers) => {
				const own = new Set(fields.map(identity));
				const parameters = { ...leftovers, ...selected } as INodeParameters;
				const visible = visibleProperties(parameters).filter(
					({ name }) => name !== 'resource' && name !== 'operation',
				);
				expect(visible.map(identity).filter((one) => !own.has(one))).toEqual([]);
				expect(new Set(namesOf(visible)).size).toBe(visible.length);
			},
		);
		fc.assert(property, { numRuns: 500 });
	});

	it('an operation of another resource shows no fields', () => {
		expect(namesOf(visibleProperties({ resource: 'bot', operation: 'addByPhone' }))).toEqual([
			'resource',
			'operation',
		]);
	});
});

describe('the description', () => {
	it('offers every operation with a description and an action', () => {
		const selectors = description.properties.filter(({ name }) => name === 'operation');
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

	it.each(levels)('gives no two fields one name unless they exclude each other: %s', (_path, fields) => {
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

	it('has no conditions inside collections, where n8n does not follow them reliably', () => {
		const conditional = levels
			.flatMap(([path, fields]) => fields.map((field) => ({ path, field })))
			.filter(({ field }) => field.type === 'collection')
			.flatMap(({ path, field }) =>
				(field.options as INodeProperties[])
					.filter(({ displayOptions }) => displayOptions)
					.map(({ name }) => `${path} ${field.name}.${name}`),
			);
		expect(conditional).toEqual([]);
	});

	it('sorts every list of five or more by what people read', () => {
		const lists = levels.flatMap(([path, fields]) => [
			...fields.map(({ name, type, options }) => ({
				path: `${path} ${name}`,
				labels:
					type === 'options'
						? (options as INodePropertyOptions[]).map((option) => option.name)
						: type === 'collection'
							? (options as INodeProperties[]).map(({ displayName }) => displayName)
							: [],
			})),
			// The first level is the form itself, whose order is that of filling it in.
			...(path.includes(' ') ? [{ path, labels: fields.map(({ displayName }) => displayName) }] : []),
		]);
		const selectors = description.properties
			.filter(({ name }) => name === 'resource' || name === 'operation')
			.map(({ name, options }) => ({
				path: name,
				labels: (options as INodePropertyOptions[]).map((option) => option.name),
			}));
		const long = [...lists, ...selectors].filter(({ labels }) => labels.length >= 5);
		const sorted = (labels: string[]) => [...labels].sort((a, b) => a.localeCompare(b));
		expect(long.length).toBeGreaterThan(10);
		for (const { path, labels } of long) expect({ path, labels }).toEqual({ path, labels: sorted(labels) });
	});
});
