import fc from 'fast-check';

/** A value that an item may have, with the attack that it represents. */
export interface Hostile {
	kind: string;
	value: unknown;
}

const GUARDED = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];

/** Values for the harmless parts of an attack. */
const filler = fc.oneof(fc.string({ maxLength: 12 }), fc.integer(), fc.boolean(), fc.constant(null));

/** An object as created by JSON.parse, where `__proto__` is an own property. */
const parsed = (entries: Array<[string, unknown]>): unknown =>
	JSON.parse(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`);

const guardedObject = fc
	.array(fc.tuple(fc.constantFrom(...GUARDED), fc.oneof(filler, fc.constant({ polluted: true }))), {
		minLength: 1,
		maxLength: 3,
	})
	.map(parsed);

/** Keys that change a prototype if they are copied one by one, and names that every object already has. */
export const prototypeKeys = fc.oneof(
	guardedObject,
	guardedObject.map((inner) => ({ inner, list: [inner] })),
	guardedObject.map((inner) => JSON.stringify(inner)),
	fc.constantFrom(...GUARDED),
);

/** Halves of a surrogate pair, which have no UTF-8 and no percent-encoding. */
export const loneSurrogates = fc
	.tuple(filler, fc.constantFrom('\ud800', '\udfff', '\udc00\ud800'), filler)
	.chain(([before, half, after]) => {
		const text = `${before}${half}${after}`;
		return fc.constantFrom<unknown>(text, [text], { [text]: text });
	});

/** Characters that end texts, color terminals, break lines, or change the text direction. */
export const controlCharacters = fc
	.tuple(
		filler,
		fc.constantFrom('\0', '\x07', '\x1b[31m', '\x7f', '\u0085', '\u2028', '\u202e', '\ufeff'),
		filler,
	)
	.map(([before, control, after]) => `${before}${control}${after}`);

/** Line breaks that would start another header or another request. */
export const lineBreaks = fc
	.tuple(
		fc.constantFrom('1', '540', 'chan_1', '+12015550123', ''),
		fc.constantFrom('\r\n', '\n', '\r', '%0d%0a'),
	)
	.map(([id, end]) => `${id}${end}X-Injected: yes${end}${end}GET /v1/bots HTTP/1.1`);

/** IDs that would lead to another path, query, or host. */
export const pathTricks = fc.oneof(
	fc.constantFrom(
		'..',
		'.',
		'../bots',
		'1/../2',
		'%2e%2e',
		'%2f',
		'..%2f..%2fadmin',
		'1?x=1',
		'1#top',
		'1;x',
		'',
	),
	fc.constantFrom(
		'//example.com',
		'http://example.com/',
		'\\..\\',
		'1/subscribe',
		'1%00',
		'@example.com',
		'.%2e',
	),
	fc
		.tuple(fc.integer(), fc.constantFrom('/', '?', '#', '%', '\\', '&', '=', '+', ' '))
		.map((parts) => parts.join('')),
);

/** Values that aren't a text, number, or boolean where one is required. */
export const wrongTypes = fc.oneof(
	fc.array(filler, { maxLength: 4 }),
	fc.dictionary(fc.string({ maxLength: 8 }), filler, { maxKeys: 3 }),
	fc.array(fc.array(filler, { maxLength: 2 }), { maxLength: 2 }),
	fc.constantFrom<unknown>(null, undefined, '', {}, [], [null], [undefined], [[]], [{}], true, false),
	// What n8n stores for an ID chosen from a list, in places without a list.
	filler.map((value) => ({ __rl: true, mode: 'id', value })),
);

/** Numbers that are invalid, infinite, or not what they look like. */
export const oddNumbers = fc.oneof(
	fc.constantFrom<unknown>(NaN, Infinity, -Infinity, -0, 0, -1, 1e308, 5e-324, 2 ** 53, 0.1 + 0.2, 10n),
	fc.constantFrom('NaN', 'Infinity', '1e400', '0x10', '1_000', '１２', '-0', ' 1 ', '1.', '+1', '1e3'),
	fc.double(),
	fc.maxSafeInteger(),
);

/** Dates that are invalid or outside of any calendar. */
export const oddDates = fc.oneof(
	fc.constantFrom(new Date(NaN), new Date(8.64e15), new Date(-8.64e15), new Date(0)),
	fc.constantFrom(
		'2026-02-30',
		'+275760-09-14T00:00:00Z',
		'0000-00-00',
		'2026-13-01T25:61:61Z',
		'9999999-01-01',
	),
	fc.date({ noInvalidDate: false }),
	fc.date({ noInvalidDate: false }).map(String),
);

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
	let value: unknown = 1;
	for (let level = 0; level < depth; level++) value = wrap(value);
	return value;
}

/** Nesting that exhausts the stack of recursive code. */
export const deepNesting = fc
	.tuple(fc.constantFrom(50, 500, 5_000, 20_000), fc.boolean(), fc.boolean())
	.map(([depth, isObject, isText]) => {
		if (isText) return '['.repeat(depth) + ']'.repeat(depth);
		return nested(depth, (inner) => (isObject ? { inner } : [inner]));
	});

function cyclic(kind: 'object' | 'list' | 'inner'): unknown {
	const list: unknown[] = [];
	const object: Record<string, unknown> = { list };
	list.push(kind === 'list' ? list : object);
	return { object, list, inner: { text: 'a', object } }[kind];
}

/** Values that contain themselves, which have no JSON. */
export const cycles = fc.constantFrom('object', 'list', 'inner').map((kind) => cyclic(kind as 'object'));

/** Objects whose conversion to text, number or JSON fails or lies. */
export const trapObjects = fc
	.constantFrom<() => unknown>(
		() => ({ toString: 1, valueOf: 'x' }),
		() => ({ toString: null, toJSON: 1, length: 2 ** 31 }),
		() => Object.create(null) as unknown,
		() => ({ length: -1, 0: 'a' }),
		() => ({
			toJSON() {
				throw new Error('toJSON of an item');
			},
		}),
		() => ({
			get name() {
				throw new Error('getter of an item');
			},
		}),
		() => Object.freeze([Object.freeze({})]),
		() => Object.assign(new Array(2), { 1: 'sparse' }),
	)
	.map((make) => make());

/** Invisible characters around or instead of the intended value. */
const blank = fc.constantFrom(
	' ',
	'\u00a0',
	'\n',
	'\u200b',
	'\ufeff',
	'\u202a',
	'\u2069',
	'\u3164',
	'\u00ad',
);

/** Cells of spreadsheets and columns of exports, as programs write them. */
export const spreadsheetCells = fc
	.tuple(
		blank,
		fc.constantFrom(
			...['12015550123.0', '+44 (0)20 7946 0958', '0044 20 7946 0958', "'+12015550123", '1.20156E+10'],
			...['(201) 555-0123', '5550101/5550102', '+1 201-555-0123 ext. 9', 'TRUE', ' no ', 'N/A', '#REF!', ''],
			...['https://a.example,https://b.example', 'www.example.com', 'https:/example.com', '[VIP]', '540.0'],
		),
		blank,
	)
	.map((parts) => parts.join(''));

/** JSON as language models and people write it. */
export const pastedJson = fc
	.tuple(
		fc.constantFrom('\ufeff', '', '\n'),
		fc.json({ maxDepth: 3 }),
		fc.constantFrom('', '"', ',', '}', '```'),
	)
	.chain(([before, json, after]) =>
		fc.constantFrom(
			`${before}${json}${after}`,
			`${before}\`\`\`json\n${json}${after}\n\`\`\``,
			`\`\`\`${json}\`\`\``,
		),
	);

