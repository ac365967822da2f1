import type { CallContract } from '../../nodes/transport/contract';
import type { FailedRequest } from '../../nodes/transport/errors';
import {
	NotSentError,
	RequestError,
	requestError,
	responseError,
	UnknownOutcomeError,
} from '../../nodes/transport/errors';
import { CUT_OFF } from '../../nodes/transport/retry';
import type { Service } from '../../nodes/transport/services';

const errorOf = (call: Partial<FailedRequest>) =>
	requestError({ failure: { status: 422 }, service: 'nativeMsg', idempotent: true, secrets: [], ...call });
const messageOf = (call: Partial<FailedRequest>) => errorOf(call).message;
const remedyOf = (call: Partial<FailedRequest>) => errorOf(call).description;

describe('the message of an error', () => {
	test.each<[unknown, string]>([
		[{ description: 'No such channel' }, 'No such channel'],
		[{ error: 'no such template' }, 'no such template'],
		[{ reasonPhrase: 'Not Found' }, 'Not Found'],
		[{ description: 'first', error: 'second', reasonPhrase: 'third' }, 'first'],
		[{ description: '', error: { code: 422 }, reasonPhrase: 'third' }, 'third'],
		[{ description: 'Too long.', code: 'TOO_LONG' }, 'Too long (code TOO_LONG)'],
		[{ description: 'Version 1.0 is gone. ', code: 'GONE' }, 'Version 1.0 is gone (code GONE)'],
		[{ description: 'Too long', code: 1105 }, 'Too long (code 1105)'],
		[{ description: 'Too long', code: '422' }, 'Too long'],
		[{ description: 'TOO_LONG: 5', code: 'TOO_LONG' }, 'TOO_LONG: 5'],
		[{ code: 'TOO_LONG' }, 'nativeMsg responded with HTTP status 422 (code TOO_LONG)'],
		[{ description: 'It ends here.' }, 'It ends here'],
		[{ description: 'Version 1.0 is gone' }, 'Version 1.0 is gone'],
		[{ description: ' two\n\n lines\t' }, 'two lines'],
		[{ description: 'half a \ud83d' }, 'half a \ufffd'],
		[{ description: 5 }, 'nativeMsg responded with HTTP status 422'],
		[undefined, 'nativeMsg responded with HTTP status 422'],
		[null, 'nativeMsg responded with HTTP status 422'],
		['<html>', 'nativeMsg responded with HTTP status 422'],
	])('for the response %j is %j', (body, message) => expect(messageOf({ body })).toBe(message));

	test('hides every secret, wherever it is', () => {
		const secrets = ['key-1', 'token-2'];
		const body = { error: 'key-1 and token-2 and key-1', code: 'key-1!' };
		expect(messageOf({ body, secrets })).toBe('*** and *** and *** (code ***!)');
		expect(errorOf({ body, secrets }).code).toBe('***!');
	});

	test('is cut to a readable length', () => {
		expect(messageOf({ body: { error: 'x'.repeat(400) } })).toBe('x'.repeat(400));
		expect(messageOf({ body: { error: 'x'.repeat(401) } })).toBe(`${'x'.repeat(400)}…`);
	});
});

