/**
 * How many parts a text takes as SMS, by 3GPP TS 23.038 and 23.040: 160 characters of the GSM alphabet in a single part,
 * or 153 in each of several; with any other character, 70 or 67 UTF-16 units.
 */

/** The size of a text as SMS. */
export interface SmsSize {
	encoding: 'GSM-7' | 'UCS-2';
	/** The number of parts that are sent and billed. */
	parts: number;
	/** The distinct characters that aren't in GSM-7, in the order of the text. */
	others: string[];
	/** The share of these among all characters. */
	othersShare: number;
	/** The number of parts if each of these were a GSM character. */
	partsWithout: number;
}

const BASIC =
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Each takes two septets, which are never split between parts. */
const EXTENDED = '\f^{}\\[~]|€';

/** The number of septets of each character of the GSM alphabet. */
const SEPTETS = new Map([...BASIC].map((character) => [character, 1]));
for (const character of EXTENDED) SEPTETS.set(character, 2);

/** Any other character. Only `-` needs escaping in the character class. */
const NOT_BASIC = new RegExp(`[^${BASIC.replace('-', '\\-')}]`);
/** All characters of the SMS alphabet. */
export const GSM_7 = BASIC + EXTENDED;

const SEPTETS_IN = { one: 160, several: 153 };
const UNITS_IN = { one: 70, several: 67 };

/** The number of parts for characters of these widths. No character is split between parts. */
function partsOf(widths: number[], { one, several }: typeof SEPTETS_IN): number {
	let total = 0;
	let parts = widths.length > 0 ? 1 : 0;
	let inPart = 0;
	for (const width of widths) {
		total += width;
		if (inPart + width > several) {
			parts++;
			inPart = 0;
		}
		inPart += width;
	}
	return total <= one ? Math.min(parts, 1) : parts;
}

/** Whether each character of a text takes one septet, as in most texts (the fast path). */
const isBasic = (text: string) => !NOT_BASIC.test(text);

/** Measures a text as it is written; values of attributes that the service fills in later aren't known. */
export function smsSize(text: string): SmsSize {
	if (isBasic(text)) {
		const parts = Math.ceil(
			text.length / (text.length <= SEPTETS_IN.one ? SEPTETS_IN.one : SEPTETS_IN.several),
		);
		return { encoding: 'GSM-7', parts, others: [], othersShare: 0, partsWithout: parts };
	}
	const characters = [...text];
	const foreign = characters.filter((character) => !SEPTETS.has(character));
	const others = new Set(foreign);
	const othersShare = foreign.length / Math.max(1, characters.length);
	const partsWithout = partsOf(
		characters.map((character) => SEPTETS.get(character) ?? 1),
		SEPTETS_IN,
	);
	if (others.size === 0) {
		return { encoding: 'GSM-7', parts: partsWithout, others: [], othersShare, partsWithout };
	}
	const units = characters.map(({ length }) => length);
	return {
		encoding: 'UCS-2',
		parts: partsOf(units, UNITS_IN),
		others: [...others],
		othersShare,
		partsWithout,
	};
}

const SHOWN = /[^\s\p{C}\p{M}\p{Default_Ignorable_Code_Point}]/u;

/** Names a character in a sentence: `’ (U+2019)`, or only its code if it is invisible. */
export function nameOf(character: string): string {
	const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
	return SHOWN.test(character) ? `${character} (${code})` : code;
}
