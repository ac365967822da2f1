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

test('a header of a response is text, whatever its type was', () => {
	expect(headerOf(answer({}, { 'retry-after': 5 }), 'retry-after')).toBe('5');
	expect(headerOf(answer({}, { 'retry-after': '' }), 'retry-after')).toBe('');
	expect(headerOf(answer({}), 'retry-after')).toBeUndefined();
});

test.each<[unknown, CallContract['answer']]>([
	[{}, 'object'],
	[{ a: 1 }, 'object'],
	[[], 'array'],
	[[{ a: 1 }], 'array'],
])('the body %j is accepted as the promised %s', (body, kind) => expect(checked(body, kind)).toBe(body));

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
])('the body %j is refused as an %s, with the words "%s"', (body, kind, found) => {
	expect(() => checked(body, kind)).toThrow(`nativeMsg answered with ${found}`);
});

test.each(['', null, undefined])('only a DELETE may have the empty body %j', (body) => {
	expect(checked(body, 'object', 'DELETE')).toEqual({});
	expect(() => checked(body, 'object', 'PUT')).toThrow('an empty body');
});

test('a web page is refused as the body of a DELETE', () => {
	expect(() => checked('<html>', 'object', 'DELETE')).toThrow('an HTML page');
});
