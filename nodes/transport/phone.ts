import type { NumberingPlan } from './numberingPlans';
import { planOf, plansOf } from './numberingPlans';
import { withoutInvisible } from './text';

/** A phone number in E.164 with its `+`, or the rule that a text breaks, worded to follow the field name. */
export type PhoneReading = { number: string; rule?: undefined } | { number?: undefined; rule: string };

const LONGEST_CODE = 3;
/** No one writes a phone number longer than this, but a whole document may be pasted by mistake. */
const LONGEST_TEXT = 200;
/** How many digits a number with its calling code may have: the limit of E.164, and the shortest numbers in use. */
const DIGITS = { min: 7, max: 15 };
/**
 * A number without `+` but with this many digits is an international one; hardly any country has such long national
 * numbers.
 */
const SURELY_INTERNATIONAL = 11;
const EXAMPLE = '+ and country code such as +12015550123';

const RULES = {
	notOne: 'must be one phone number only',
	decimals: 'must be a phone number, not a number with decimals',
	rounded: 'must be a phone number with all its digits, not one that a spreadsheet has rounded',
	extension: 'must be a phone number without an extension',
	general: `must be a phone number with ${EXAMPLE}`,
	noCountry: `must be a phone number with ${EXAMPLE} (or set Default Country)`,
	unknownCode: 'must begin with the country code of a country, such as +1 in +12015550123',
};