/** Anything else that fast-check can think of. */
export const anything = fc.anything({ withNullPrototype: true, withSparseArray: true, withDate: true });

const KINDS: Record<string, fc.Arbitrary<unknown>> = {
	'prototype keys': prototypeKeys,
	'lone surrogates': loneSurrogates,
	'control characters': controlCharacters,
	'line breaks': lineBreaks,
	'path tricks': pathTricks,
	'wrong types': wrongTypes,
	'odd numbers': oddNumbers,
	'spreadsheet cells': spreadsheetCells,
	'pasted JSON': pastedJson,
	blanks: fc.string({ unit: blank, maxLength: 5 }),
	'odd dates': oddDates,
	'deep nesting': deepNesting,
	cycles,
	'trap objects': trapObjects,
	anything,
};

/** Kinds of values that n8n's engine takes long to copy. */
const RARE = new Set(['deep nesting', 'cycles']);

/** A value of any kind. */
export const hostile: fc.Arbitrary<Hostile> = fc.oneof(
	...Object.entries(KINDS).map(([kind, arbitrary]) => ({
		weight: RARE.has(kind) ? 1 : 6,
		arbitrary: arbitrary.map((value): Hostile => ({ kind, value })),
	})),
);

/** Texts so long that a single one takes long, as people paste them by mistake. */
export const hugeText = fc
	.constantFrom('x', ' ', '\u200b', '`', '```\n', '\ud83d', '{', '[', '1', '../', '{{', 'é')
	.map((part): Hostile => ({ kind: 'huge text', value: part.repeat(10_000_000 / part.length) }));
