/**
 * Soft hyphens, joiners, direction marks, and the byte order mark, which come along when a value is copied from a chat, a
 * web page, or a spreadsheet. They are invisible and never belong to a phone number, ID, URL, or number.
 */
const INVISIBLE = /\u00ad|\u034f|\u061c|\u180e|[\u200b-\u200f\u202a-\u202e\u2060-\u206f]|\ufeff/g;

/**
 * Removes invisible characters. Not for prose: emojis may contain joiners, and Arabic or Hebrew text may need direction
 * marks.
 */
export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '');

/** A keycap emoji, such as a boxed digit, which people use as a bullet. */
const KEYCAP = /[\d#*]\ufe0f?\u20e3/g;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** From the first letter or digit to the last. */
const FROM_FIRST_TO_LAST = /[\p{L}\p{M}\p{N}](?:.*[\p{L}\p{M}\p{N}])?/su;
const APOSTROPHES = /[\u2018\u2019\u02bc`\u00b4]/g;
const BETWEEN_WORDS = /[\s\p{Pd}\u2212_]+/gu;

/**
 * Normalizes a text for comparison with a keyword or a label: removes invisible characters and surrounding quotes,
 * punctuation, and emojis, and unifies case, width, spaces, hyphens, and apostrophes. Accents stay.
 *
 * @returns '' for null and for text without visible characters; text without letters and digits, such as an emoji, stays
 *   as it is
 */
export function wordOf(text: string | null): string {
	const seen = (text ?? '').replace(KEYCAP, ' ').replace(UNSEEN, '').replace(APOSTROPHES, "'");
	const words = FROM_FIRST_TO_LAST.exec(seen)?.[0] ?? seen.trim();
	return (
		words
			.normalize('NFKC')
			// Both, because some letters share an uppercase form, and ß becomes two letters.
			.toUpperCase()
			.toLowerCase()
			// From the Turkish dotted capital I.
			.replaceAll('i\u0307', 'i')
			.replace(BETWEEN_WORDS, ' ')
	);
}

const sortKey = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * Compares English names for sorting. The first use of `Intl.Collator` or `localeCompare` would add 6 ms to the start of
 * n8n.
 */
export function compareNames(a: string, b: string): number {
	const [first, second] = [sortKey(a), sortKey(b)];
	if (first === second) return 0;
	return first < second ? -1 : 1;
}
