import { readValue } from '../../nodes/operations/form/readValue';
import type { Place } from '../../nodes/operations/form/readScalar';
import type { Schema } from '../../nodes/transport/contract';

const read = (schema: Schema, raw: unknown, place: Partial<Place> = {}) =>
	readValue(schema, raw, { label: 'Field', ...place });

const circular: Record<string, unknown> = {};
circular.self = circular;

test.each([
	[{ a: 1 }, '{"a":1}'],
	[circular, 'an object without JSON'],
	[10n, '10'],
	[Symbol('x'), 'Symbol(x)'],
	['7 apples', '"7 apples"'],
	['x'.repeat(80), `"${'x'.repeat(59)}…`],
	['x'.repeat(58), `"${'x'.repeat(58)}"`],
])('a refusal quotes %p as %s', (value, quoted) => {
	expect(() => read({ type: 'integer' }, value)).toThrow(
		`Field must be a whole number, but ${quoted} was given`,
	);
});

describe('JSON', () => {
	const FREE: Schema = { type: 'object' };

	test.each(['```json\n{"a": 1}\n```', '```\n{"a": 1}```', ' \ufeff {"a": 1} ', '\ufeff```\n{"a": 1}\n```'])(
		'is read as people paste it: %j',
		(pasted) => expect(read(FREE, pasted)).toEqual({ a: 1 }),
	);

	test.each(['```{"a": 1}```', '```json\n{"a": 1}', '{"a": 1}\n```'])(
		'is refused in half a fence: %j',
		(pasted) => {
			expect(() => read(FREE, pasted)).toThrow('Field must be valid JSON');
		},
	);

	test.each([
		['{"a": 1\n "b": 2}', /\(line 2, character 2, at "b": 2\}\)$/],
		['{"long name": 1\n "b": 2}', /\(line 2, character 2, at "b": 2\}\)$/],
		['hello', /\(Unexpected token [^)]*"hello"\)$/],
		['{"a": 1', /\(line 1, character 8, where it ends\)$/],
	])('that breaks off names the place: %j', (json, place) => expect(() => read(FREE, json)).toThrow(place));
});

describe('a number', () => {
	test.each([
		[' 7 ', 7],
		['-7', -7],
		['2.50', 2.5],
		['\u200b7', 7],
		[7, 7],
	])('is read from %j', (raw, number) => expect(read({ type: 'number' }, raw)).toBe(number));

	test.each(['1e3', '0x10', '1,5', '.5', '5.', 'x7', '7x', Infinity, true])('is not %p', (raw) =>
		expect(() => read({ type: 'number' }, raw)).toThrow('Field must be a number, but'),
	);

	test('must be whole if the contract says so', () => {
		for (const raw of [1.5, '1.5', 2 ** 60]) {
			expect(() => read({ type: 'integer' }, raw)).toThrow('Field must be a whole number');
			expect(read({ type: 'number' }, raw)).toBe(Number(raw));
		}
	});

	test('keeps to its limits', () => {
		const schema = { type: 'number', minimum: 1, maximum: 3 };
		expect([1, 3].map((number) => read(schema, number))).toEqual([1, 3]);
		expect(() => read(schema, 0)).toThrow('Field must be at least 1, but 0 was given');
		expect(() => read(schema, 4)).toThrow('Field can be at most 3, but 4 was given');
		expect(() => read({ type: 'integer', enum: [1, 2] }, 3)).toThrow(
			'Field must be one of 1, 2, but 3 was given',
		);
	});
});

