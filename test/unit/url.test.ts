import fc from 'fast-check';
import { NotSentError } from '../../nodes/transport/errors';
import { buildUrl, encodePathSegment } from '../../nodes/transport/url';

const BASE = 'https://api.nativemsg.com/v1';

/** Everything that has ever changed a path, and anything else. */
const nastyText = fc.oneof(
	fc.string({ unit: 'grapheme' }),
	fc.string({ unit: 'binary' }),
	fc.constantFrom(
		'..',
		'.',
		'/',
		'?',
		'#',
		'%2e%2e',
		'%2F',
		'\\',
		'//',
		'a/../b',
		'\r\nHost: x',
		'é',
		'🙂',
		' ',
	),
);

test('a value never changes which path is requested', () => {
	fc.assert(
		fc.property(nastyText, (id) => {
			let url: URL;
			try {
				url = new URL(buildUrl(BASE, '/messages/requests/{request_id}', { path: { request_id: id } }));
			} catch (error) {
				expect(error).toBeInstanceOf(NotSentError);
				expect(['', '.', '..'].includes(id) || /\p{Surrogate}/u.test(id)).toBe(true);
				return;
			}
			const segments = url.pathname.split('/');
			expect(segments.slice(0, 4)).toEqual(['', 'v1', 'messages', 'requests']);
			expect(segments).toHaveLength(5);
			expect(decodeURIComponent(segments[4])).toBe(id);
			expect([url.origin, url.search, url.hash]).toEqual(['https://api.nativemsg.com', '', '']);
		}),
		{ numRuns: 2000 },
	);
});

test.each(['', '.', '..', '\ud800', undefined, null])('%p is refused as a path segment', (value) => {
	expect(() => encodePathSegment(value)).toThrow('cannot be used as an ID');
});

test('a query value never becomes another parameter', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (value) => {
			const url = new URL(buildUrl(BASE, '/humans', { query: { filters: value } }));
			expect([...url.searchParams]).toEqual([['filters', value]]);
			expect([url.pathname, url.hash]).toEqual(['/v1/humans', '']);
		}),
	);
});

test.each(['?', '#', '?x=', '/#/'])(
	'a base URL that ends with %s, which would swallow the path, is refused',
	(end) => {
		expect(() => buildUrl(`https://api.nativemsg.com/v1${end}`, '/bots', {})).toThrow(/Base URL/);
	},
);

test('a slash at the end of the base URL makes no difference', () => {
	expect(buildUrl(` ${BASE}// `, '/bots', {})).toBe(`${BASE}/bots`);
});

test('a query parameter without a value is not sent', () => {
	expect(buildUrl(BASE, '/channels', { query: { bot_id: undefined } })).toBe(`${BASE}/channels`);
});

test.each([
	'not a url',
	'',
	'ftp://example.com',
	'example.com',
	'see https://example.com',
	'x:https://example.com',
	'https://',
	'http://a b',
])('the base URL %j is refused, and the error says where to enter it', (base) => {
	expect(() => buildUrl(base, '/bots', {})).toThrow("The Base URL in the credential isn't a valid URL");
	expect(() => buildUrl(base, '/bots', {})).toThrow(
		expect.objectContaining({ description: expect.stringMatching(/^Open the credential and enter/) }),
	);
});

test.each(['http://127.0.0.1:8080/v1', 'HTTPS://api.example'])('the base URL %s is accepted', (base) => {
	expect(buildUrl(base, '/bots', {})).toBe(new URL(`${base}/bots`).href);
});
