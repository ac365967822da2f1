import type { INodeProperties } from 'n8n-workflow';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import type { FormReader } from '../../nodes/operations/form/formReader';
import { readRunOptions, runOptionFields } from '../../nodes/operations/runOptions';

const combining = (byDefault: boolean, isImpossible?: () => boolean) =>
	({
		endpoint: 'POST /messages',
		fields: [],
		combine: { byDefault, isImpossible },
	}) as unknown as AnyOperation;
const separate = { endpoint: 'GET /bots/{bot_id}', fields: [] as INodeProperties[] } as AnyOperation;

/** Reads options of the first item; the others do not count. */
function read(options: unknown, operation = combining(true)) {
	const reader = {
		get: (name: string, item: number) => {
			if (name !== 'options') return undefined;
			return item === 0 ? options : { concurrency: 7 };
		},
	} as unknown as FormReader;
	return readRunOptions(reader, operation);
}

test.each([undefined, null, {}])('the options %j mean the defaults', (options) => {
	const broadcast = { summary: false };
	expect(read(options)).toEqual({ entered: {}, broadcast, concurrency: 20, recipientsPerCall: 500 });
});

test('the entered options count, as numbers or as text', () => {
	const options = { concurrency: 3, recipientsPerCall: '20', other: true };
	const broadcast = { summary: false };
	expect(read(options)).toEqual({ entered: options, broadcast, concurrency: 3, recipientsPerCall: 20 });
});

test.each<[boolean, object, boolean]>([
	[true, {}, true],
	[true, { combineItems: false }, false],
	[false, {}, false],
	[false, { combineItems: true }, true],
	[true, { combineItems: 'false' }, false],
	[true, { combineItems: ' NO ' }, false],
	[false, { combineItems: 1 }, true],
])('items are combined, by default %p, with the options %j: %p', (byDefault, options, combines) => {
	expect(read(options, combining(byDefault)).recipientsPerCall).toBe(combines ? 500 : undefined);
});

test('items that cannot be combined are not combined', () => {
	expect(
		read(
			{},
			combining(true, () => true),
		).recipientsPerCall,
	).toBeUndefined();
	expect(read({ combineItems: true }, separate).recipientsPerCall).toBeUndefined();
});

test.each([
	[{ concurrency: 0 }, 'Concurrency'],
	[{ concurrency: 51 }, 'Concurrency'],
	[{ recipientsPerCall: 0 }, 'Recipients per Request'],
	[{ recipientsPerCall: 10_001 }, 'Recipients per Request'],
	[{ combineItems: 'perhaps' }, 'Combine Items'],
])('the options %j are refused by the name of the field', (options, label) => {
	expect(() => read(options)).toThrow(label);
});

test.each([
	{ concurrency: 1, recipientsPerCall: 1 },
	{ concurrency: 50, recipientsPerCall: 10_000 },
])('the options %j are in range', (options) => expect(read(options)).toMatchObject(options));

test('the form offers the options of the operation, with the same defaults and limits', () => {
	const shown = (operation: AnyOperation) =>
		runOptionFields(operation).map(({ name, type, default: value, typeOptions = {} }) => [
			name,
			type,
			value,
			typeOptions.minValue,
			typeOptions.maxValue,
		]);
	expect(shown(separate)).toEqual([['concurrency', 'number', 20, 1, 50]]);
	expect(shown({ ...separate, endpoint: 'GET /bots' })).toEqual([]);
	expect(shown(combining(false))).toEqual([
		['combineItems', 'boolean', false, undefined, undefined],
		['concurrency', 'number', 20, 1, 50],
		['recipientsPerCall', 'number', 500, 1, 10_000],
	]);
});

test('each option describes what it does', () => {
	expect(
		runOptionFields(combining(true)).map(({ displayName, description }) => [displayName, description]),
	).toEqual([
		['Combine Items', expect.stringMatching(/^Whether to send items .* in one request/)],
		['Concurrency', expect.stringMatching(/^Maximum number of parallel requests, up to 50/)],
		['Recipients per Request', expect.stringMatching(/^Maximum recipients/)],
	]);
});
