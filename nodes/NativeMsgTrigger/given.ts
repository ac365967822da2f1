import { isBlank } from '../operations/form/values';
import { textOf } from '../transport/json';

/** A tag of a bot that nothing was filled in for, such as `{nm:payload}`. */
const UNFILLED_TAG = /\{nm:[^{}]*\}/gi;
/** What templates write where there is nothing. */
const WORDS_FOR_NOTHING = new Set(['null', 'undefined']);

/**
 * A field of an event as text; null when nothing was given. Bots and services fill in something where there is nothing:
 * an empty text, blanks, the word null, or the tag itself. A person who really writes one of these still starts the
 * workflow, which finds the words under `raw`.
 */
export function given(value: unknown): string | null {
	const text = textOf(value);
	if (text === null) return null;
	const rest = text.replace(UNFILLED_TAG, '');
	return isBlank(rest) || WORDS_FOR_NOTHING.has(rest.trim().toLowerCase()) ? null : text;
}
