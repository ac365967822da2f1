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

describe('the settings of a broadcast', () => {
	const operation = {
		...combining(true),
		addressee: String,
		cost: () => undefined,
	} as unknown as AnyOperation;
	/** Reads the settings under Broadcast. */
	function settings(broadcast: object, of = operation) {
		const reader = {
			get: (name: string) => ({ broadcast })[name],
		} as unknown as FormReader;
		return readRunOptions(reader, of);
	}

	test('have defaults', () => {
		expect(settings({})).toMatchObject({
			broadcast: { summary: false },
			claimRules: { claimsUnknown: false, cap: 100_000 },
		});
	});

	test.each<[entered: object, read: object]>([
		[{ summary: 'TRUE' }, { broadcast: { summary: true } }],
		[{ summary: 0 }, { broadcast: { summary: false } }],
		[{ maxRecipients: '500', maxParts: 20 }, { broadcast: { maxRecipients: 500, maxParts: 20 } }],
		[{ sendUnknownAgain: 'yes', keptRecipients: 1_000 }, { claimRules: { claimsUnknown: true, cap: 1_000 } }],
		// A larger request would exceed the pace.
		[{ messagesPerMinute: 60 }, { broadcast: { messagesPerMinute: 60 }, recipientsPerCall: 60 }],
		[{ messagesPerMinute: 6_000 }, { recipientsPerCall: 500 }],
		[
			{ quietHours: { hours: { begin: '21:00', end: '8:00' } } },
			{ broadcast: { quietHours: { begin: 1_260, end: 480 } } },
		],
	])('%j are read as %j', (entered, read) => expect(settings(entered)).toMatchObject(read));

	test.each<[entered: object, message: string]>([
		[{ summary: 'perhaps' }, 'Summary must be true or false, but "perhaps" was given'],
		[{ sendUnknownAgain: 'perhaps' }, 'Send Unknown Again must be true or false, but "perhaps" was given'],
		[{ maxRecipients: 0 }, 'Recipients at Most must be at least 1, but 0 was given'],
		[{ messagesPerMinute: 'fast' }, 'Messages per Minute must be a whole number, but "fast" was given'],
		[{ quietHours: { hours: {} } }, 'Quiet Hours need Begin and End, or Quiet Days'],
	])('%j are refused: %s', (entered, message) => expect(() => settings(entered)).toThrow(message));

	test('mean nothing to an operation that messages no one, and an operation that asks shares no request', () => {
		expect(settings({ maxRecipients: 5 }, separate)).toMatchObject({
			broadcast: { maxRecipients: undefined },
		});
		expect(settings({}, separate).claimRules).toBeUndefined();
		expect(
			settings({}, { ...operation, ask: () => ({}) } as unknown as AnyOperation).recipientsPerCall,
		).toBeUndefined();
	});
});
