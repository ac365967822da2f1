import fc from 'fast-check';
import type { ServiceWords } from '../../nodes/transport/serviceWords';
import { isHtml, serviceWords } from '../../nodes/transport/serviceWords';

test.each<[unknown, ServiceWords['text']]>([
	[{ description: 'd', message: 'm' }, 'd'],
	[{ message: 'm', error: 'e' }, 'm'],
	[{ error: 'e', detail: 'd' }, 'e'],
	[{ error: { message: 'of the error' } }, 'of the error'],
	[{ error: true, message: 'm' }, 'm'],
	[{ detail: 'd', title: 't' }, 'd'],
	[{ title: 't', error_message: 'e' }, 't'],
	[{ error_message: 'e', errors: ['one'] }, 'e'],
	[{ errors: ['one', 'two'], reasonPhrase: 'r' }, 'one; two'],
	[{ errors: ['1', '2', '3', '4'] }, '1; 2; 3'],
	[
		{ errors: [{ field: 'phone', message: 'is not valid' }, { message: 'whole' }] },
		'phone: is not valid; whole',
	],
	[
		{ errors: { phone: ['is not valid', 'is taken'], title: 'is long' } },
		'phone: is not valid; is taken; title: is long',
	],
	[{ errors: 'only text' }, 'only text'],
	[{ errors: [], reasonPhrase: 'r' }, 'r'],
	[[{ message: 'a' }, { error: 'b' }], 'a; b'],
	[['a', 'b'], 'a; b'],
	[['a', {}, 'b'], 'a; b'],
	[{ errors: [{ field: 'phone' }], reasonPhrase: 'r' }, 'r'],
	[{ error: { error: { error: { error: { error: 'deep' } } } } }, 'deep'],
	[{ error: { error: { error: { error: { error: { error: 'too deep' } } } } } }, undefined],
	[{ code: '422', message: 'No such tag' }, 'No such tag'],
	[{ message: '  ', reasonPhrase: 'r' }, 'r'],
	[{ message: 5 }, undefined],
	[{}, undefined],
	[[], undefined],
	[null, undefined],
	[undefined, undefined],
	['rate limit exceeded\n', 'rate limit exceeded'],
	['x'.repeat(300), 'x'.repeat(300)],
	['x'.repeat(301), undefined],
	['Text must not have { or <', 'Text must not have { or <'],
	['{"error": "cut o', undefined],
	['[{"message": "cut o', undefined],
	['  ', undefined],
	['<html><head><title>502 Bad Gateway</title></head></html>', '502 Bad Gateway'],
	['<!DOCTYPE html><TITLE lang="en">\n Down </TITLE>', 'Down'],
	['<html><body>no title</body></html>', undefined],
	['<html><title></title>', undefined],
])('the words of the body %j are %j', (body, text) => expect(serviceWords(body).text).toBe(text));

test.each<[unknown, ServiceWords['code']]>([
	[{ code: '422' }, '422'],
	[{ code: 1105 }, '1105'],
	[{ error_code: 'NO_CREDIT' }, 'NO_CREDIT'],
	[{ errorCode: 'NO_CREDIT' }, 'NO_CREDIT'],
	[{ error: { code: 'NO_CREDIT', message: 'm' } }, 'NO_CREDIT'],
	[{ errors: [{ code: 'NO_CREDIT' }] }, 'NO_CREDIT'],
	[[{ code: 'NO_CREDIT' }], 'NO_CREDIT'],
	[{ code: '', errorCode: 'NO_CREDIT' }, 'NO_CREDIT'],
	[{ code: 'x'.repeat(60) }, 'x'.repeat(60)],
	[{ code: 'x'.repeat(61) }, undefined],
	[{ code: {} }, undefined],
	[{ code: '' }, undefined],
	['text', undefined],
	[null, undefined],
])('the code of the body %j is %j', (body, code) => expect(serviceWords(body).code).toBe(code));

test.each([
	['<!doctype html>', true],
	[' \n<html>', true],
	['<?xml version="1.0"?><error/>', true],
	['<h1>Down</h1>', true],
	['<p>Down</p>', true],
	['<p class="down">', true],
	['Remove <b> from the text', false],
	['<3 you', false],
	['a < b', false],
	['OK', false],
])('%j is a web page: %p', (text, isOne) => expect(isHtml(text)).toBe(isOne));

test('any body at all yields texts or nothing, and never an error', () => {
	fc.assert(
		fc.property(fc.anything({ maxDepth: 6 }), (body) => {
			const { text, code } = serviceWords(body);
			expect(['string', 'undefined']).toContain(typeof text);
			expect(['string', 'undefined']).toContain(typeof code);
		}),
	);
});

test('an error nested without end is given up', () => {
	const endlessly = (name: string) => {
		const endless: Record<string, unknown> = {};
		endless[name] = endless;
		return endless;
	};
	const list: unknown[] = [];
	list.push(list);
	for (const endless of [endlessly('error'), endlessly('errors'), list])
		expect(serviceWords(endless)).toEqual({ text: undefined, code: undefined });
});
