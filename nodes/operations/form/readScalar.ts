import type { INodeProperties } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';
import type { Schema } from '../../transport/contract';
import { NotSentError } from '../../transport/errors';
import { planOf } from '../../transport/numberingPlans';
import { readPhone } from '../../transport/phone';
import { withoutInvisible } from '../../transport/text';
import { isPathSegment } from '../../transport/url';
import { booleanOf } from './values';

/** Where a value is, for error messages and for finding the fields of nested groups. */
export interface Place {
	/** As shown to the user, such as `Carousel, entry 2, Title`. */
	label: string;
	/** The form field that holds the value; absent inside JSON. */
	field?: INodeProperties;
	/** Whether an empty text is a value (it clears what was stored) instead of "not given". */
	keepEmpty?: boolean;
	/** Whether the value becomes a path segment, where some texts would change the path. */
	inPath?: boolean;
	/** Whether the value is an ID, so surrounding blanks and invisible characters are removed. */
	isId?: boolean;
	/** IANA name of the workflow's time zone, for dates without a zone. Only needed for values that may be dates. */
	timezone?: string;
	/** ISO code of the country to assume for phone numbers without a country code, as entered; empty for none. */
	defaultCountry?: string;
}

const GIVEN_LENGTH = 60;
const NUMBER = /^\s*-?\d+(\.\d+)?\s*$/;
const ISO_DATE = /^(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** A value as JSON, or a description of it if it has none, such as an object that contains itself. */
function jsonOf(value: unknown): string {
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return typeof value === 'object' ? 'an object without JSON' : String(value);
	}
}

/** A value as an error message quotes it. */
function given(value: unknown): string {
	const text = typeof value === 'string' ? `"${value}"` : jsonOf(value);
	return text.length > GIVEN_LENGTH ? `${text.slice(0, GIVEN_LENGTH)}…` : text;
}

/** Refuses a value in one sentence: the field, the rule, and what was given. */
export function refuse(place: Place, rule: string, value: unknown): never {
	throw new NotSentError(`${place.label} ${rule}, but ${given(value)} was given`);
}

/** A code fence as language models put it around JSON; captures the lines inside. */
const FENCED = /^```[^\n]*(\n[^]*)```$/;

/** Removes what people paste along with JSON: blanks, a byte order mark (which `trim` removes too), or a code fence. */
function bareJson(text: string): string {
	const bare = text.trim();
	return FENCED.exec(bare)?.[1] ?? bare;
}

/** Where the JSON is invalid, with the text at that point. */
function faultOf(json: string, { message }: Error): string {
	const position = /at position (\d+)/.exec(message)?.[1];
	// For a short text, the engine quotes the fault but gives no position.
	if (position === undefined) return message.replace(/ is not valid JSON$/, '');
	const before = json.slice(0, Number(position)).split('\n');
	const there = json.slice(Number(position), Number(position) + 20).split('\n')[0];
	return `line ${before.length}, character ${before.at(-1)!.length + 1}${there ? `, at ${there}` : ', where it ends'}`;
}

/** @throws NotSentError if the text isn't JSON */
export function parseJson(text: string, place: Place): unknown {
	const json = bareJson(text);
	let fault: string;
	try {
		return JSON.parse(json);
	} catch (error) {
		fault = faultOf(json, error as Error);
	}
	throw new NotSentError(
		`${place.label} must be valid JSON, but ${given(text)} was given (${fault})`,
		'Nothing was sent for this item. Correct the JSON. Insert a value from the input as {{ JSON.stringify($json.name) }}, without quotes around it: then quotes and line breaks in it do no harm.',
	);
}

/** A number, also from text; `whole` allows whole numbers only. */
export function readNumber(schema: Schema, value: unknown, place: Place, whole: boolean): number {
	const text = typeof value === 'string' ? withoutInvisible(value) : '';
	const number = NUMBER.test(text) ? Number(text) : value;
	if (typeof number !== 'number' || !Number.isFinite(number) || (whole && !Number.isSafeInteger(number))) {
		return refuse(place, `must be a ${whole ? 'whole ' : ''}number`, value);
	}
	if (number < (schema.minimum ?? -Infinity))
		return refuse(place, `must be at least ${schema.minimum}`, value);
	if (number > (schema.maximum ?? Infinity)) return refuse(place, `can be at most ${schema.maximum}`, value);
	checkChoice(schema, number, place);
	return number;
}

