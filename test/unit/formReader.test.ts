import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { createFormReader } from '../../nodes/operations/form/formReader';

/** Reads the parameters of a node with these input items. n8n's own reading is counted, and returns what it was asked for. */
function readerOf(
	parameters: INodeParameters,
	items: object[] = [{}],
	{ isTool = false, before = 'Ada' } = {},
) {
	const reads: string[] = [];
	const lookUps: string[] = [];
	const context = {
		getNode: () => ({ parameters }),
		getInputData: () => items.map((json) => ({ json })),
		getTimezone: () => 'Europe/Rome',
		getWorkflowDataProxy: (first: number) => ({
			$json: isTool ? {} : items[first],
			$: (nodeName: string) => ({
				itemMatching(itemIndex: number) {
					lookUps.push(`${nodeName} ${itemIndex}`);
					if (nodeName === 'Lost') throw new Error('No paired item');
					return { json: { name: `${before} ${itemIndex}` } };
				},
			}),
		}),
		getNodeParameter(name: string, itemIndex: number, fallback: unknown, options: object) {
			expect([fallback, options]).toEqual([null, { skipValidation: true }]);
			reads.push(`${name} ${itemIndex}`);
			const value = parameters[name];
			return value === undefined ? null : `n8n: ${JSON.stringify(value)}`;
		},
	};
	return { reader: createFormReader(context as unknown as IExecuteFunctions), reads, lookUps };
}

const NAME = '={{ $json.name }}';
const LENGTH = '={{ $json.name.length * 2 }}';

test('the time zone is that of the workflow', () => expect(readerOf({}).reader.timezone).toBe('Europe/Rome'));

test.each<[value: INodeParameters[string], read: unknown]>([
	['Hi', 'Hi'],
	[5, 5],
	[NAME, 'Ann'],
	[
		{ a: NAME, b: [NAME, 'x'], c: null as never },
		{ a: 'Ann', b: ['Ann', 'x'], c: null },
	],
	[{ __rl: true, mode: 'list', value: NAME }, 'Ann'],
	[{ __rl: true, mode: 'id', value: '7' }, '7'],
	['={{ $json.missing }}', undefined],
	['={{ $json.empty }}', undefined],
])('n8n is not asked for %j', (value, read) => {
	const { reader, reads } = readerOf({ value }, [{ name: 'Ann', empty: null }]);
	expect(reader.get('value', 0)).toEqual(read);
	expect(reads).toEqual([]);
});

test.each<[value: INodeParameters[string]]>([
	[LENGTH],
	[{ a: 'x', b: { c: [LENGTH] } }],
	[{ __rl: true, mode: 'id', value: LENGTH }],
	["={{ $('Lost').item.json.name }}"],
])('n8n evaluates %j', (value) => {
	const { reader, reads } = readerOf({ value }, [{ name: 'Ann' }]);
	expect(reader.get('value', 0)).toBe(`n8n: ${JSON.stringify(value)}`);
	expect(reads).toEqual(['value 0']);
});

test('a field that was never filled in has no value', () => {
	const { reader } = readerOf({});
	expect(reader.get('value', 0)).toBeUndefined();
});

test('only fields with expressions are read again for each item, and each of them once', () => {
	const { reader, reads } = readerOf({ length: LENGTH, name: NAME, text: 'Hi' }, [
		{ name: 'Ann' },
		{ name: 'Bob' },
	]);
	for (const itemIndex of [0, 0, 1, 1, 0]) {
		reader.get('length', itemIndex);
		reader.get('absent', itemIndex);
		expect(reader.get('text', itemIndex)).toBe('Hi');
		expect(reader.get('name', itemIndex)).toBe(['Ann', 'Bob'][itemIndex]);
	}
	expect(reads).toEqual(['length 0', 'length 1', 'length 0']);
});

test('n8n finds the paired item of another node once for each item', () => {
	const value = "={{ $('Before').item.json.name }}";
	const { reader, lookUps } = readerOf({ a: value, b: value }, [{}, {}]);
	expect([0, 1].map((itemIndex) => [reader.get('a', itemIndex), reader.get('b', itemIndex)])).toEqual([
		['Ada 0', 'Ada 0'],
		['Ada 1', 'Ada 1'],
	]);
	expect(lookUps).toEqual(['Before 0', 'Before 1']);
});

test("in a tool, n8n evaluates what refers to the item, because the tool's input is what the agent said", () => {
	const { reader, reads } = readerOf({ name: NAME, text: "={{ 'Hi' }}" }, [{ name: 'Ann' }], {
		isTool: true,
	});
	expect(reader.get('name', 0)).toBe(`n8n: "${NAME}"`);
	expect(reader.get('text', 0)).toBe('Hi');
	expect(reads).toEqual(['name 0']);
});
