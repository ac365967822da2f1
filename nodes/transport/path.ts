/**
 * Encodes one path segment so that a value can never change which path is called.
 *
 * @param value an id or phone number as it came from the form
 * @throws RangeError for an empty value and for `.` and `..`, which URL parsers resolve even when encoded
 */
export function encodePathSegment(value: string | number): string {
	const text = String(value);
	if (text === '' || text === '.' || text === '..') {
		throw new RangeError(`"${text}" cannot be used as an ID`);
	}
	return encodeURIComponent(text);
}

/**
 * Fills the placeholders of a path template of the contract, e.g. `/channels/{channel_id}`.
 *
 * @throws RangeError when a placeholder has no value or one that cannot be a path segment
 */
export function fillPath(template: string, parameters: Record<string, unknown> = {}): string {
	return template.replace(/\{([^}]+)\}/g, (_placeholder, name: string) =>
		encodePathSegment((parameters[name] ?? '') as string | number),
	);
}
