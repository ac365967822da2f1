import { NotSentError } from './errors';

/** The parts of a request as they go onto the wire, after the compiler has checked them. */
export interface WireRequest {
	path?: Record<string, unknown>;
	query?: Record<string, unknown>;
	body?: unknown;
}

/**
 * Whether a text can stand in a path as one segment. URL parsers resolve `.` and `..` even when they are encoded, and a
 * lone half of a surrogate pair has no encoding.
 */
export function isPathSegment(text: string): boolean {
	return !['', '.', '..'].includes(text) && !/\p{Surrogate}/u.test(text);
}

/**
 * Encodes one path segment so that a value can never change which path is called.
 *
 * @throws NotSentError when it cannot be a segment
 */
export function encodePathSegment(value: unknown): string {
	const text = String(value ?? '');
	if (!isPathSegment(text)) throw new NotSentError(`"${text}" cannot be used as an ID`);
	return encodeURIComponent(text);
}

/** A base URL without the blanks around it and the slashes at its end that people paste. */
export const trimmedUrl = (url: string) => url.trim().replace(/\/+$/, '');

/**
 * The address of a call: base URL, path with its placeholders filled in, and query.
 *
 * @param baseUrl as the credential holds it, with or without a slash at the end
 * @param pathTemplate as in the contract, e.g. `/channels/{channel_id}`
 * @throws NotSentError when the base URL is no web address, or a placeholder has no value that can be a path segment
 */
export function buildUrl(
	baseUrl: string,
	pathTemplate: string,
	{ path = {}, query = {} }: WireRequest,
): string {
	const base = trimmedUrl(baseUrl);
	// Behind a ? or # the path of the call would be part of that.
	if (!/^https?:\/\/[^?#]+$/i.test(base) || !URL.canParse(base)) {
		throw new NotSentError(
			"The Base URL in the credential isn't a valid URL",
			'Open the credential and enter a URL such as https://api.nativemsg.com/v1',
		);
	}
	const filled = pathTemplate.replace(/\{([^}]+)\}/g, (_match, name: string) =>
		encodePathSegment(path[name]),
	);
	const url = new URL(base + filled);
	for (const [name, value] of Object.entries(query)) {
		if (value !== undefined) url.searchParams.set(name, String(value));
	}
	return url.href;
}
