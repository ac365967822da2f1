import fc from 'fast-check';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import {
	getCountries,
	getCountryCallingCode,
	getExampleNumber,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { readPhone } from '../../../nodes/transport/phone';

/** How many numbers are tested; 100,000 in the full measurement. */
const NUMBERS = Number(process.env.PHONE_NUMBERS ?? 2_000);
/** Without + and country: fewer digits than this are never taken for an international number. */
const SURELY_INTERNATIONAL = 11;
const E164 = /^\+\d{7,15}$/;

const COUNTRIES = getCountries();

/** A number as someone wrote it. */
interface Writing {
	/** With everything that people and programs put around and between the digits. */
	text: string;
	/** Only the digits, as passed to the library. */
	plain: string;
	/** How its beginning shows the country, if it does. */
	start: '+' | '00' | 'none';
	defaultCountry?: CountryCode;
}

const digits = (minLength: number, maxLength: number) =>
	fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });

/** A number of a country without its calling code: one in use with some digits changed, or any. */
const nationalOf = (country: CountryCode) => {
	const example = String(getExampleNumber(country, examples)?.nationalNumber ?? '2015550123');
	const changed = fc
		.tuple(fc.nat(example.length), digits(0, 4))
		.map(([at, some]) =>
			(example.slice(0, at) + some + example.slice(at + some.length)).slice(0, example.length),
		);
	return fc.oneof({ weight: 5, arbitrary: changed }, { weight: 2, arbitrary: digits(4, 13) });
};

const separator = fc.constantFrom('', '', '', '', ' ', ' ', '-', '.', '\u00a0', '\u2011', '\u2212', '\u2013');

/** Puts separators between digits, where people would: never before the first. */
const spaced = (plain: string) =>
	fc
		.array(separator, { minLength: plain.length, maxLength: plain.length })
		.map((marks) => [...plain].map((digit, index) => (index === 0 ? digit : marks[index] + digit)).join(''))
		// A dot before the last digits would make it a decimal number.
		.filter((text) => !/^\+?\d+\.\d+$/.test(text));

/** What spreadsheets, chats and keyboards make of a text. */
const disguises: Array<(text: string, plain: string) => string> = [
	(text) => text,
	(text) => text,
	(text) => ` ${text}\n`,
	(text) => `'${text}`,
	(text) => `\u202a${text}\u202c`,
	(text) => text.replace(/(\d)(\d)/, '$1\u200b$2'),
	(text) => text.replace(/[0-9+]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
	(text) => text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
	(_text, plain) => `${plain}.0`,
];

const writing: fc.Arbitrary<Writing> = fc
	.record({
		country: fc.constantFrom(...COUNTRIES),
		other: fc.constantFrom(...COUNTRIES),
		start: fc.constantFrom('+', '+', '00', 'code', 'national', 'national', 'abroad'),
		trunk: fc.constantFrom('', '', '0', '(0)', '1', '8'),
		known: fc.constantFrom('own', 'own', 'other', 'none'),
		disguise: fc.constantFrom(...disguises),
	})
	.chain(({ country, other, start, trunk, known, disguise }) =>
		nationalOf(country)
			.chain((national) => {
				const code = getCountryCallingCode(country);
				const inside = trunk.replace(/\D/g, '') + national;
				const beginning = { '+': `+${code}`, '00': `00${code}`, code, national: '', abroad: `011${code}` }[
					start
				]!;
				const shown =
					trunk === '(0)' ? fc.constant(`${beginning} (0) ${national}`) : spaced(beginning + inside);
				return shown.map((text) => ({ text, plain: beginning + inside }));
			})
			.map(({ text, plain }) => ({
				text: disguise(text, plain),
				plain,
				start: plain.startsWith('+') ? '+' : plain.startsWith('00') ? '00' : 'none',
				defaultCountry: { own: country, other, none: undefined }[known],
			})),
	);

const parse = (plain: string, defaultCountry?: CountryCode) =>
	parsePhoneNumberFromString(plain, { defaultCountry, extract: false });

/** How the library reads digits, if they start with a marked country code or may start with one. */
function readingsOf({ plain, start, defaultCountry }: Writing) {
	const withPlus = plain.replace(/^(\+|00)?/, '+');
	const maybeCode = !defaultCountry || plain.startsWith(getCountryCallingCode(defaultCountry));
	const told = start === 'none' ? [] : [parse(withPlus)];
	const guessed = [
		...(start !== '+' && defaultCountry ? [parse(plain, defaultCountry)] : []),
		...(start === 'none' && maybeCode ? [parse(withPlus)] : []),
	];
	const found = <T>(readings: Array<T | undefined>) => readings.filter((reading) => reading !== undefined);
	return { told: found(told), guessed: found(guessed) };
}

const isPossible = (reading: PhoneNumber) => reading.isPossible() && E164.test(reading.number);

/** Why a number that the library finds possible is still ambiguous; undefined if it isn't. */
function doubt(written: Writing): string | undefined {
	const readings = readingsOf(written);
	const told = readings.told.filter(isPossible);
	const guessed = readings.guessed.filter(isPossible);
	const numbers = [...told, ...guessed].map(({ number }) => number);
	if (numbers.length === 0) return 'impossible';
	if (new Set(numbers).size > 1) return 'two readings';
	// 310 1234 can be dialed only within Canada.
	if (/^\+1\d{7}$/.test(numbers[0])) return 'inside one country only';
	if (told.length > 0) return undefined;
	if (!written.defaultCountry && written.plain.length < SURELY_INTERNATIONAL) return 'no country code';
	return guessed.every((reading) => !reading.isValid()) ? 'not in use' : undefined;
}

test('each accepted number, in any format, is possible in libphonenumber-js and the same there, and each refused one is impossible or ambiguous there', () => {
	const counts = new Map<string, number>();
	const property = fc.property(writing, (written) => {
		const { number, rule } = readPhone(written.text, written.defaultCountry);
		const kind = number === undefined ? `refused: ${doubt(written)}` : 'accepted';
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
		if (number === undefined) return expect([rule, doubt(written)]).not.toEqual([rule, undefined]);
		const { told, guessed } = readingsOf(written);
		const same = [...told, ...guessed].filter((reading) => reading.number === number);
		// For a country that shares its calling code, the library may not check what is possible in the others.
		return expect([...same, parse(number)!].some(isPossible) && same.length > 0).toBe(true);
	});
	fc.assert(property, { numRuns: NUMBERS });
	const shown = [...counts].sort(([, a], [, b]) => b - a).map(([kind, count]) => `${count} ${kind}`);
	process.stdout.write(`phone numbers: ${shown.join(', ')}\n`);
	expect(counts.get('accepted')).toBeGreaterThan(NUMBERS / 5);
}, 600_000);
