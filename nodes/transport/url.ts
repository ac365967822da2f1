import { NotSentError } from './errors';

/** The parts of a request as they are sent, after the compiler has checked them. */
export interface WireRequest {
	path?: Record<string, unknown>;
	query?: Record<string, unknown>;
	body?: unknown;
}

/**
 * Whether a text can be a path segment. URL parsers resolve `.` and `..` even if they are encoded, and a lone surrogate
 * has no encoding.
 */
export function isPathSegment(text: string): boolean {
	return !['', '.', '..'].includes(text) && !/\p{Surrogate}/u.test(text);
}

/**
 * Encodes a path segment, so that a value can never change which path is requested.
 *
 * @throws NotSentError if it can't be a path segment
 */
export function encodePathSegment(value: unknown): string {
	const text = String(value ?? '');
	if (!isPathSegment(text)) throw new NotSentError(`"${text}" cannot be used as an ID`);
	return encodeURIComponent(text);
}

/** A base URL without surrounding blanks and trailing slashes. */
export const trimmedUrl = (url: string) => url.trim().replace(/\/+$/, '');

/**
 * The URL of a request: base URL, path with its placeholders filled in, and query.
 *
 * @param baseUrl as the credential holds it, with or without a slash at the end
 * @param pathTemplate as in the contract, such as `/channels/{channel_id}`
 * @throws NotSentError if the base URL isn't a web address, or a placeholder has no valid value
 */
export function buildUrl(
	baseUrl: string,
	pathTemplate: string,
	{ path = {}, query = {} }: WireRequest,
): string {
	const base = trimmedUrl(baseUrl);
	// After a ? or #, the path would become part of the query or fragment.
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
