import type { INodeProperties } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';
import type { Schema } from '../../transport/contract';
import { NotSentError } from '../../transport/errors';
import { planOf } from '../../transport/numberingPlans';
import { readPhone } from '../../transport/phone';
import { isPathSegment } from '../../transport/url';

/** Where a value stands, for messages and for finding the fields of nested groups. */
export interface Place {
	/** As the user knows it, e.g. `Carousel, entry 2, Title`. */
	label: string;
	/** The form field that the value was entered in; absent inside JSON. */
	field?: INodeProperties;
	/** An empty text is a value here (it clears what was stored) instead of "not given". */
	keepEmpty?: boolean;
	/** The value becomes a segment of the path, where some texts would lead elsewhere. */
	inPath?: boolean;
	/** IANA name of the workflow's time zone, for dates without a zone; only for values that may be dates. */
	timezone?: string;
	/** ISO code of the country of phone numbers without country code, as entered; empty for none. */
	defaultCountry?: string;
}

const GIVEN_LENGTH = 60;
const NUMBER = /^\s*-?\d+(\.\d+)?\s*$/;
const ISO_DATE = /^(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** A value as JSON; of what has none, such as an object that contains itself, what it is. */
function jsonOf(value: unknown): string {
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return typeof value === 'object' ? 'an object without JSON' : String(value);
	}
}

/** A value as it is quoted in a sentence. */
function given(value: unknown): string {
	const text = typeof value === 'string' ? `"${value}"` : jsonOf(value);
	return text.length > GIVEN_LENGTH ? `${text.slice(0, GIVEN_LENGTH)}…` : text;
}

/** Refuses a value in one sentence: the field, what it may be, what was given. */
export function refuse(place: Place, rule: string, value: unknown): never {
	throw new NotSentError(`${place.label} ${rule}, but ${given(value)} was given`);
}

/** @throws NotSentError when the text is no JSON */
export function parseJson(text: string, place: Place): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return refuse(place, 'must be valid JSON', text);
	}
}

/** A number, also when it came as text; `whole` allows whole numbers only. */
export function readNumber(schema: Schema, value: unknown, place: Place, whole: boolean): number {
	const number = typeof value === 'string' && NUMBER.test(value) ? Number(value) : value;
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

/** A boolean, also when it came as text. */
export function readBoolean(value: unknown, place: Place): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	return refuse(place, 'must be true or false', value);
}

function readUrl(text: string, place: Place): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
	return refuse(place, 'must be a full URL such as https://example.com/picture.png', text);
}

/** Only ISO 8601: whatever else `Date` accepts it guesses at, and it turns February 30 into March 2. */
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
		// Refused below like everything else that is no date.
	}
	return refuse(place, 'must be a date and time such as 2026-11-21T09:30:00', value);
}

/** @throws NotSentError when there is no such country */
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

/** A text that keeps to the schema's format, choices, pattern and length; numbers count as text. */
export function readText(schema: Schema, value: unknown, place: Place): string {
	if (schema.format === 'date-time') return readDateTime(value, place);
	if (typeof value === 'object') return refuse(place, 'must be text', value);
	const text = String(value);
	if (schema.format === 'phone') return readPhoneNumber(text, place);
	if (schema.format === 'uri') return readUrl(text.trim(), place);
	if (place.inPath && !isPathSegment(text)) return refuse(place, 'must be an ID', value);
	checkChoice(schema, text, place);
	if (schema.pattern && !new RegExp(schema.pattern).test(text))
		refuse(place, `must match ${schema.pattern}`, value);
	checkLength(text, schema.maxLength, place);
	return text;
}

/** @throws NotSentError with the limit and the length, when the text is too long */
function checkLength(text: string, maxLength: number | undefined, place: Place): void {
	if (maxLength !== undefined && text.length > maxLength) {
		throw new NotSentError(
			`${place.label} can have at most ${maxLength} characters, but ${text.length} were given`,
		);
	}
}
