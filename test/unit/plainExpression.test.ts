import fc from 'fast-check';
import type { IDataObject, INodeExecutionData, INodeTypes, IRunExecutionData, ITaskData } from 'n8n-workflow';
import { Expression, Workflow, WorkflowDataProxy } from 'n8n-workflow';
import { LEFT, plainExpression } from '../../nodes/operations/form/plainExpression';

/** So many templates are compared with n8n's engine: the same ones each time, or others with `TEMPLATES=10000`. */
const { TEMPLATES } = process.env;
const numRuns = Number(TEMPLATES ?? 1_500);
/** "legacy", or with Node 24 also "vm", n8n's default. */
const ENGINE = process.env.N8N_EXPRESSION_ENGINE ?? 'legacy';

const node = (name: string) => ({
	...{ id: name, name, type: 'test', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} },
});
const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
const workflow = new Workflow({
	nodes: ['Rows', "Mid's", 'NativeMsg'].map(node),
	connections: { Rows: to("Mid's"), "Mid's": to('NativeMsg') },
	active: false,
	nodeTypes: { getByNameAndVersion: () => ({ description: { properties: [] } }) } as unknown as INodeTypes,
});

/** What a node gave out in an execution. */
const ran = (items: INodeExecutionData[], previousNode?: string): ITaskData[] => [
	{
		...{ startTime: 0, executionTime: 0, executionIndex: 0, executionStatus: 'success' },
		source: previousNode ? [{ previousNode }] : [],
		data: { main: [items] },
	},
];

/** Two items, of which the second is looked at: `json`, which comes from `source` of the node Rows. */
function itemsOf(json: IDataObject, source: IDataObject) {
	const rows = [{ json: source }, { json: {} }].map((item, index) => ({
		...item,
		pairedItem: { item: index },
	}));
	const input = [{}, json].map((one, index) => ({ json: one, pairedItem: { item: 1 - index } }));
	const runData = { Rows: ran(rows), "Mid's": ran(input, 'Rows') };
	const items = [{}, json].map((one, index) => ({ json: one, pairedItem: { item: index } }));
	const execution = { resultData: { runData } } as unknown as IRunExecutionData;
	const executeData = {
		data: { main: [items] },
		node: workflow.getNode('NativeMsg')!,
		source: { main: [{ previousNode: "Mid's", previousNodeOutput: 0, previousNodeRun: 0 }] },
	};
	return { items, execution, executeData };
}

/** What n8n makes of an expression; a thrown error as itself. */
function evaluated(expression: string, json: IDataObject, source: IDataObject = {}): unknown {
	const { items, execution, executeData } = itemsOf(json, source);
	try {
		return workflow.expression.getParameterValue(
			...([expression, execution, 0, 1, 'NativeMsg', items, 'manual', {}, executeData] as const),
		);
	} catch (error) {
		return error;
	}
}

/** What is read without n8n's engine; an error as "left to n8n". */
function read(expression: string, json: IDataObject, source: IDataObject = {}): unknown {
	const { items, execution, executeData } = itemsOf(json, source);
	const proxy = new WorkflowDataProxy(
		...([workflow, execution, 0, 0, 'NativeMsg', items, {}, 'manual', {}, executeData] as const),
	).getDataProxy();
	const jsonOf = (name: string) => (proxy.$(name).itemMatching(1) as { json: IDataObject }).json;
	try {
		return plainExpression(expression, { json, jsonOf });
	} catch {
		return LEFT;
	}
}

beforeAll(async () => {
	if (ENGINE !== 'vm') return;
	await Expression.initExpressionEngine({
		...{ engine: 'vm', poolSize: 1, maxCodeCacheSize: 1_024, bridgeTimeout: 5_000, bridgeMemoryLimit: 128 },
	});
	await workflow.expression.acquireIsolate();
});

afterAll(async () => {
	if (ENGINE !== 'vm') return;
	await workflow.expression.releaseIsolate();
	await Expression.disposeExpressionEngine();
});

const DATA = {
	phone: '+12015550123',
	'First name': 'Ada',
	padded: ' Ada ',
	blank: ' ',
	empty: '',
	age: 36,
	zero: 0,
	vip: false,
	nothing: null,
	address: { city: 'Newark' },
	tags: ['a'],
	prototype: 'a',
	binding: 'leather',
	since: new Date(0),
};

test.each([
	['={{ $json.phone }}', '+12015550123'],
	['={{$json.phone}}', '+12015550123'],
	['={{ $json["First name"] }}', 'Ada'],
	["={{ $json['First name'] }}", 'Ada'],
	['={{ $json.address.city }}', 'Newark'],
	['={{ $json["address"].city }}', 'Newark'],
	['={{ $json.age }}', 36],
	['={{ $json.vip }}', false],
	['={{ $json.nothing }}', null],
	['={{ $json.unknown }}', undefined],
	['={{ $json.unknown.city }}', undefined],
	['={{ $json.phone }} ', '+12015550123 '],
	['= {{ $json.phone }}', ' +12015550123'],
	['=+{{ $json.phone }}', '++12015550123'],
	['={{ $json.age }}{{ $json.zero }}', '360'],
	['=Hi {{ $json.nothing }}{{ $json.unknown }}{{ $json.vip }}{{ $json.empty }}!', 'Hi false!'],
	['=}} {{ $json.age }} } {', '}} 36 } {'],
	['=no code', 'no code'],
	['=', ''],
	['={{ $json.padded.trim() }}', 'Ada'],
	["={{ $json.blank.trim() || 'there' }}", 'there'],
	['={{ $json.nothing ?? "there" }}', 'there'],
	["={{ $json.nothing?.trim() || 'there' }}", 'there'],
	["=Hi {{ $json.nothing.trim() || 'there' }}", 'Hi '],
	['={{ $json.zero ?? $json.age }}', 0],
	["={{ 'there' }}", 'there'],
	["={{ $('Rows').item.json.phone }}", '1'],
	['={{ $("Rows").item.json.name.toUpperCase() || \'there\' }}', 'EVE'],
	['=Hi {{ $("Mid\'s").item.json.phone }}{{ $json.age }}', 'Hi +1201555012336'],
])('the expression %s is read without n8n, with the same value', (expression, value) => {
	const source = { phone: '1', name: 'Eve' };
	expect(read(expression, DATA, source)).toBe(value);
	expect(evaluated(expression, DATA, source)).toBe(value);
});

