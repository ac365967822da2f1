import { checkedBody, headerOf, isSuccess } from '../../nodes/transport/answer';
import type { CallContract } from '../../nodes/transport/contract';

const answer = (body: unknown, headers = {}) => ({ statusCode: 200, headers, body });
const checked = (body: unknown, kind: CallContract['answer'], method = 'GET') =>
	checkedBody(answer(body), method, { service: 'nativeMsg', answer: kind, idempotent: true } as CallContract);

test.each([
	[199, false],
	[200, true],
	[204, true],
	[299, true],
	[300, false],
])('HTTP %i is a success: %p', (statusCode, isOne) => {
	expect(isSuccess({ ...answer({}), statusCode })).toBe(isOne);
});

test('a header is text, whatever it came as', () => {
	expect(headerOf(answer({}, { 'retry-after': 5 }), 'retry-after')).toBe('5');
	expect(headerOf(answer({}, { 'retry-after': '' }), 'retry-after')).toBe('');
	expect(headerOf(answer({}), 'retry-after')).toBeUndefined();
});

test.each<[unknown, CallContract['answer']]>([
	[{}, 'object'],
	[{ a: 1 }, 'object'],
	[[], 'array'],
	[[{ a: 1 }], 'array'],
])('%j is the %s that was promised', (body, kind) => expect(checked(body, kind)).toBe(body));

test.each<[unknown, CallContract['answer'], string]>([
	[[], 'object', 'a JSON list instead of a JSON object'],
	[{}, 'array', 'a JSON object instead of a JSON list'],
	['', 'object', 'an empty body'],
	[null, 'object', 'an empty body'],
	[undefined, 'array', 'an empty body'],
	[' \n<!doctype html>', 'object', 'an HTML page'],
	['a < b', 'object', 'text that is not JSON'],
	['{"a":', 'array', 'text that is not JSON'],
	[5, 'object', 'a single JSON value'],
	[[5], 'array', 'a JSON list of other things than objects'],
])('%j is no %s but %s', (body, kind, found) => {
	expect(() => checked(body, kind)).toThrow(`nativeMsg answered with ${found}`);
});

test.each(['', null, undefined])('a DELETE may be answered with %j, other calls not', (body) => {
	expect(checked(body, 'object', 'DELETE')).toEqual({});
	expect(() => checked(body, 'object', 'PUT')).toThrow('an empty body');
});

test('a DELETE may not be answered with a web page', () => {
	expect(() => checked('<html>', 'object', 'DELETE')).toThrow('an HTML page');
});
