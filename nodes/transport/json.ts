/** A JSON object: neither a list nor null. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is a JSON object: neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is missing, which JSON expresses as null. */
export function isAbsent(value: unknown): value is undefined | null {
	return value === undefined || value === null;
}

/** A text, or a number as text; null for anything else. */
export function textOf(value: unknown): string | null {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
