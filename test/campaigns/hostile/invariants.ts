import { Logger } from '@n8n/backend-common';
import { format } from 'node:util';
import { isPathSegment } from '../../../nodes/transport/url';
import type { NodeOutcome } from '../../support/engine';
import type { RawRequest } from '../../support/recorder';

/** A property of the package that a case broke. */
export class Broken extends Error {}

/** @throws Broken unless it holds */
export function hold(condition: boolean, invariant: string, about: unknown = ''): asserts condition {
	if (!condition) throw new Broken(`${invariant}: ${format('%o', about).slice(0, 600)}`);
}

const BUILT_IN = [
	Object,
	Array,
	Function,
	String,
	Number,
	Boolean,
	Date,
	RegExp,
	Error,
	Map,
	Set,
	Promise,
	Buffer,
];

const descriptors = () => BUILT_IN.map(({ prototype }) => Object.getOwnPropertyDescriptors(prototype));
/** Before anything of n8n or of the package was loaded. */
const AT_FIRST = descriptors();

/** The built-in prototypes are as they were at first. */
export function prototypesAreUntouched(): void {
	descriptors().forEach((now, index) => {
		const first = AT_FIRST[index] as Record<PropertyKey, PropertyDescriptor>;
		const keys = new Set([...Reflect.ownKeys(now), ...Reflect.ownKeys(first)]);
		const changed = [...keys].filter((key) => {
			const { value, get } = (now as Record<PropertyKey, PropertyDescriptor>)[key] ?? {};
			return value !== first[key]?.value || get !== first[key]?.get || !(key in first);
		});
		hold(changed.length === 0, `${BUILT_IN[index].name}.prototype is not changed`, changed);
	});
}

/** The output is only data: plain objects and arrays with unchanged prototypes. */
export function isPlainData(output: unknown): void {
	const left = [output];
	const seen = new Set<unknown>();
	while (left.length > 0) {
		const value = left.pop();
		hold(typeof value !== 'function', 'No function is in the output', value);
		if (typeof value !== 'object' || value === null || seen.has(value)) continue;
		seen.add(value);
		hold(value !== Object.prototype && value !== Array.prototype, 'No built-in prototype is in the output');
		const prototype: unknown = Object.getPrototypeOf(value);
		const own = Array.isArray(value) ? Array.prototype : Object.prototype;
		hold(prototype === own, 'No prototype of the output is changed', prototype);
		left.push(...Object.values(value));
	}
}

const MAX_MESSAGE = 1_300;
/** How JavaScript reports a bug in the code, as opposed to an invalid value. */
const INTERNAL =
	/is not a function|is not iterable|[Cc]annot (read|convert|destructure|set|mix|access)|circular structure|call stack|serialize a BigInt|Invalid time value|is not defined|\[object Object\]/;

/** An error is a sentence for people: not endless, without control characters, and not a bug in the code. */
export function isSentence(message: unknown, fromOutside = false): asserts message is string {
	hold(typeof message === 'string' && message.length > 0, 'An error has a message', message);
	hold(message.length <= MAX_MESSAGE, 'An error is no longer than people read', message.length);
	hold(!/[\p{Cc}\u2028]/u.test(message), 'An error has no control characters', JSON.stringify(message));
	hold(fromOutside || !INTERNAL.test(message), 'An error is not a mistake in the code', message);
}

/** None of the texts contains a secret. */
export function keepsSecrets(secrets: string[], ...texts: unknown[]): void {
	for (const value of texts) {
		const text = typeof value === 'string' ? value : format('%o', value);
		const found = secrets.find((secret) => text.includes(secret));
		hold(
			found === undefined,
			'No secret is shown',
			found && text.slice(Math.max(0, text.indexOf(found) - 100)),
		);
	}
}

/** The outcome of each item, by index. @throws Broken if an item has none */
export function outcomesOf({ success, failed, error }: NodeOutcome, count: number): unknown[][] {
	hold(error === undefined, 'The node goes on', error?.stack);
	const outcomes: unknown[][] = Array.from({ length: count }, () => []);
	for (const { json, pairedItem } of [...success, ...failed]) {
		const { item } = pairedItem as { item: number };
		hold(item in outcomes, 'An output belongs to an item', item);
		outcomes[item].push(json);
	}
	return outcomes;
}

const patterns = new Map<string, RegExp>();

/** Matches the paths of an endpoint, such as `DELETE /bots/{bot_id}`, with each ID as one segment. */
function patternOf(endpoint: string, base: string): RegExp {
	const key = `${base} ${endpoint}`;
	const [method, template] = endpoint.split(' ');
	const path = `${base}${template}`.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '([^/?#]+)');
	const pattern = patterns.get(key) ?? new RegExp(`^${method} ${path}(\\?[^#]*)?$`);
	patterns.set(key, pattern);
	return pattern;
}

/** The endpoint that a request is for, if it is one of these. */
export function endpointOf<E extends string>(
	{ method, url }: RawRequest,
	endpoints: readonly E[],
	base = '',
): E | undefined {
	return endpoints.find((endpoint) => patternOf(endpoint, base).test(`${method} ${url}`));
}

const HEADERS = new Set([
	...['accept', 'accept-encoding', 'authorization', 'connection', 'content-length', 'content-type', 'host'],
	...['user-agent', 'x-api-key', 'transfer-encoding'],
]);

/** A request goes to the intended path, with each ID encoded as one segment, and without an attacker's headers. */
export function isMeant(request: RawRequest, endpoints: readonly string[], base = ''): void {
	const endpoint = endpointOf(request, endpoints, base);
	hold(endpoint !== undefined, 'Only the endpoints of the operation are called', [
		request.method,
		request.url,
		endpoints,
	]);
	const [, ...ids] = patternOf(endpoint, base).exec(`${request.method} ${request.url}`)!;
	for (const id of ids.filter((part) => part && !part.startsWith('?'))) {
		const decoded = decodeURIComponent(id);
		hold(isPathSegment(decoded) && encodeURIComponent(decoded) === id, 'An ID is encoded as one segment', id);
	}
	const foreign = Object.keys(request.headers).filter((name) => !HEADERS.has(name));
	hold(foreign.length === 0, 'No header is added', foreign);
}

const LEVELS = ['error', 'warn', 'info', 'debug', 'log'] as const;

/** Records what is written to the console and to n8n's log until the end of a test file. */
export function useLogs(): string[] {
	const logs: string[] = [];
	beforeAll(() => {
		const note = (...parts: unknown[]) => void logs.push(format(...parts));
		for (const level of LEVELS) {
			jest.spyOn(console, level).mockImplementation(note);
			if (level !== 'log') jest.spyOn(Logger.prototype, level).mockImplementation(note);
		}
	});
	afterAll(() => void jest.restoreAllMocks());
	return logs;
}
