import fc from 'fast-check';
import type { IDataObject, INodeTypes } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { plainReference } from '../../nodes/operations/form/plainReference';

const workflow = new Workflow({
	nodes: [{ id: '1', name: 'NativeMsg', type: 'test', typeVersion: 1, position: [0, 0], parameters: {} }],
	connections: {},
	active: false,
	nodeTypes: { getByNameAndVersion: () => undefined } as unknown as INodeTypes,
});

/** What n8n makes of an expression; a thrown error as itself. */
function evaluated(expression: string, json: IDataObject): unknown {
	try {
		return workflow.expression.getParameterValue(
			expression,
			null,
			0,
			0,
			'NativeMsg',
			[{ json }],
			'manual',
			{},
		);
	} catch (error) {
		return error;
	}
}

const DATA = {
	phone: '+12015550123',
	'First name': 'Ada',
	age: 36,
	vip: false,
	address: { city: 'Newark' },
	tags: ['a'],
	prototype: 'a',
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
])('the expression %s is read without n8n', (expression, value) => {
	expect(plainReference(expression, DATA)).toBe(value);
	expect(evaluated(expression, DATA)).toBe(value);
});

test.each([
	'{{ $json.phone }}',
	'=+{{ $json.phone }}',
	'={{ $json.phone }} ',
	'= {{ $json.phone }}',
	'={{ $json.phone }}{{ $json.age }}',
	'={{ $json.phone.trim() }}',
	'={{ $json.phone.length }}',
	'={{ $json.tags }}',
	'={{ $json.tags[0] }}',
	'={{ $json.tags.length }}',
	'={{ $json.address }}',
	'={{ $json.unknown }}',
	'={{ $json.constructor }}',
	'={{ $json.__proto__.phone }}',
	'={{ $json.toString }}',
	'={{ $json["a\\"b"] }}',
	'={{ $json.age + 1 }}',
	'={{ $item.phone }}',
	'={{ $json }}',
	'x={{ $json.phone }}',
	'={{ $json.prototype }}',
])('the expression %s is left to n8n', (expression) =>
	expect(plainReference(expression, DATA)).toBeUndefined(),
);

test('an expression read without n8n has the value that n8n gives it', () => {
	const name = fc.oneof(
		{ weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
		{
			weight: 5,
			arbitrary: fc.constantFrom(
				'phone',
				'a',
				'constructor',
				'__proto__',
				'length',
				'toString',
				'First name',
				'$x',
				'1',
				'isEmpty',
			),
		},
	);
	const step = fc.oneof(
		name.map((text) => `.${text}`),
		name.map((text) => `["${text}"]`),
		name.map((text) => `['${text}']`),
	);
	const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string(), fc.double(), fc.boolean());
	let compared = 0;
	fc.assert(
		fc.property(
			fc.array(step, { minLength: 1, maxLength: 3 }),
			fc.dictionary(name, fc.oneof(value, fc.dictionary(name, value))),
			(steps, json) => {
				const expression = `={{ $json${steps.join('')} }}`;
				const read = plainReference(expression, json as IDataObject);
				if (read === undefined) return;
				compared++;
				expect(read).toBe(evaluated(expression, json as IDataObject));
			},
		),
		{ numRuns: 10_000, seed: 5 },
	);
	expect(compared).toBeGreaterThan(300);
});
