import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';
import { readValue } from '../../nodes/operations/form/readValue';
import type { Schema } from '../../nodes/transport/contract';
import { NotSentError } from '../../nodes/transport/errors';

const read = (schema: Schema, raw: unknown, field?: INodeProperties) =>
	readValue(schema, raw, { label: 'The Field', field, timezone: 'America/New_York' });

const ID: Schema = { type: 'integer', minimum: 1 };
const anything = fc.anything({ withDate: true, withNullPrototype: true });
const blank = fc.constantFrom('', null, undefined);

test('a value that is not given is not sent, whatever its type', () => {
	const type = fc.constantFrom('string', 'integer', 'number', 'boolean', 'array', 'object');
	fc.assert(fc.property(type, blank, (name, raw) => expect(read({ type: name }, raw)).toBeUndefined()));
});

test('no input fails in any other way than by a refusal of the value', () => {
	const schema = fc.constantFrom<Schema>(
		ID,
		{ type: 'string', maxLength: 5 },
		{ type: 'string', format: 'phone' },
		{ type: 'string', format: 'uri' },
		{ type: 'string', format: 'date-time' },
		{ type: 'boolean' },
		{ type: 'array', items: ID, maxItems: 2 },
		{ type: 'array', items: { $ref: 'Target' } },
		{ type: 'object', additionalProperties: true },
		{ $ref: 'MessageCreate' },
	);
	fc.assert(
		fc.property(schema, anything, (wanted, raw) => {
			try {
				read(wanted, raw);
			} catch (error) {
				expect(error).toBeInstanceOf(NotSentError);
				expect((error as Error).message).toContain('The Field');
				expect((error as Error).message.length).toBeLessThan(400);
			}
		}),
		{ numRuns: 3000 },
	);
});

describe('an ID', () => {
	test('is accepted as a whole number or as text', () => {
		const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
		fc.assert(
			fc.property(id, (number) => {
				expect(read(ID, number)).toBe(number);
				expect(read(ID, ` ${number} `)).toBe(number);
			}),
		);
	});

	test.each(['abc', '1.5', 1.5, -1, 0, '12a', '1e400', Number.NaN, 2 ** 60, true, '../1', [1, 2], { id: 1 }])(
		'is refused if it is %p',
		(raw) => expect(() => read(ID, raw)).toThrow(NotSentError),
	);
});

describe('a text', () => {
	test('is unchanged up to its limit, and beyond it is refused with both numbers', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 40 }), (text) => {
				fc.pre(text.trim() !== '');
				const readLimited = () => read({ type: 'string', maxLength: 20 }, text);
				if (text.length <= 20) expect(readLimited()).toBe(text);
				else {
					expect(readLimited).toThrow(
						`The Field can have at most 20 characters, but ${text.length} were given`,
					);
				}
			}),
		);
	});

	test('has to be one of the choices if there are choices', () => {
		expect(read({ type: 'string', enum: ['US', 'CA'] }, 'CA')).toBe('CA');
		expect(() => read({ type: 'string', enum: ['US', 'CA'] }, 'DE')).toThrow(
			'The Field must be one of US, CA, but "DE" was given',
		);
	});
});