/** Digits and marks as typed on Arabic and East Asian keyboards. */
const TYPED_ELSEWHERE = /[\uff01-\uff5e\u0660-\u0669\u06f0-\u06f9]/g;
const DASHES = /[\u2010-\u2015\u2212\u30fc]/g;
/** How spreadsheets mark a cell as text. */
const TEXT_MARK = /^['\u2018\u2019`\u00b4]/;
/** What CSV exports make of a numeric column that has an empty cell. */
const FLOAT_END = /^(\+?\d+)\.0{1,2}$/;
const DECIMALS = /^\+?\d{9,}\.\d+$/;
const SCIENTIFIC = /^[+-]?\d+([.,]\d+)?e[+-]?\d+$/i;
const EXTENSION = /\d[\s.,-]*(ext(ensio)?n?|x|#)[\s.:]*\d+$/i;
const SEPARATES_NUMBERS = /[,;&|\n\r]|\s(or|and)\s/i;
const PHONE = /^(\+|\(\+|\(?\d)[\d\s().\-/]*$/;

/** Replaces unusual characters with the ones that phone numbers are usually written with. */
function normalized(value: string): string {
	return withoutInvisible(value)
		.replace(TYPED_ELSEWHERE, (character) => {
			const code = character.charCodeAt(0);
			return code > 0xff00 ? String.fromCharCode(code - 0xfee0) : String(code & 15);
		})
		.replace(DASHES, '-')
		.trim()
		.replace(TEXT_MARK, '')
		.trim()
		.replace(FLOAT_END, '$1');
}

/** Whether a text has two numbers (`5550101/5550102`), or one and the last digits of another (`020 7946 0958 / 0959`). */
function isTwoNumbers(text: string): boolean {
	if (SEPARATES_NUMBERS.test(text) || /\d/.test(text.slice(0, Math.max(0, text.lastIndexOf('+')))))
		return true;
	const counts = text.split('/').map((part) => part.replace(/\D/g, '').length);
	const [before, last] = counts.slice(-2);
	return (
		counts.length > 1 &&
		(Math.max(...counts) >= 10 ||
			counts.filter((count) => count >= 7).length > 1 ||
			(before >= 5 && last <= 2))
	);
}

/** The rule that a text's format breaks, regardless of its digits. */
function brokenRule(text: string): string | undefined {
	if (SCIENTIFIC.test(text)) return RULES.rounded;
	if (DECIMALS.test(text)) return RULES.decimals;
	if (EXTENSION.test(text)) return RULES.extension;
	if (isTwoNumbers(text)) return RULES.notOne;
	return PHONE.test(text) ? undefined : RULES.general;
}

/** The digits after the calling code, without the prefix that is dialed only within the country. */
function nationalNumber(digits: string, { trunk, trunkTransform, pattern, lengths }: NumberingPlan): string {
	const match = trunk?.exec(digits);
	if (!match) return digits;
	const isTransformed = trunkTransform !== '' && match.length > 1 && match.at(-1) !== undefined;
	const rest = isTransformed ? digits.replace(trunk!, trunkTransform) : digits.slice(match[0].length);
	// In some countries, numbers may start with these digits, such as 800 555 35 35 in Russia.
	const belongs = pattern.test(digits) && !pattern.test(rest);
	return belongs || !lengths.includes(rest.length) ? digits : rest;
}

/** Possible numbers of digits after the calling code. */
function lengthsOf({ code, lengths }: NumberingPlan): number[] {
	return lengths.filter((length) => code.length + length >= DIGITS.min && code.length + length <= DIGITS.max);
}

/** A number with its calling code, if its length is possible. @param meant one of these plans must have assigned it */
function numberOf(code: string, national: string, meant?: Array<NumberingPlan | undefined>): string[] {
	const plans = plansOf(code);
	const plan = plans.find(({ leading }) => leading?.test(national)) ?? plans[0];
	const isMeant = meant?.some((one) => one?.pattern.test(national)) ?? true;
	return isMeant && lengthsOf(plan).includes(national.length) ? [`+${code}${national}`] : [];
}

/** Splits off the calling code; undefined if there is no such code. */
function splitCode(digits: string): { code: string; main: NumberingPlan; rest: string } | undefined {
	for (let length = 1; length <= LONGEST_CODE; length++) {
		const code = digits.slice(0, length);
		const [main] = plansOf(code);
		if (main) return { code, main, rest: digits.slice(length) };
	}
	return undefined;
}

/** The possible countries of a number, as ISO codes; several if they share a calling code. @param number in E.164 */
export function countriesOf(number: string): string[] {
	const split = splitCode(number.replace('+', ''));
	if (!split) return [];
	const plans = plansOf(split.code);
	const own = plans.find(({ leading }) => leading?.test(split.rest));
	const possible = own ? [own] : plans.filter(({ leading }) => leading === undefined);
	return possible.flatMap(({ country }) => country ?? []);
}

function asInternational(digits: string, isMeant = false, own?: NumberingPlan): string[] {
	const split = splitCode(digits);
	if (!split) return [];
	const { code, main, rest } = split;
	return numberOf(code, nationalNumber(rest, main), isMeant ? [main, own] : undefined);
}

/** The digits after the prefix for international calls; undefined if they don't start with it. */
function afterPrefix(digits: string, prefix: RegExp | undefined): string | undefined {
	const match = prefix?.exec(digits);
	const rest = match ? digits.slice(match[0].length) : '';
	return rest === '' || rest.startsWith('0') ? undefined : rest;
}

/** The numbers that digits without `+` can mean in a country. */
function readInCountry(digits: string, plan: NumberingPlan): string[] {
	const abroad = afterPrefix(digits, plan.abroad);
	const after00 = afterPrefix(digits, /^00/);
	const withPrefix = [abroad, after00].flatMap((rest) => (rest === undefined ? [] : asInternational(rest)));
	if (abroad !== undefined) return withPrefix;
	const national = numberOf(plan.code, nationalNumber(digits, plan), [plansOf(plan.code)[0], plan]);
	const withCode = digits.startsWith(plan.code) ? asInternational(digits, true, plan) : [];
	return [...withPrefix, ...national, ...withCode];
}

function readWithoutCountry(digits: string): string[] {
	const after00 = afterPrefix(digits, /^00/);
	if (after00 !== undefined) return asInternational(after00);
	return digits.length >= SURELY_INTERNATIONAL ? asInternational(digits, true) : [];
}

/** Why a number with a country code is invalid. */
function wrongLength(digits: string): string {
	const split = splitCode(digits);
	if (!split) return RULES.unknownCode;
	const lengths = lengthsOf(split.main);
	const shown =
		lengths.length > 3
			? `${lengths[0]} to ${lengths.at(-1)}`
			: lengths.join(', ').replace(/, (\d+)$/, ' or $1');
	return `must have ${shown} digits after the country code +${split.code}`;
}

function rule(digits: string, hasPlus: boolean, numbers: string[], plan: NumberingPlan | undefined): string {
	if (numbers.length > 1)
		return `must be written with + and country code, because it can mean ${numbers.join(' or ')}`;
	if (hasPlus) return wrongLength(digits);
	const after00 = afterPrefix(digits, /^00/);
	if (after00 !== undefined) return wrongLength(after00);
	return plan
		? `must be a phone number of the Default Country (${plan.name}), or one with ${EXAMPLE}`
		: RULES.noCountry;
}

/**
 * Reads a phone number as people write it. It is interpreted in every way that its digits allow. If exactly one
 * interpretation is a possible number, that is the result; if there are two, it is refused.
 *
 * - With `+`, or 00 instead: the number of digits must be possible for the calling code.
 * - Without either, with a default country: a number of this country, with or without its national prefix (such as 0),
 *   with the country's calling code, or with the country's prefix for international calls. It must be in an assigned
 *   range of the country's numbering plan, because the length alone could also fit a number without its area code.
 * - Without either, and without a default country: only if it has 11 digits or more, starts with a calling code, and is
 *   in an assigned range there. Shorter ones are numbers without a country code in most countries.
 *
 * @param country uppercase ISO code of the country to assume for numbers without a country code
 */
export function readPhone(value: string, country?: string): PhoneReading {
	const text = normalized(value);
	if (text.length > LONGEST_TEXT) return { rule: RULES.general };
	const broken = brokenRule(text);
	if (broken !== undefined) return { rule: broken };
	const hasPlus = text.includes('+');
	const digits = text.replace(/\D/g, '');
	const plan = country === undefined ? undefined : planOf(country);
	const read = () => (plan ? readInCountry(digits, plan) : readWithoutCountry(digits));
	const numbers = [...new Set(hasPlus ? asInternational(digits) : read())];
	return numbers.length === 1 ? { number: numbers[0] } : { rule: rule(digits, hasPlus, numbers, plan) };
}
