import fc from 'fast-check';
import type { WireAnswer } from './server';
import { controlCharacters, loneSurrogates, prototypeKeys } from './values';

/** What a response is built from: a valid body of the operation, and secrets that a server may send back. */
export interface Material {
	valid: unknown;
	secrets: string[];
	/** Another server, which no response may lead to. */
	elsewhere: string;
	here: string;
}

type Answers = (material: Material) => fc.Arbitrary<WireAnswer>;

const JSON_TYPE = { 'content-type': 'application/json' };
/** Makes the node repeat immediately; otherwise, it waits longer each time. */
const AT_ONCE = { ...JSON_TYPE, 'retry-after': '0' };

const ok = (kind: string, body: string | Buffer, headers: WireAnswer['headers'] = JSON_TYPE): WireAnswer => ({
	kind,
	status: 200,
	headers,
	body,
});

const jsonValue = fc.oneof(fc.jsonValue({ maxDepth: 3 }), prototypeKeys, loneSurrogates, controlCharacters);

/** The same JSON with other values in some places; also the whole of it. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
	const inner = Array.isArray(value)
		? fc.tuple(...value.map(mutated))
		: typeof value === 'object' && value !== null
			? fc.record(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mutated(part)])), {
					requiredKeys: [],
				})
			: fc.constant(value);
	return fc.oneof({ weight: 4, arbitrary: inner }, { weight: 1, arbitrary: jsonValue });
}

/** Other types than documented, anywhere in the response, including keys that set a prototype. */
export const wrongTypes: Answers = ({ valid }) =>
	mutated(valid).map((value) => ok('wrong types', JSON.stringify(value) ?? 'null'));

/** Records that set a prototype if they are copied one key at a time. */
const prototypes: Answers = ({ valid }) =>
	fc.constantFrom('__proto__', 'constructor', 'prototype').map((key) => {
		const text = JSON.stringify(valid).replaceAll('{', `{"${key}":{"polluted":true},`).replaceAll(',}', '}');
		return ok('prototype keys', text);
	});

/** Text that isn't JSON, is truncated, or isn't of the declared type. */
const noJson: Answers = ({ valid }) =>
	fc
		.tuple(
			fc.constantFrom(
				'',
				' ',
				'<html></html>',
				'null',
				'0',
				'"text"',
				'{',
				'[1,',
				'NaN',
				'\ufeff{}',
				JSON.stringify(valid).slice(0, -1),
			),
			fc.constantFrom('application/json', 'text/html', 'application/octet-stream', 'image/png', 'a'),
		)
		.map(([body, type]) => ok('no JSON', body, { 'content-type': type }));

/** Bytes that aren't UTF-8, or are compressed differently than declared. */
const bytes: Answers = () =>
	fc
		.tuple(fc.uint8Array({ maxLength: 50 }), fc.constantFrom('identity', 'gzip', 'br', 'deflate', 'nonsense'))
		.map(([body, encoding]) =>
			ok('broken bytes', Buffer.from(body), { ...JSON_TYPE, 'content-encoding': encoding }),
		);

/** Nesting that exhausts the stack of recursive code. */
const deep: Answers = ({ valid }) =>
	fc.tuple(fc.constantFrom(200, 6_000, 50_000), fc.boolean()).map(([depth, isWhole]) => {
		const nested = `${'['.repeat(depth)}1${']'.repeat(depth)}`;
		const record = JSON.stringify([valid].flat()[0]).replace('{', `{"deep":${nested},`);
		return ok('deep nesting', isWhole ? nested : Array.isArray(valid) ? `[${record}]` : record);
	});

