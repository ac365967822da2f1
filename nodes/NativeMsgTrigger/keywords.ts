import { wordOf } from '../transport/text';

/** Keywords with a meaning to carriers and the law. */
export type Keyword = 'STOP' | 'HELP' | 'START';

/** Words that the user adds, normalized by `wordOf`. */
export interface OwnWords {
	optOut: string[];
	optIn: string[];
}

/**
 * The words for each keyword, normalized by `wordOf`. STOP: first those of the FCC's rule on revoking consent, 47 CFR
 * 64.1200(a)(10), effective April 11, 2025; then the defaults of Twilio (STOPALL, OPTOUT) and Telnyx (STOP ALL). HELP and
 * START: Twilio's defaults, and the opposite of UNSUBSCRIBE.
 */
const WORDS: Record<Keyword, readonly string[]> = {
	STOP: [
		...['stop', 'quit', 'end', 'revoke', 'opt out', 'cancel', 'unsubscribe'],
		...['stopall', 'optout', 'stop all'],
	],
	HELP: ['help', 'info'],
	START: ['start', 'unstop', 'subscribe'],
};
/**
 * Also one of Twilio's defaults for START, but people reply to questions with it too, so it counts only from contacts who
 * have opted out.
 */
const OPT_IN_WHEN_OPTED_OUT = 'yes';

/**
 * The keyword that a contact sent, if a text is such a word and nothing else. STOP takes precedence: a button whose label
 * and payload differ must not keep anyone subscribed.
 *
 * @param texts the text, and the payload of a button
 * @param isOptedOut whether the event says that the contact isn't subscribed
 */
export function keywordIn(texts: Array<string | null>, own: OwnWords, isOptedOut: boolean): Keyword | null {
	const words = texts.map(wordOf);
	const isOneOf = (...lists: Array<readonly string[]>) => words.some((word) => lists.flat().includes(word));
	if (isOneOf(WORDS.STOP, own.optOut)) return 'STOP';
	if (isOneOf(WORDS.START, own.optIn, isOptedOut ? [OPT_IN_WHEN_OPTED_OUT] : [])) return 'START';
	return isOneOf(WORDS.HELP) ? 'HELP' : null;
}
