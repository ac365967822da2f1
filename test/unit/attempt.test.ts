import type { INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { failureOf, thrownAttempt } from '../../nodes/transport/attempt';
import { DURING_LOGIN, NO_SUCH_API } from '../../nodes/transport/credential';
import { CUT_OFF, mayRepeat } from '../../nodes/transport/retry';

const node = { name: 'NativeMsg' } as INode;

/** An error of the HTTP client, wrapped as n8n wraps it. */
function wrapped(properties: object, message = 'Request failed', depth = 1): Error {
	let error: Error = Object.assign(new Error(message), properties);
	for (let level = 0; level < depth; level++) error = new Error('Something went wrong', { cause: error });
	return error;
}

/** As older n8n makes one, which keeps nothing but the code and the body. */
function nodeError(httpCode: string | null, data?: unknown): NodeApiError {
	const error = new NodeApiError(node, { message: 'Failed' });
	error.httpCode = httpCode;
	error.context.data = data as never;
	return error;
}

test('a response with an error keeps its status and its Retry-After', () => {
	const answer = { statusCode: 429, headers: { 'retry-after': '7' }, body: '' };
	expect(failureOf(answer)).toEqual({ status: 429, retryAfterMs: 7_000 });
});

describe('a thrown error', () => {
	const response = { status: 401, headers: { 'retry-after': '3' }, data: { error: 'expired' } };

	test.each([0, 1, 4])('counts as the response that is in it, %i errors deep', (depth) => {
		expect(thrownAttempt(wrapped({ response }, 'No', depth))).toEqual({
			response: { statusCode: 401, headers: response.headers, body: response.data },
			failure: { status: 401, retryAfterMs: 3_000, beforeSend: false },
		});
	});

	test('is not searched endlessly', () => {
		const endless = new Error('a');
		endless.cause = endless;
		expect(thrownAttempt(endless)).toEqual({ failure: { networkCode: 'UNKNOWN', beforeSend: false } });
		expect(thrownAttempt(wrapped({ response }, 'No', 5)).response).toBeUndefined();
	});

	test.each([
		['in the message', wrapped({ response }, `${DURING_LOGIN} no`)],
		['beside the message', wrapped({ response, messages: ['Request failed', `${DURING_LOGIN} no`] })],
	])('failed before the request if it says %s that n8n was logging in', (_where, error) => {
		expect(thrownAttempt(error).failure.beforeSend).toBe(true);
	});

	test("counts as a response without headers if it has n8n's HTTP code alone", () => {
		expect(thrownAttempt(nodeError('100', { error: 'no' }))).toEqual({
			response: { statusCode: 100, headers: {}, body: { error: 'no' } },
			failure: { status: 100, beforeSend: false },
		});
	});

	test.each([
		[
			'an HTTP client',
			wrapped({ response: { status: 200, headers: {}, data: '{"requ' }, code: 'ECONNRESET' }),
		],
		['older n8n', nodeError('200', '{"requ')],
	])('with a success in it is a response that broke off, as %s throws it', (_who, error) => {
		expect(thrownAttempt(error)).toEqual({ failure: { networkCode: CUT_OFF, beforeSend: false } });
	});

	test('that finds something else at the Base URL comes before the request, and is not repeated', () => {
		const { response: none, failure } = thrownAttempt(wrapped({}, NO_SUCH_API));
		expect([none, failure]).toEqual([undefined, { networkCode: 'ERR_INVALID_URL', beforeSend: true }]);
		expect(mayRepeat(failure, true)).toBe(false);
	});

	test.each<[unknown, string]>([
		[wrapped({ code: 'ECONNRESET' }), 'ECONNRESET'],
		[wrapped({ code: 'ECONNRESET', cause: wrapped({ code: 'OTHER' }, 'x', 0) }, 'x', 0), 'ECONNRESET'],
		[wrapped({ code: 5, cause: wrapped({ code: 'EPIPE' }, 'x', 0) }, 'x', 0), 'EPIPE'],
		[wrapped({ code: '', cause: wrapped({ code: 'EPIPE' }, 'x', 0) }, 'x', 0), 'EPIPE'],
		[nodeError('ECONNREFUSED'), 'ECONNREFUSED'],
		[nodeError('99'), '99'],
		[nodeError(null), 'UNKNOWN'],
		['no error at all', 'UNKNOWN'],
	])('has the network code of the connection if it has no response: %#', (error, networkCode) => {
		expect(thrownAttempt(error)).toEqual({ failure: { networkCode, beforeSend: false } });
	});
});