function checkChoice({ enum: choices }: Schema, value: string | number, place: Place): void {
	if (choices && !choices.includes(value)) refuse(place, `must be one of ${choices.join(', ')}`, value);
}

/** A boolean, also from text. */
export function readBoolean(value: unknown, place: Place): boolean {
	return booleanOf(value) ?? refuse(place, 'must be true or false', value);
}

/** An attribute in braces, which nativeMsg fills in, may hold the whole URL or its beginning. */
const STARTS_WITH_ATTRIBUTE = /^\{[^{}\s]+\}/;
const WEB_ADDRESS = /^https?:\/\/[^\s/]/i;
/** A second URL; after `/`, `=`, or `:` it is part of the first. */
const ANOTHER_ADDRESS = /[\s,;|\w]https?:\/\//i;

function readUrl(text: string, place: Place, attributes = false): string {
	const isAddress = WEB_ADDRESS.test(text) && URL.canParse(text);
	if (attributes && STARTS_WITH_ATTRIBUTE.test(text)) return text;
	if (!isAddress || /[\n\r\t]/.test(text)) {
		return refuse(place, 'must be a full URL such as https://example.com/picture.png', text);
	}
	if (ANOTHER_ADDRESS.test(text)) return refuse(place, 'must be one URL', text);
	return text.replace(/\s/g, encodeURIComponent);
}

/** ISO 8601 only: `Date` guesses at other formats, and turns February 30 into March 2. */
function isIsoDate(text: string): boolean {
	const date = ISO_DATE.exec(text)?.[1];
	const midnight = new Date(`${date}T00:00:00Z`);
	return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date!);
}

function readDateTime(value: unknown, place: Place): string {
	const isDate = typeof value === 'object' || (typeof value === 'string' && isIsoDate(value.trim()));
	try {
		if (isDate) return tryToParseDateTime(value, place.timezone).toUTC().toISO()!;
	} catch {
		// Refused below like anything else that isn't a date.
	}
	return refuse(place, 'must be a date and time such as 2026-11-21T09:30:00', value);
}

/** @throws NotSentError if there is no such country */
function countryOf({ defaultCountry }: Place): string | undefined {
	if (typeof defaultCountry !== 'string') return undefined;
	const country = defaultCountry.trim().toUpperCase();
	if (country === '') return undefined;
	if (planOf(country)) return country;
	return refuse(
		{ label: 'Default Country' },
		'must be the ISO code of a country, such as GB',
		defaultCountry,
	);
}

/** A phone number in E.164. */
function readPhoneNumber(text: string, place: Place): string {
	const { number, rule } = readPhone(text, countryOf(place));
	return number ?? refuse(place, rule!, text);
}

/** A text that matches the schema's format, choices, pattern, and length; numbers count as text. */
export function readText(schema: Schema, value: unknown, place: Place): string {
	if (schema.format === 'date-time') return readDateTime(value, place);
	if (typeof value === 'object') return refuse(place, 'must be text', value);
	const text = place.isId ? withoutInvisible(String(value)).trim() : String(value);
	if (schema.format === 'phone') return readPhoneNumber(text, place);
	if (schema.format === 'uri' || schema.format === 'link') {
		return readUrl(withoutInvisible(text).trim(), place, schema.format === 'link');
	}
	if (place.inPath && !isPathSegment(text)) return refuse(place, 'must be an ID', value);
	checkChoice(schema, text, place);
	if (schema.pattern && !new RegExp(schema.pattern).test(text))
		refuse(place, `must match ${schema.pattern}`, value);
	checkLength(text, schema.maxLength, place);
	return text;
}

/** @throws NotSentError with the limit and the length if the text is too long */
function checkLength(text: string, maxLength: number | undefined, place: Place): void {
	if (maxLength !== undefined && text.length > maxLength) {
		throw new NotSentError(
			`${place.label} can have at most ${maxLength} characters, but ${text.length} were given`,
		);
	}
}
