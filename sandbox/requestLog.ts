import type { IncomingHttpHeaders } from 'node:http';

/** A request the sandbox received. */
export interface RecordedRequest {
	/** Time of arrival, milliseconds since 1970. */
	at: number;
	method: string;
	/** URL path with the query string. */
	path: string;
	/** Null while it is being processed, and permanently if the connection was reset instead of getting a response. */
	status: number | null;
	/** Parsed JSON with credentials replaced by `redacted`, otherwise the text; null without a body. */
	body: unknown;
	/** Credentials are replaced by `redacted`. */
	headers: IncomingHttpHeaders;
}

const MAX_REQUESTS = 10_000;
const CREDENTIAL_HEADERS = ['authorization', 'x-api-key', 'cookie'];
const CREDENTIAL_FIELDS = ['password', 'refresh_token', 'secret'];

/** The last 10,000 requests, in the order of arrival. */
export class RequestLog {
	private entries: RecordedRequest[] = [];

	/** @param now milliseconds since 1970 */
	constructor(private readonly now: () => number) {}

	/** Returns the entry, so that the status can be filled in with the response. */
	add(method: string, path: string, headers: IncomingHttpHeaders, body: string): RecordedRequest {
		const entry: RecordedRequest = {
			at: this.now(),
			method,
			path,
			status: null,
			body: readable(body),
			headers: redact(headers),
		};
		this.entries.push(entry);
		if (this.entries.length > MAX_REQUESTS) this.entries.shift();
		return entry;
	}

	list(): RecordedRequest[] {
		return [...this.entries];
	}

	clear(): void {
		this.entries = [];
	}
}

function redact(headers: IncomingHttpHeaders): IncomingHttpHeaders {
	const redacted = { ...headers };
	for (const name of CREDENTIAL_HEADERS) if (redacted[name] !== undefined) redacted[name] = 'redacted';
	return redacted;
}

function readable(body: string): unknown {
	if (body === '') return null;
	try {
		return JSON.parse(body, (name, value) => (CREDENTIAL_FIELDS.includes(name) ? 'redacted' : value));
	} catch {
		return body;
	}
}