describe('a URL', () => {
	const URI: Schema = { type: 'string', format: 'uri' };
	const LINK: Schema = { type: 'string', format: 'link' };

	test.each([
		[' https://example.com/a b.png\u200b', 'https://example.com/a%20b.png'],
		['HTTP://example.com', 'HTTP://example.com'],
		['https://example.com/?next=https://example.org', 'https://example.com/?next=https://example.org'],
		['https://example.com/https://example.org', 'https://example.com/https://example.org'],
	])('is read from %j', (raw, url) => expect(read(URI, raw)).toBe(url));

	test.each([
		'example.com',
		'ftp://example.com',
		'https:///a',
		'https://example.com/\na',
		'see https://example.com',
		'{link}',
	])('is not %j', (raw) => {
		expect(() => read(URI, raw)).toThrow('Field must be a full URL such as https://example.com/picture.png');
	});

	test.each(
		[', ', ',', ';', '|', ' ', ''].flatMap((between) => [
			`https://a.example/1${between}https://b.example`,
			`https://a.example/1${between}HTTP://b.example`,
		]),
	)('is not two: %j', (raw) => expect(() => read(URI, raw)).toThrow('Field must be one URL'));

	test('may begin with an attribute where nativeMsg fills it in', () => {
		expect(read(LINK, '{link}/a')).toBe('{link}/a');
		for (const raw of ['a{link}', '{}', '{my link}'])
			expect(() => read(LINK, raw)).toThrow('must be a full URL');
	});
});

describe('a text', () => {
	test('is unchanged, but an ID has no blanks and marks around it', () => {
		expect(read({ type: 'string' }, ' a\u200b ')).toBe(' a\u200b ');
		expect(read({ type: 'string' }, ' a\u200b ', { isId: true })).toBe('a');
		expect(read({ type: 'string' }, 7)).toBe('7');
		expect(() => read({ type: 'string' }, { a: 1 })).toThrow('Field must be text, but {"a":1} was given');
	});

	test('leads to no other path as an ID in it', () => {
		expect(() => read({ type: 'string' }, '..', { inPath: true })).toThrow(
			'Field must be an ID, but ".." was given',
		);
		expect(read({ type: 'string' }, '..')).toBe('..');
		expect(read({ type: 'string' }, 'a', { inPath: true })).toBe('a');
	});

	test('is as long as the contract says at most', () => {
		const schema = { type: 'string', maxLength: 3 };
		expect(read(schema, 'abc')).toBe('abc');
		expect(() => read(schema, 'abcd')).toThrow('Field can have at most 3 characters, but 4 were given');
		expect(read({ type: 'string' }, 'abcd')).toBe('abcd');
	});

	test('matches its pattern', () => {
		expect(read({ type: 'string', pattern: '^a+$' }, 'aa')).toBe('aa');
		expect(() => read({ type: 'string', pattern: '^a+$' }, 'b')).toThrow(
			'Field must match ^a+$, but "b" was given',
		);
	});
});

describe('a list', () => {
	const list = (limits: Schema): Schema => ({ type: 'array', items: { type: 'string' }, ...limits });

	test.each<[Schema, string, string]>([
		[{ minItems: 2 }, 'a', 'needs at least 2 entries, but 1 was given'],
		[{ minItems: 1 }, '[]', 'needs at least 1 entry, but 0 were given'],
		[{ maxItems: 1 }, 'a, b', 'can have at most 1 entry, but 2 were given'],
		[{ maxItems: 2 }, 'a, b, c', 'can have at most 2 entries, but 3 were given'],
	])('with the limits %j is refused if it is %j', (limits, raw, refusal) => {
		expect(() => read(list(limits), raw)).toThrow(`Field ${refusal}`);
		expect(read(list({ minItems: 2, maxItems: 2 }), 'a, b')).toEqual(['a', 'b']);
	});

	test('begins with a bracket in JSON, but a name may do so as well', () => {
		expect(read(list({}), '[VIP], x')).toEqual(['[VIP]', 'x']);
		expect(read(list({}), ' [ "a" ]')).toEqual(['a']);
		expect(read(list({}), 'a,\n,b')).toEqual(['a', 'b']);
	});
});

test.each(['2026-02-30', '2026-12-01T10:00:00 or so', 'on 2026-12-01', 5])('%p is no date', (raw) => {
	expect(() => read({ type: 'string', format: 'date-time' }, raw, { timezone: 'UTC' })).toThrow(
		'Field must be a date and time such as 2026-11-21T09:30:00',
	);
});

test.each([
	new Date('2026-12-01'),
	' 2026-12-01 ',
	'2026-12-01',
	'2026-12-01 00:00',
	'2026-12-01T00:00:00.000',
	'2026-12-01T01:00+0100',
])('%p is a date', (raw) => {
	expect(read({ type: 'string', format: 'date-time' }, raw, { timezone: 'UTC' })).toBe(
		'2026-12-01T00:00:00.000Z',
	);
});