test.each<[string, RegExp, RegExp]>([
	['ECONNREFUSED', /^The server refused the connection$/, /^Check the Base URL.* service is up\.$/],
	['ENOTFOUND', /wasn't found$/, /typos/],
	['EAI_AGAIN', /wasn't found$/, /typos/],
	['ERR_INVALID_URL', /wasn't found$/, /typos/],
	['CERT_HAS_EXPIRED', /^The server's certificate isn't trusted$/, /company proxy/],
	['DEPTH_ZERO_SELF_SIGNED_CERT', /isn't trusted$/, /company proxy/],
	['SELF_SIGNED_CERT_IN_CHAIN', /isn't trusted$/, /company proxy/],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /isn't trusted$/, /company proxy/],
	['ERR_TLS_CERT_ALTNAME_INVALID', /isn't trusted$/, /company proxy/],
	['ETIMEDOUT', /^The server didn't respond in time$/, /^Try again later\./],
	['ECONNABORTED', /respond in time$/, /^Try again later\./],
	['ESOCKETTIMEDOUT', /respond in time$/, /^Try again later\./],
	[CUT_OFF, /^The connection was lost during the response$/, /^Try again later\./],
	['ECONNRESET', /^The connection to the server was lost$/, /^Try again later\./],
	['UNKNOWN', /was lost$/, /^Try again later\./],
])('the network error %s is reported in plain words, with what to do', (networkCode, message, remedy) => {
	const failure = { networkCode };
	expect(messageOf({ failure })).toMatch(message);
	expect(remedyOf({ failure })).toMatch(remedy);
	expect(errorOf({ failure }).status).toBeUndefined();
});

test('a status below 300 is not reported as a redirect', () => {
	expect(messageOf({ failure: { status: 299 } })).toBe('nativeMsg responded with HTTP status 299');
});

test.each([300, 302, 399])('HTTP %i is reported as a redirect that was not followed', (status) => {
	const call = { failure: { status }, answer: { description: 'Found' } };
	expect(messageOf(call)).toBe(`The server responded with a redirect (HTTP ${status})`);
	expect(remedyOf(call)).toMatch(/^Check the Base URL.*token never reaches another server\.$/);
});

describe('the description of an error', () => {
	test.each<[number, RegExp]>([
		[400, /^Check the values of this item: nativeMsg could not read the request\.$/],
		[401, /dashboard under Settings/],
		[403, /doesn't have access/],
		[404, /^Check the ID/],
		[408, /^nativeMsg waited too long/],
		[409, /already in use/],
		[413, /too large/],
		[418, /^Check the values of this item\.$/],
		[422, /^nativeMsg understood the request/],
		[429, /^Too many requests/],
		[499, /^Check the values of this item\.$/],
		[500, /temporarily unavailable.*support@nativemsg\.com/],
		[599, /temporarily unavailable/],
	])('says what to do about HTTP %i of nativeMsg', (status, remedy) => {
		expect(remedyOf({ failure: { status } })).toMatch(remedy);
		expect(errorOf({ failure: { status } }).status).toBe(status);
	});

	test.each<[number, RegExp]>([
		[400, /: NativeMessage could not read the request\.$/],
		[401, /Settings > API Keys/],
		[500, /^NativeMessage is temporarily unavailable/],
	])('says what to do about HTTP %i of NativeMessage', (status, remedy) => {
		expect(remedyOf({ service: 'nativeMessage', failure: { status } })).toMatch(remedy);
	});

	test.each<[string, RegExp]>([
		['Invalid phone number format', /country code/],
		['insufficient balance', /^Top up/],
		['Account is not active', /activate your account/],
		['pipeline processing failed', /routing or billing/],
		['invalid username or password', /Username and Password/],
	])('says what to do about the documented text %j, whatever the status', (text, remedy) => {
		const error = errorOf({ failure: { status: 500 }, body: { error: `${text}: 7` } });
		error.adviseWith({ 500: 'Other' });
		expect(error.description).toMatch(remedy);
	});

	test('comes from the operation if the operation knows better', () => {
		const advised = (call: Partial<FailedRequest>) => {
			const error = errorOf(call);
			error.adviseWith({ 401: 'Log in', 404: 'Look in the list', 502: 'Look in the sky' });
			return error.description;
		};
		expect(advised({ failure: { status: 404 } })).toBe('Look in the list');
		expect(advised({ failure: { status: 401 } })).toBe('Log in');
		expect(advised({ failure: { status: 403 } })).toMatch(/doesn't have access/);
		expect(advised({ failure: { status: 502 }, idempotent: false })).toMatch(
			/^nativeMsg may have .* Look in the sky$/,
		);
		expect(advised({ failure: { networkCode: 'ECONNRESET' } })).toMatch(/^Try again later/);
	});
});

describe('a send whose outcome is unknown', () => {
	const failure = { status: 502 };

	test('is reported for a 503 whatever it asks for, because a gateway may have passed the message on', () => {
		const gateway = { status: 503, retryAfterMs: 1_000 };
		expect(errorOf({ failure: gateway, idempotent: false })).toBeInstanceOf(UnknownOutcomeError);
	});

	test('keeps the code of the service', () => {
		const error = errorOf({ failure, idempotent: false, body: { error: 'Bad luck', code: 'E7' } });
		expect([error.code, error.message]).toEqual([
			'E7',
			"It's unknown whether this was sent: Bad luck (code E7)",
		]);
	});

	test('is reported as unknown, with the advice to look it up first', () => {
		const error = errorOf({ failure, idempotent: false, body: { error: 'Bad luck.' } });
		expect(error.message).toBe("It's unknown whether this was sent: Bad luck");
		expect(error.description).toMatch(
			/^nativeMsg may have processed this request .* Check nativeMsg .* nativeMsg is temporarily unavailable/,
		);
		expect(error).toBeInstanceOf(UnknownOutcomeError);
		expect(error.status).toBe(502);
	});

	test.each<Partial<FailedRequest>>([
		{ failure, idempotent: true },
		{ failure: { status: 422 }, idempotent: false },
		{ failure: { status: 429 }, idempotent: false },
		{ failure: { ...failure, beforeSend: true }, idempotent: false },
	])('is not reported for %j, whose outcome is known', (call) => {
		expect(messageOf(call)).not.toMatch(/not known/);
		expect(remedyOf(call)).not.toMatch(/may have/);
		expect(errorOf(call)).not.toBeInstanceOf(UnknownOutcomeError);
	});
});

describe('a success that the contract does not promise', () => {
	const contract = (answer: 'object' | 'array', idempotent: boolean, service: Service = 'nativeMsg') =>
		({ answer, idempotent, service }) as CallContract;

	test('says what the response was and what it should have been', () => {
		const error = responseError('an HTML page', contract('object', true));
		expect(error).not.toBeInstanceOf(UnknownOutcomeError);
		expect(error.message).toBe('nativeMsg responded with an HTML page instead of a JSON object');
		expect(error.description).toMatch(/^Check the Base URL.* web page or a proxy/);
		const list = responseError('an empty body', contract('array', true, 'nativeMessage'));
		expect(list.message).toBe('NativeMessage responded with an empty body instead of a JSON list');
	});

	test('is blamed on the Base URL only if it is a web page', () => {
		const error = responseError('an empty body', contract('object', true));
		expect(error.description).not.toMatch(/Base URL/);
		expect(error.description).toMatch(/^This differs from its documentation\. Try again later/);
	});

	test('leaves the outcome of a send unknown', () => {
		const error = responseError('an HTML page', contract('object', false));
		expect(error).toBeInstanceOf(UnknownOutcomeError);
		expect(error.message).toMatch(/^It's unknown whether this was sent: nativeMsg responded /);
		expect(error.description).toMatch(/^nativeMsg may have .* Check the Base URL/);
	});
});

test('an error about an unsent request says so, unless more can be said', () => {
	expect(new NotSentError('No phone').description).toMatch(/^Nothing was sent for this item\./);
	expect(new NotSentError('No phone', 'Enter one').description).toBe('Enter one');
});

test.each([
	['a value is invalid', new NotSentError('Text is required'), 'notSent'],
	['there was no response', new RequestError('The server refused the connection'), 'notSent'],
	['the service refused it', new RequestError('No such channel', undefined, 422), 'refused'],
	[
		"it isn't known",
		new UnknownOutcomeError("It's unknown whether this was sent", undefined, 502),
		'unknown',
	],
])('the outcome of a request says if %s', (_what, error, outcome) => expect(error.outcome).toBe(outcome));

test.each<[object, boolean]>([
	[{ networkCode: 'ECONNREFUSED' }, true],
	[{ networkCode: 'ECONNRESET' }, false],
	[{ status: 422 }, false],
	[{ status: 401, beforeSend: true }, false],
])('a failure such as %j means that the server cannot be reached: %s', (failure, isUnreachable) => {
	expect(errorOf({ failure }).isUnreachable).toBe(isUnreachable);
});
