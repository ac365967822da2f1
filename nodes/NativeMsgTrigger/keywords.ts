import { wordOf } from '../transport/text';

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