test.each([
	'={{ $json.phone.length }}',
	'={{ $json.phone.slice(1) }}',
	'={{ $json.age.trim() }}',
	'={{ $json.tags }}',
	'={{ $json.tags[0] }}',
	'={{ $json.tags.length }}',
	'={{ $json.address }}',
	"={{ $json.address || 'there' }}",
	'={{ $json.since }}',
	'={{ $json.constructor }}',
	'={{ $json.__proto__.phone }}',
	'={{ $json.toString }}',
	'={{ $json.toString() }}',
	'={{ $json["a\\"b"] }}',
	'={{ $json["a\nb"] }}',
	'=\\{{ $json.phone }}',
	'={{ $json.age + 1 }}',
	"={{ $json.empty || $json.nothing ?? 'there' }}",
	'={{ $item.phone }}',
	'={{ $json }}',
	'={{ $json.prototype }}',
	'={{ $json.binding }}',
	'=Ask for .constructor {{ $json.phone }}',
	'={{ $json.phone',
	'={{ }}',
	'={{ $json.phone || }}',
	"={{ 'a' 'b' }}",
	"={{ $('Nobody').item.json.phone }}",
	"={{ $('Rows').first().json.phone }}",
	"={{ $('Rows').item }}",
	'={{ $now }}',
	'=valueOf',
])('the expression %s is left to n8n', (expression) => expect(read(expression, DATA)).toBe(LEFT));

test('an expression read without n8n has the value that n8n gives it', () => {
	const oddNames = [
		'constructor',
		'__proto__',
		'length',
		'toString',
		'$x',
		'1',
		'isEmpty',
		'caller',
		'_load',
	];
	const name = fc.oneof(
		{ weight: 8, arbitrary: fc.constantFrom('phone', 'a', 'b', 'First name') },
		{ weight: 1, arbitrary: fc.constantFrom(...oddNames) },
		{ weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
	);
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 8 }),
		fc.constantFrom(
			'Hi ',
			' }} ',
			'}',
			'{ {',
			'"',
			"'",
			'\n',
			'',
			' .first( ',
			'. constructor',
			'\\',
			'$json.a',
		),
	);
	const link = fc.oneof(
		{ weight: 6, arbitrary: name.map((one) => `.${one}`) },
		{ weight: 2, arbitrary: name.map((one) => `["${one}"]`) },
		{ weight: 2, arbitrary: name.map((one) => `['${one}']`) },
		{ weight: 1, arbitrary: name.map((one) => `?.${one}`) },
		{
			weight: 2,
			arbitrary: fc.constantFrom(
				'.trim()',
				'?.trim()',
				'.toUpperCase()',
				'.toLowerCase()',
				'.length',
				'.isEmpty()',
			),
		},
	);
	const root = fc.constantFrom(
		'$json',
		'$json',
		"$('Rows').item.json",
		'$("Mid\'s").item.json',
		"$('Nobody').item.json",
	);
	const reference = fc
		.tuple(root, fc.array(link, { minLength: 1, maxLength: 3 }))
		.map(([one, links]) => one + links.join(''));
	const literal = fc.oneof(
		text.map((one) => `"${one}"`),
		text.map((one) => `'${one}'`),
	);
	const operand = fc.oneof({ weight: 3, arbitrary: reference }, { weight: 1, arbitrary: literal });
	const rest = fc
		.tuple(fc.constantFrom(' || ', '||', ' ?? ', ' + ', ' '), operand)
		.map((both) => both.join(''));
	const space = fc.constantFrom(' ', '', '\n', '\u00a0');
	const code = fc
		.tuple(
			space,
			operand,
			fc.oneof({ weight: 3, arbitrary: fc.constant('') }, rest),
			fc.oneof(fc.constant(''), rest),
			space,
		)
		.map((parts) => `{{${parts.join('')}}}`);
	const alone = code.map((one) => `=${one}`);
	const among = fc.array(fc.oneof(text, code), { maxLength: 4 }).map((parts) => `=${parts.join('')}`);
	const template = fc.oneof(alone, among);

	const scalar = fc.oneof(
		text,
		fc.double(),
		fc.integer(),
		fc.boolean(),
		fc.constantFrom(null, undefined, '', ' Ada '),
	);
	const value = fc.oneof(
		{ weight: 6, arbitrary: scalar },
		{ weight: 1, arbitrary: fc.date({ noInvalidDate: true }) },
		{ weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) },
	);
	const json = fc.dictionary(name, fc.oneof(value, fc.dictionary(name, value)));

	let compared = 0;
	fc.assert(
		fc.property(template, json, json, (expression, own, source) => {
			const plain = read(expression, own as IDataObject, source as IDataObject);
			if (plain === LEFT) return;
			compared++;
			expect(plain).toBe(evaluated(expression, own as IDataObject, source as IDataObject));
		}),
		{ numRuns, ...(TEMPLATES === undefined && { seed: 5 }) },
	);
	expect(compared).toBeGreaterThan(numRuns / 4);
}, 300_000);
