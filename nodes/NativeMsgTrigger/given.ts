import { isBlank } from '../operations/form/values';
import { textOf } from '../transport/json';

/** A bot's tag without a value, such as `{nm:payload}`. */
const UNFILLED_TAG = /\{nm:[^{}]*\}/gi;
/** What templates write for missing values. */
const WORDS_FOR_NOTHING = new Set(['null', 'undefined']);

/**
 * A field of an event as text; null if nothing was given. For missing values, bots and services send an empty text,
 * blanks, the word null, or the tag itself. A person who really writes one of these still starts the workflow, which
 * finds the text under `raw`.
 */
export function given(value: unknown): string | null {
	const text = textOf(value);
	if (text === null) return null;
	const rest = text.replace(UNFILLED_TAG, '');
	return isBlank(rest) || WORDS_FOR_NOTHING.has(rest.trim().toLowerCase()) ? null : text;
}
