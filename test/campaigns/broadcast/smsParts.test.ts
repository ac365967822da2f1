import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { nameOf, smsSize } from '../../../nodes/NativeMsg/message/smsParts';

/** 10,000 are the full measurement; fewer keep `npm test` quick. */
const TEXTS = Number(process.env.SMS_TEXTS ?? 300);

// The full measurement takes minutes.
jest.setTimeout(30_000 + 20 * TEXTS);

/** Characters of each kind that counts in another way, and neighbors of theirs. None of them joins with the next one. */
const BASIC = [...'aZ09 @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!¡ÄÖÑÜ§¿äöñüà\n\r'];
const EXTENDED = [...'^{}\\[~]|€\f'];
const OTHER = [...'çáíóúâ’“”–…\u00a0\u200b`Ω☎日жαZ\u0301'].filter((character) => character !== '\u0301');
const PAIRS = [...'😀🎉💬𝒜𐍈'];

const character = (others: fc.Arbitrary<string>) =>
	fc.oneof(
		{ weight: 12, arbitrary: fc.constantFrom(...BASIC) },
		{ weight: 2, arbitrary: fc.constantFrom(...EXTENDED) },
		{ weight: 1, arbitrary: others },
	);
const gsm = fc.constantFrom(...BASIC, ...EXTENDED);

/** Lengths around which the number of parts changes, and any. */
const length = fc.oneof(
	fc.constantFrom(
		0,
		1,
		66,
		67,
		68,
		69,
		70,
		71,
		133,
		134,
		135,
		152,
		153,
		154,
		159,
		160,
		161,
		306,
		307,
		459,
		460,
	),
	fc.nat(500),
);
const textOf = (characters: fc.Arbitrary<string>) =>
	length.chain((count) =>
		fc.array(characters, { minLength: count, maxLength: count, size: 'max' }).map((all) => all.join('')),
	);
const text = fc.oneof(
	textOf(gsm),
	textOf(fc.constantFrom(...BASIC)),
	textOf(character(fc.constantFrom(...OTHER))),
	textOf(character(fc.constantFrom(...PAIRS))),
	textOf(fc.constantFrom(...PAIRS, ...OTHER)),
);

test(`${TEXTS} generated texts have the parts and the encoding that another counter finds`, () => {
	const kinds = new Set<string>();
	fc.assert(
		fc.property(text, (written) => {
			const { encoding, parts, others, partsWithout } = smsSize(written);
			const reference = new SegmentedMessage(written);
			const expected = written === '' ? 0 : reference.segmentsCount;
			expect([encoding, parts]).toEqual([reference.getEncodingName(), expected]);
			expect(new Set(others)).toEqual(new Set(encoding === 'GSM-7' ? [] : reference.getNonGsmCharacters()));
			const plain = [...written].map((one) => (others.includes(one) ? '?' : one)).join('');
			expect(partsWithout).toBe(plain === '' ? 0 : new SegmentedMessage(plain).segmentsCount);
			kinds.add(`${encoding} ${Math.min(parts, 4)}`);
		}),
		{ numRuns: TEXTS },
	);
	expect([...kinds].sort()).toEqual(
		['GSM-7', 'UCS-2'].flatMap((encoding) =>
			(encoding === 'GSM-7' ? [0, 1, 2, 3, 4] : [1, 2, 3, 4]).map((parts) => `${encoding} ${parts}`),
		),
	);
});

test.each([
	['a'.repeat(160), 'GSM-7', 1],
	['a'.repeat(161), 'GSM-7', 2],
	['a'.repeat(152) + '€' + 'a'.repeat(8), 'GSM-7', 2],
	// The second place of the € would be in the next part, so all of it is.
	['a'.repeat(152) + '€'.repeat(77), 'GSM-7', 3],
	['’' + 'a'.repeat(69), 'UCS-2', 1],
	['’' + 'a'.repeat(70), 'UCS-2', 2],
	['a'.repeat(66) + '😀' + 'a'.repeat(3), 'UCS-2', 2],
	['a'.repeat(66) + '😀'.repeat(34), 'UCS-2', 3],
	['', 'GSM-7', 0],
])('a text of this length is counted correctly: %s', (written, encoding, parts) => {
	expect(smsSize(written)).toMatchObject({ encoding, parts });
});

test.each([
	['’', '’ (U+2019)'],
	['😀', '😀 (U+1F600)'],
	['\u00a0', 'U+00A0'],
	['\u200b', 'U+200B'],
	['\u0301', 'U+0301'],
	['\ud800', 'U+D800'],
])('the character %j is named %s', (one, name) => {
	expect(nameOf(one)).toBe(name);
});