/** Errors of every status, whose text repeats a secret, breaks lines, colors terminals, or is endless. */
const errors: Answers = ({ secrets }) =>
	fc
		.tuple(
			fc.constantFrom(400, 401, 403, 404, 409, 413, 418, 422, 429, 451, 500, 501, 502, 503, 504, 599),
			fc.constantFrom('description', 'error', 'reasonPhrase', 'message', '__proto__'),
			fc.oneof(
				fc.constantFrom(...secrets, ...secrets.map((secret) => `Bearer ${secret}\r\n`)),
				fc
					.tuple(fc.constantFrom(...secrets), fc.constantFrom(390, 398, 5_000))
					.map(([secret, at]) => 'x'.repeat(at) + secret),
				controlCharacters,
				fc.constantFrom<unknown>(
					'',
					'x'.repeat(1_000_000),
					' '.repeat(100_000),
					{},
					[],
					1,
					null,
					'\ud83d'.repeat(500),
				),
			),
		)
		.map(([status, field, text]) => ({
			kind: 'errors',
			status,
			headers: AT_ONCE,
			body: `{${JSON.stringify(field)}:${JSON.stringify(text)}}`,
		}));

/** Redirects: in a circle, to another port, to another name of this machine, to other schemes, to nowhere. */
const redirects: Answers = ({ elsewhere, here }) =>
	fc
		.tuple(
			fc.constantFrom(300, 301, 302, 303, 304, 307, 308),
			fc.constantFrom<string | undefined>(
				...[
					'/',
					`${here}/bots`,
					elsewhere,
					elsewhere.replace('127.0.0.1', 'localhost'),
					elsewhere.replace('http:', ''),
				],
				...[
					`http://user@${elsewhere.slice(7)}`,
					'file:///etc/hostname',
					'javascript:1',
					'http://',
					'',
					undefined,
				],
			),
		)
		.map(([status, location]) => {
			const headers: WireAnswer['headers'] = location === undefined ? {} : { location };
			return { kind: 'redirects', status, headers, body: '' };
		});

/** Connections that break, and lengths that don't match the body. */
const broken: Answers = ({ valid }) =>
	fc
		.constantFrom('reset', 'short', 'long')
		.map((how) => ({ ...ok('broken connections', JSON.stringify(valid)), how: how as 'reset' }));

const NUMBERS = [
	'-1',
	'-1e9',
	'NaN',
	'Infinity',
	'1e400',
	'1e300',
	'99999999999',
	'0',
	'',
	' ',
	'soon',
	'0x0',
	'1,2',
	'\u00e9',
];
const DATES = ['Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', 'yesterday', '2026-02-30'];

/** Limits that make no sense: negative, infinite, not numbers, several at once. */
export const limits: Answers = ({ valid }) =>
	fc
		.tuple(
			fc.constantFrom(200, 429, 503),
			fc.dictionary(
				fc.constantFrom(
					'retry-after',
					'x-ratelimit-remaining',
					'x-ratelimit-reset',
					'x-ratelimit-limit',
					'date',
				),
				fc.oneof(fc.constantFrom(...NUMBERS, ...DATES), fc.constant(['0', '-1'])),
				{ minKeys: 1, noNullPrototype: true },
			),
		)
		.map(([status, headers]) => ({
			kind: 'limits',
			status,
			headers: { 'retry-after': '0', ...JSON_TYPE, ...headers },
			body: JSON.stringify(valid),
		}));

/** A response of tens of megabytes: one text, many records, or only blanks. */
export const hugeAnswer: Answers = ({ valid }) =>
	fc.constantFrom('text', 'records', 'blanks').map((what) => {
		const record = JSON.stringify([valid].flat()[0]);
		const text = {
			text: record.replace('{', `{"text":"${'x'.repeat(30_000_000)}",`),
			records: `${`${record},`.repeat(100_000)}${record}`,
			blanks: ' '.repeat(30_000_000),
		}[what]!;
		return ok('huge', Array.isArray(valid) ? `[${text}]` : text);
	});

/** A body that arrives a byte at a time and never ends. */
export const drippingAnswer: WireAnswer = { ...ok('slow drip', ''), how: 'drip' };

/** A response of any kind except the slow ones. */
export const anyAnswer: Answers = (material) =>
	fc.oneof(
		...[wrongTypes, prototypes, noJson, bytes, errors, redirects].map((answers) => ({
			weight: 6,
			arbitrary: answers(material),
		})),
		...[deep, broken].map((answers) => ({ weight: 1, arbitrary: answers(material) })),
	);
