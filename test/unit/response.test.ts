import fc from 'fast-check';
import type { CallContract } from '../../nodes/transport/contract';
import { headerOf, isSuccess, readBody, withTrueStatus } from '../../nodes/transport/response';

const response = (body: unknown, headers = {}) => ({ statusCode: 200, headers, body });
const contractOf = (contract: Partial<CallContract>) =>
	({ service: 'nativeMsg', answer: 'object', idempotent: true, ...contract }) as CallContract;
const read = (body: unknown, method: string, contract: Partial<CallContract>) =>
	readBody(response(body), method, contractOf(contract));

const LIST = { answer: 'array' } as const;
const SEND = { idempotent: false, returns: ['requestId'] };
const RECORD = { returns: ['id', 'status'] };

test.each([
	[199, false],
	[200, true],
	[204, true],
	[299, true],
	[300, false],
])('HTTP %i is a success: %p', (statusCode, isOne) => {
	expect(isSuccess({ ...response({}), statusCode })).toBe(isOne);
});

test('a header of a response is text, whatever its type was', () => {
	expect(headerOf(response({}, { 'retry-after': 5 }), 'retry-after')).toBe('5');
	expect(headerOf(response({}, { 'retry-after': '' }), 'retry-after')).toBe('');
	expect(headerOf(response({}), 'retry-after')).toBeUndefined();
});

describe('a list', () => {
	test.each<[unknown, unknown[]]>([
		[[], []],
		[[{ a: 1 }], [{ a: 1 }]],
		[{ data: [{ a: 1 }], total: 1 }, [{ a: 1 }]],
		[{ items: [{ a: 1 }] }, [{ a: 1 }]],
		[{ bots: [{ a: 1 }], total: 1 }, [{ a: 1 }]],
		[{ data: [], tags: [{ a: 1 }] }, []],
		[{ items: [{ a: 1 }], errors: [{ b: 2 }] }, [{ a: 1 }]],
		['', []],
		[null, []],
		[undefined, []],
	])('is read from %j', (body, list) => expect(read(body, 'GET', LIST)).toEqual({ body: list }));

	test.each<[unknown, string]>([
		[{}, 'a JSON object instead of a JSON list'],
		[{ one: [{}], two: [{}] }, 'a JSON object'],
		[{ data: [5] }, 'a JSON object'],
		[5, 'a single JSON value'],
		[[5], 'a JSON list of other things than objects'],
		['OK', 'text that is not JSON'],
		['{"a":', 'text that is not JSON'],
		['<html>', 'an HTML page'],
	])('cannot be read from %j, which is reported as %s', (body, found) => {
		expect(() => read(body, 'GET', LIST)).toThrow(`nativeMsg responded with ${found}`);
	});
});

describe('a single record', () => {
	test.each<[unknown, unknown]>([
		[{ id: 1 }, { id: 1 }],
		[
			{ id: 1, data: { a: 2 } },
			{ id: 1, data: { a: 2 } },
		],
		[{ data: { id: 1 } }, { id: 1 }],
		[{ data: { id: 1 }, status: 'success' }, { id: 1 }],
		[
			{ data: { a: 1 }, other: 5 },
			{ data: { a: 1 }, other: 5 },
		],
		[{ data: [] }, { data: [] }],
		[[{ id: 1 }], { id: 1 }],
		[{}, {}],
	])('is read from %j as %j', (body, record) => {
		expect(read(body, 'GET', RECORD)).toEqual({ body: record });
	});

	test.each([
		...['code', 'count', 'error', 'errors', 'links', 'message', 'meta', 'page', 'pagination'],
		...['per_page', 'perPage', 'status', 'success', 'total', 'Total'],
	])('is read from the envelope it is in, also next to %s', (name) => {
		expect(
			read({ data: { id: 1 }, [name]: 5 }, 'GET', { returns: ['id', 'code', 'message', 'status'] }),
		).toEqual({ body: { id: 1 } });
	});

	test.each(['postcode', 'messages', 'errored', 'per-page', 'subtotal', 'totals', ''])(
		'is the whole object next to %s, which no envelope has',
		(name) => {
			const body = { data: { a: 1 }, [name]: 5 };
			expect(read(body, 'GET', RECORD)).toEqual({ body });
		},
	);

	test('is no envelope if it has one of the values that only the record has', () => {
		const body = { id: 1, data: { a: 2 } };
		expect(read(body, 'GET', { returns: ['id', 'name'] })).toEqual({ body });
	});

	test('whose property names users define is never unwrapped', () => {
		const body = { data: { a: 1 } };
		expect(read(body, 'GET', {})).toEqual({ body });
	});

	test('of code and message, as nativeMsg documents it, is no envelope', () => {
		const body = { code: '200', message: 'Humans [5]', data: {} };
		expect(read(body, 'POST', { returns: ['code', 'message'] })).toEqual({ body });
	});

	test.each(['', undefined, 'OK', 5, [], [{}, {}], '<html>'])('cannot be read from %j', (body) => {
		expect(() => read(body, 'GET', RECORD)).toThrow('nativeMsg responded with');
	});
});

