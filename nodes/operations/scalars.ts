import type { INodeProperties } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';
import type { Schema } from '../transport/contract';
import { NotSentError } from '../transport/errors';

/** Where a value stands, for messages and for finding the fields of nested groups. */
export interface Place {
	/** As the user knows it, e.g. `Carousel, entry 2, Title`. */
	label: string;
	/** The form field that the value was entered in; absent inside JSON. */
	field?: INodeProperties;
	/** An empty text is a value here (it clears what was stored) instead of "not given". */
	keepEmpty?: boolean;
	/** IANA name of the workflow's time zone, for dates without a zone. */
	timezone: string;
}

const GIVEN_LENGTH = 60;
const PHONE = /^\+?[0-9]{7,15}$/;
const PHONE_SEPARATORS = /[\s().\-/\u00a0\u2010-\u2015]/g;

/** A value as it is quoted in a sentence. */
function given(value: unknown): string {
	const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value));
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
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
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

function readDateTime(value: unknown, place: Place): string {
	try {
		return tryToParseDateTime(value, place.timezone).toUTC().toISO()!;
	} catch {
		return refuse(place, 'must be a date and time such as 2026-11-21T09:30:00', value);
	}
}

function readPhone(text: string, place: Place): string {
	const digits = text.replace(PHONE_SEPARATORS, '');
	if (PHONE.test(digits)) return digits;
	return refuse(
		place,
		'must be a phone number with country code and 7 to 15 digits such as +12015550123',
		text,
	);
}

/** A text that keeps to the schema's format, choices, pattern and length; numbers count as text. */
export function readText(schema: Schema, value: unknown, place: Place): string {
	if (schema.format === 'date-time') return readDateTime(value, place);
	if (typeof value === 'object') return refuse(place, 'must be text', value);
	const text = String(value);
	if (schema.format === 'phone') return readPhone(text, place);
	if (schema.format === 'uri') return readUrl(text.trim(), place);
	checkChoice(schema, text, place);
	if (schema.pattern && !new RegExp(schema.pattern).test(text))
		refuse(place, `must match ${schema.pattern}`, value);
	checkLength(text, schema.maxLength, place);
	return text;
}

/** @throws NotSentError with the limit and the length, when the text is too long */
export function checkLength(text: string, maxLength: number | undefined, place: Place): void {
	if (maxLength !== undefined && text.length > maxLength) {
		throw new NotSentError(
			`${place.label} can have at most ${maxLength} characters, but ${text.length} were given`,
		);
	}
}
