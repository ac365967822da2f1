import { isObject, textOf } from './json';

/** What a service says about an error; undefined where nothing was found. */
export interface ServiceWords {
	text?: string;
	/** Its own error code, such as `INVALID_NUMBER`; may be just the HTTP status. */
	code?: string;
}

/** Fields with error texts, most informative first. */
const TEXT_FIELDS = [
	...['description', 'message', 'error', 'detail', 'title', 'error_message', 'errors', 'reasonPhrase'],
];
const CODE_FIELDS = ['code', 'error_code', 'errorCode'];
/** Longer plain text isn't a sentence for a user. */
const MAX_PLAIN_TEXT = 300;
const MAX_CODE = 60;
/** How many of several errors are quoted, and how deep in a body they are searched for. */
const MAX_ERRORS = 3;
const MAX_DEPTH = 4;

/** Whether a text is a web page. */
export function isHtml(text: string): boolean {
	return /^\s*<(!doctype|!--|\?xml|html|head|body|[a-z][a-z0-9]*[\s>])/i.test(text);
}

function joined(texts: Array<string | undefined>): string | undefined {
	const found = texts.filter((text) => text !== undefined);
	return found.length > 0 ? found.slice(0, MAX_ERRORS).join('; ') : undefined;
}

/** `phone: is not valid`. */
function aboutField(field: unknown, text: string | undefined): string | undefined {
	const name = textOf(field);
	return text !== undefined && name !== null ? `${name}: ${text}` : text;
}

function textIn(value: unknown, depth = 0): string | undefined {
	if (typeof value === 'string') return value.trim() === '' ? undefined : value;
	if (depth > MAX_DEPTH) return undefined;
	if (Array.isArray(value)) return joined(value.map((part) => textIn(part, depth + 1)));
	if (!isObject(value)) return undefined;
	for (const name of TEXT_FIELDS) {
		const text = name === 'errors' ? errorsIn(value.errors, depth + 1) : textIn(value[name], depth + 1);
		if (text !== undefined) return text;
	}
	return undefined;
}

/** From a list of texts, a list of objects with field and message, or an object by field. */
function errorsIn(errors: unknown, depth: number): string | undefined {
	if (Array.isArray(errors)) {
		return joined(
			errors.map((error) => aboutField(isObject(error) ? error.field : undefined, textIn(error, depth))),
		);
	}
	if (!isObject(errors)) return textIn(errors, depth);
	return joined(Object.entries(errors).map(([field, error]) => aboutField(field, textIn(error, depth))));
}

function codeIn(body: unknown, depth = 0): string | undefined {
	if (depth > MAX_DEPTH) return undefined;
	if (Array.isArray(body)) return codeIn(body[0], depth + 1);
	if (!isObject(body)) return undefined;
	const own = CODE_FIELDS.map((name) => textOf(body[name])).find((code) => code !== null && code !== '');
	if (own) return own.length <= MAX_CODE ? own : undefined;
	return codeIn(isObject(body.error) ? body.error : body.errors, depth + 1);
}

/** From a body that isn't JSON: the title of a web page, or a short sentence. */
function plainWords(body: string): string | undefined {
	if (isHtml(body)) {
		const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1].trim();
		return title === '' ? undefined : title;
	}
	const text = body.trim();
	// A truncated JSON body isn't a sentence.
	const isSentence = text !== '' && text.length <= MAX_PLAIN_TEXT && !/^[{["<]/.test(text);
	return isSentence ? text : undefined;
}

/** Finds the service's own words in a response body of any shape. They aren't masked or truncated yet. */
export function serviceWords(body: unknown): ServiceWords {
	if (typeof body === 'string') return { text: plainWords(body) };
	return { text: textIn(body), code: codeIn(body) };
}
