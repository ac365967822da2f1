/** What carriers and the law give a meaning to. */
export type Keyword = 'STOP' | 'HELP' | 'START';

/** Words that a user of the node adds, read by `wordOf`. */
export interface OwnWords {
	optOut: string[];
	optIn: string[];
}

/**
 * The words that count, as `wordOf` reads them. STOP: first those of the FCC's rule on revoking consent, 47 CFR
 * 64.1200(a)(10), effective April 11, 2025; then those that Twilio (STOPALL, OPTOUT) and Telnyx (STOP ALL) take for it by
 * default. HELP and START: Twilio's defaults, and the opposite of UNSUBSCRIBE.
 */
const WORDS: Record<Keyword, readonly string[]> = {
	STOP: [
		...['stop', 'quit', 'end', 'revoke', 'opt out', 'cancel', 'unsubscribe'],
		...['stopall', 'optout', 'stop all'],
	],
	HELP: ['help', 'info'],
	START: ['start', 'unstop', 'subscribe'],
};
/** Twilio's default for START, too, but also the reply to many a question: it counts from contacts who are opted out. */
const OPT_IN_WHEN_OPTED_OUT = 'yes';

/** A digit in a box, which people use as a bullet. */
const KEYCAP = /[\d#*]\ufe0f?\u20e3/g;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** From the first letter or digit to the last. */
const FROM_FIRST_TO_LAST = /[\p{L}\p{M}\p{N}](?:.*[\p{L}\p{M}\p{N}])?/su;
const APOSTROPHES = /[\u2018\u2019\u02bc`\u00b4]/g;
const BETWEEN_WORDS = /[\s\p{Pd}\u2212_]+/gu;

/**
 * A text as it is compared with a keyword: without quotes, punctuation, emoji and the like around it and without invisible
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

/**
 * The keyword that a contact sent, if a text is such a word and nothing else. STOP goes first: a button that says one
 * thing and sends another must not keep anybody subscribed.
 *
 * @param texts what was written, and what a button sends along
 * @param isOptedOut whether the event says that the contact is not subscribed
 */
export function keywordIn(texts: Array<string | null>, own: OwnWords, isOptedOut: boolean): Keyword | null {
	const words = texts.map(wordOf);
	const isOneOf = (...lists: Array<readonly string[]>) => words.some((word) => lists.flat().includes(word));
	if (isOneOf(WORDS.STOP, own.optOut)) return 'STOP';
	if (isOneOf(WORDS.START, own.optIn, isOptedOut ? [OPT_IN_WHEN_OPTED_OUT] : [])) return 'START';
	return isOneOf(WORDS.HELP) ? 'HELP' : null;
}
