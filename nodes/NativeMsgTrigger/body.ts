/** Events of both services are three levels deep. */
const MAX_DEPTH = 100;
/** A text or a number in valid JSON; matched as a whole, so that the time is linear in its length. */
const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
/** This many digits may exceed a JavaScript number. */
const LONG = /\d{16}/;

/** The encoding of a body. */
export type BodyFormat = 'json' | 'form';

function isDeeper(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}

/** Converts integers that JavaScript would round to texts, because two IDs must not become one. */
function withAllDigits(json: string): string {
	const keep = (token: string) =>
		/^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
	return LONG.test(json) ? json.replace(TEXT_OR_NUMBER, keep) : json;
}

/** The JSON of a body as JavaScript parses it; undefined if it isn't JSON, or is nested too deep for the stack. */
export function parseJson(body: Buffer): unknown {
	try {
		const value: unknown = JSON.parse(body.toString('utf8').replace(/^\ufeff/, ''));
		return isDeeper(value, MAX_DEPTH) ? undefined : value;
	} catch {
		return undefined;
	}
}

/**
 * The content of a body, with all digits of its IDs: integers above 2^53 become texts. All fields of a form are texts.
 *
 * @returns undefined if it isn't in that format
 */
export function readBody(body: Buffer, format: BodyFormat): unknown {
	if (format === 'form') return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
	if (parseJson(body) === undefined) return undefined;
	return parseJson(Buffer.from(withAllDigits(body.toString('utf8'))));
}
