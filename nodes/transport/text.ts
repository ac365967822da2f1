/**
 * Soft hyphen, joiners, marks of the writing direction, and the byte order mark: what comes along when a value is copied
 * from a chat, a web page or a spreadsheet. Nobody sees them, and no phone number, ID, address or number has them.
 */
const INVISIBLE = /\u00ad|\u034f|\u061c|\u180e|[\u200b-\u200f\u202a-\u202e\u2060-\u206f]|\ufeff/g;

/**
 * A value without the marks that nobody sees. Only for what is no prose: an emoji may be held together by a joiner, and
 * Arabic or Hebrew text may need its marks.
 */
export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '');

/** A digit in a box, which people use as a bullet. */
const KEYCAP = /[\d#*]\ufe0f?\u20e3/g;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** From the first letter or digit to the last. */
const FROM_FIRST_TO_LAST = /[\p{L}\p{M}\p{N}](?:.*[\p{L}\p{M}\p{N}])?/su;
const APOSTROPHES = /[\u2018\u2019\u02bc`\u00b4]/g;
const BETWEEN_WORDS = /[\s\p{Pd}\u2212_]+/gu;

/**
 * A text as it is compared with a keyword or a label: without quotes, punctuation, emoji and the like around it and without invisible
 * marks, in one case, one width and one kind of spaces, hyphens and apostrophes. Accents stay.
 *
 * @returns '' for null and for what shows nothing; what has neither letters nor digits, such as an emoji, stays as it is
 */
export function wordOf(text: string | null): string {
	const seen = (text ?? '').replace(KEYCAP, ' ').replace(UNSEEN, '').replace(APOSTROPHES, "'");
	const words = FROM_FIRST_TO_LAST.exec(seen)?.[0] ?? seen.trim();
	return (
		words
			.normalize('NFKC')
			// Both, because some letters have one capital in common, and ß has two.
			.toUpperCase()
			.toLowerCase()
			// The dotted capital I of Turkish.
			.replaceAll('i\u0307', 'i')
			.replace(BETWEEN_WORDS, ' ')
	);
}

const sortKey = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Compares English names as lists sort them. The first use of what JavaScript has for this costs each start of n8n 6 ms. */
export function compareNames(a: string, b: string): number {
	const [first, second] = [sortKey(a), sortKey(b)];
	if (first === second) return 0;
	return first < second ? -1 : 1;
}
