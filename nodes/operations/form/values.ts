import { withoutInvisible } from '../../transport/text';

/** A visible character: not a blank, a control or format character such as a zero-width space, or a blank symbol. */
const SHOWN = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether nothing was given: an untouched field, an empty cell, or an expression without a result. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && !SHOWN.test(value));
}

const TRUE = new Set(['true', 'yes', '1']);
const FALSE = new Set(['false', 'no', '0']);

/**
 * A boolean as people have it in their data: `TRUE` or `yes` in spreadsheets, 1 in databases; undefined for anything
 * else.
 */
export function booleanOf(value: unknown): boolean | undefined {
	const isScalar = ['boolean', 'number', 'string'].includes(typeof value);
	const word = isScalar ? withoutInvisible(String(value)).trim().toLowerCase() : '';
	if (TRUE.has(word)) return true;
	return FALSE.has(word) ? false : undefined;
}

/** Whether an option is turned on. */
export const isOn = (option: unknown) => booleanOf(option) === true;
