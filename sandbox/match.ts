import { z } from 'zod';

/** Selects requests; default: all. */
export const matchSchema = z
	.object({
		method: z.string().optional(),
		/** Substring, or source of a regular expression, of the URL path after the API's prefix. */
		path: z.string().refine(isRegularExpression, 'is not a regular expression').optional(),
	})
	.strict()
	.optional();

/** @param path URL path after the API's prefix, without the query */
export function matches(match: z.output<typeof matchSchema>, method: string, path: string): boolean {
	if (match?.method !== undefined && match.method.toUpperCase() !== method) return false;
	return match?.path === undefined || path.includes(match.path) || new RegExp(match.path).test(path);
}

function isRegularExpression(source: string): boolean {
	try {
		new RegExp(source);
		return true;
	} catch {
		return false;
	}
}
