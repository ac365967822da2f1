/** Events of both services have three levels. */
const MAX_DEPTH = 100;
/** A text or a number in valid JSON; each is taken whole, so that the time is that of its length. */
const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
/** So many digits may be more than a number of JavaScript holds. */
const LONG = /\d{16}/;

/** How a body is written. */
export type BodyFormat = 'json' | 'form';

function isDeeper(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}

/** Whole numbers that JavaScript would round become texts: two IDs must not become one. */
function withAllDigits(json: string): string {
	const keep = (token: string) =>
		/^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
	return LONG.test(json) ? json.replace(TEXT_OR_NUMBER, keep) : json;
}

/** The JSON of a body as JavaScript reads it; undefined if it is none, or nested deeper than the stack may bear. */
export function parseJson(body: Buffer): unknown {
	try {
		const value: unknown = JSON.parse(body.toString('utf8').replace(/^\ufeff/, ''));
		return isDeeper(value, MAX_DEPTH) ? undefined : value;
	} catch {
		return undefined;
	}
}

/**
 * What a body says, with all digits of its IDs: numbers above 2^53 are texts. Of a form all fields are texts.
 *
 * @returns undefined when it is not what its format says
 */
export function readBody(body: Buffer, format: BodyFormat): unknown {
	if (format === 'form') return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
	if (parseJson(body) === undefined) return undefined;
	return parseJson(Buffer.from(withAllDigits(body.toString('utf8'))));
}