describe('a request that changes something', () => {
	test.each<[unknown, string]>([
		['', 'an empty body'],
		[' \n', 'an empty body'],
		[undefined, 'an empty body'],
		['OK', 'text that is not JSON'],
		['{"requestId":"re', 'text that is not JSON'],
		[[], 'a JSON list'],
		[{}, 'a JSON object'],
		[{ requestId: null }, 'a JSON object'],
		[5, 'a single JSON value'],
	])('is accepted with %j: missing values are null, and that is reported', (body, kind) => {
		expect(read(body, 'POST', SEND)).toEqual({
			body: { requestId: null },
			oddity: `${kind}, without requestId`,
		});
	});

	test('names all the values that are missing', () => {
		expect(read({}, 'POST', RECORD).oddity).toBe('a JSON object, without id, status');
	});

	test.each<[unknown]>([[{ requestId: '1' }], [{ data: { requestId: '1' } }], [[{ requestId: '1' }]]])(
		'reports nothing unusual with %j',
		(body) => expect(read(body, 'POST', SEND)).toEqual({ body: { requestId: '1' } }),
	);

	test.each(['', null, undefined])('is done as a DELETE with the body %j', (body) => {
		expect(read(body, 'DELETE', { returns: [] })).toEqual({ body: {} });
	});

	test.each(['POST', 'PUT', 'DELETE'])('is not accepted as a %s with a web page', (method) => {
		expect(() => read('<html>', method, SEND)).toThrow('an HTML page');
	});

	test('is accepted with any body at all that is no web page, and then has all that the contract promises', () => {
		const anyBody = fc.anything().filter((body) => typeof body !== 'string' || !body.includes('<'));
		fc.assert(
			fc.property(anyBody, (body) => {
				const record = read(body, 'POST', RECORD).body as object;
				expect(Object.keys(record)).toEqual(expect.arrayContaining(['id', 'status']));
			}),
		);
	});
});

describe('the error of the service in a success', () => {
	const statusOf = (body: unknown, contract: Partial<CallContract> = SEND) =>
		withTrueStatus(response(body), contractOf(contract)).statusCode;

	test.each<[unknown, number]>([
		[{ code: '422', description: 'No such channel' }, 422],
		[{ code: 400 }, 400],
		[{ code: 404 }, 404],
		[{ code: 599 }, 599],
		[{ statusCode: 429, message: 'slow down' }, 429],
		[{ status: 500, title: 'Broken' }, 500],
		[{ error: 'no such template' }, 422],
		[{ error: { message: 'no such template' } }, 422],
		[{ success: false }, 422],
		[{ error: 'x', requestId: null }, 422],
	])('in the body %j counts as HTTP %i', (body, status) => expect(statusOf(body)).toBe(status));

	test('is seen where all that the contract promises is what errors have too', () => {
		expect(statusOf({ code: '500', message: 'Broken' }, { returns: ['code', 'message'] })).toBe(500);
		expect(statusOf({ status: 500, message: 'Broken' }, { returns: ['status', 'message'] })).toBe(500);
	});

	test.each<[unknown, Partial<CallContract>]>([
		[{ requestId: '1', error: 'x' }, SEND],
		[{ error: null }, SEND],
		[{ error: '' }, SEND],
		[{ code: '200', message: 'Humans [1] added' }, { returns: ['code', 'message'] }],
		[{ id: 'msg_1', status: 'failed', error_message: 'unreachable' }, RECORD],
		[{ code: '500', error: 'an attribute of that name' }, {}],
		[{ code: 'A422' }, SEND],
		[{ code: 0 }, SEND],
		[{ code: 600 }, SEND],
		[{ id: 'msg_1', status: 500 }, RECORD],
		[[{ error: 'x' }], SEND],
		['OK', SEND],
		['', SEND],
	])('is not seen in the body %j', (body, contract) => expect(statusOf(body, contract)).toBe(200));

	test('leaves a response with an error status as it is', () => {
		const failed = { ...response({ code: '422' }), statusCode: 502 };
		expect(withTrueStatus(failed, contractOf(SEND))).toBe(failed);
	});
});
