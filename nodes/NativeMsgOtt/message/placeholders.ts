import { isBlank } from '../../operations/form/values';

const PLACEHOLDER = /\{\{\s*([^\s{}]+)\s*\}\}/g;

function placeholdersOf(text: string): string[] {
	return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name))];
}

/** `1 placeholder`, `2 placeholders`. */
function counted(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** The name of the first variable without a value, which would leave a gap in the text; undefined if there is none. */
export function emptyVariable(values: Record<string, unknown>): string | undefined {
	return Object.keys(values).find((name) => isBlank(values[name]));
}

/**
 * Says in one sentence why values don't fit the text of a template; undefined if they do.
 *
 * @param text with `{{1}}`, `{{2}}`, … for an ordered list or `{{name}}` for named variables
 */
export function misfit(text: string, values: unknown[] | Record<string, unknown>): string | undefined {
	const wanted = placeholdersOf(text);
	if (Array.isArray(values)) {
		const count = Math.max(0, ...wanted.map(Number).filter(Number.isInteger), wanted.length);
		if (values.length === count) return undefined;
		return `Template Text has ${counted(count, 'placeholder')}, but ${counted(values.length, 'parameter')} ${values.length === 1 ? 'was' : 'were'} given`;
	}
	const given = Object.keys(values);
	const missing = wanted.find((name) => !given.includes(name));
	if (missing !== undefined)
		return `Template Text has the placeholder {{${missing}}}, but no variable of that name was given`;
	const unused = given.find((name) => !wanted.includes(name));
	return unused === undefined ? undefined : `Template Text has no placeholder for the variable "${unused}"`;
}