describe('a phone number', () => {
	const PHONE: Schema = { type: 'string', format: 'phone' };
	const readIn = (defaultCountry: string | undefined, raw: unknown) =>
		readValue(PHONE, raw, { label: 'The Field', defaultCountry });

	test('is sent in E.164, however it is written', () => {
		const separator = fc.constantFrom(' ', '-', '.', '', '\u00a0', '\u2013');
		const number = fc.integer({ min: 2_012_000_000, max: 2_012_999_999 }).map((national) => `1${national}`);
		fc.assert(
			fc.property(number, fc.array(separator, { minLength: 11, maxLength: 11 }), (digits, separators) => {
				const written = [...digits].map((digit, index) => digit + separators[index]).join('');
				expect(read(PHONE, `+${written}`)).toBe(`+${digits}`);
			}),
		);
	});

	test('is accepted as a number from a spreadsheet, unless it has decimals', () => {
		expect(read(PHONE, 12015550123)).toBe('+12015550123');
		expect(() => read(PHONE, 12015550123.5)).toThrow(
			'The Field must be a phone number, not a number with decimals, but "12015550123.5" was given',
		);
	});

	test.each([
		['GB', '+442079460958'],
		[' gb ', '+442079460958'],
	])('is read in the default country %j', (country, number) => {
		expect(readIn(country, '020 7946 0958')).toBe(number);
	});

	test.each([undefined, '', ' '])('needs a country code where the default country is %j', (country) => {
		expect(() => readIn(country, '020 7946 0958')).toThrow(
			'The Field must be a phone number with + and country code such as +12015550123 (or set Default Country), but "020 7946 0958" was given',
		);
	});

	test('is refused in a country that does not exist, in words about the country', () => {
		expect(() => readIn('Germany', '030 901820')).toThrow(
			'Default Country must be the ISO code of a country, such as GB, but "Germany" was given',
		);
	});

	test.each([
		'n/a',
		'12345',
		'1'.repeat(16),
		'+1 201 555 01AB',
		'++12015550123',
		'1201+5550123',
		'tel:+12015550123',
	])('is refused if it is %p', (raw) =>
		expect(() => read({ type: 'string', format: 'phone' }, raw)).toThrow(
			/The Field must (be a phone number|be one phone number|have 10 digits)/,
		),
	);
});

describe('a list', () => {
	const ids = fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1 });
	const LIST: Schema = { type: 'array', items: ID };

	test('is accepted as a list, as text with commas or line breaks, or as JSON text', () => {
		fc.assert(
			fc.property(ids, (numbers) => {
				for (const raw of [numbers, numbers.join(', '), numbers.join('\n'), JSON.stringify(numbers)]) {
					expect(read(LIST, raw)).toEqual(numbers);
				}
			}),
		);
	});

	test('has one entry if it is a single value', () => expect(read(LIST, 542)).toEqual([542]));

	test('names the entry at fault', () => {
		expect(() => read(LIST, '540, x, 542')).toThrow(
			'The Field, entry 2 must be a whole number, but "x" was given',
		);
	});
});

describe('a JSON object', () => {
	const FREE: Schema = { type: 'object', additionalProperties: true };

	test('is unchanged, parsed or as text, and changes no prototype', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
				const text = JSON.stringify(object);
				expect(JSON.stringify(read(FREE, object))).toBe(text);
				expect(JSON.stringify(read(FREE, text))).toBe(text);
				expect(({} as Record<string, unknown>).polluted).toBeUndefined();
			}),
		);
	});

	test('keeps a key called __proto__ as a key', () => {
		const result = read(FREE, '{"__proto__": {"polluted": true}}') as Record<string, unknown>;
		expect(Object.keys(result)).toEqual(['__proto__']);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	test.each(['{', 'hello', '[1]', '5'])('is refused if it is %p', (text) => {
		expect(() => read(FREE, text)).toThrow(/must be (valid JSON|a JSON object)/);
	});
});

describe('a date', () => {
	const DATE: Schema = { type: 'string', format: 'date-time' };

	test.each([
		['2026-12-01T10:00:00', '2026-12-01T15:00:00.000Z'],
		['2026-12-01T10:00:00Z', '2026-12-01T10:00:00.000Z'],
		['2026-07-01T10:00:00+02:00', '2026-07-01T08:00:00.000Z'],
	])("is converted from %p to %p, in the workflow's time zone if it has none", (raw, sent) => {
		expect(read(DATE, raw)).toBe(sent);
	});

	test.each(['tomorrow', '2026-13-01T00:00:00', {}])('is refused if it is %p', (raw) => {
		expect(() => read(DATE, raw)).toThrow('must be a date and time');
	});
});
