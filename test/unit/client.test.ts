import type { INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { ApiClient } from '../../nodes/transport/client';
import { DURING_LOGIN } from '../../nodes/transport/credential';
import { RequestError } from '../../nodes/transport/errors';
import {
	answer,
	cancelledAfter,
	clientWith,
	credentials,
	getBots,
	retryAfter,
	send,
} from '../support/clientFor';
import { useHandTime } from '../support/handSleep';

useHandTime();

const lost = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
const deleteBot = (client: ApiClient) =>
	client.call('DELETE /bots/{bot_id}', { path: { bot_id: 7 } } as never);

describe('a request', () => {
	test.each([
		'https://n8n.example/rest/binary-data/signed?token=eyJh.eyJp-d_8.Zm9v',
		'https://n8n.example/webhook-waiting/7/ask?q=abc&signature=5f0c7a77',
	])('never shows the signature of its link %s in an error', async (link) => {
		const repeats = answer(400, {}, { description: `Bad link ${link} or ${encodeURIComponent(link)}` });
		const { client } = await clientWith([repeats]);
		const body = { text: `Look: ${link} now`, media: link, targets: [] };
		const error = await client.call('POST /messages', { body } as never).catch((thrown: Error) => thrown);
		const [signature] = /[^=]+$/.exec(link)!;
		const shown = link.replace(signature, '***');
		expect((error as Error).message).toBe(`Bad link ${shown} or ${encodeURIComponent(shown)}`);
		expect(JSON.stringify([(error as Error).message, error])).not.toContain(signature);
	});

	test('is sent as the contract says, with the credential as it was read', async () => {
		const { client, sent, decrypted, data } = await clientWith([answer(200, {}, [{ id: 1 }])]);
		expect(await getBots(client)).toEqual([{ id: 1 }]);
		expect(sent).toEqual([
			{
				method: 'GET',
				url: 'https://api.example/v1/bots',
				body: undefined,
				json: true,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: 60_000,
			},
		]);
		const [[type, { credentialsDecrypted }]] = decrypted as [
			[string, { credentialsDecrypted: { data: unknown } }],
		];
		expect([type, credentialsDecrypted]).toEqual([
			'nativeMsgApi',
			// With a session token n8n does not check the address first.
			{ id: '', name: 'nativeMsgApi', type: 'nativeMsgApi', data: { ...data, sessionToken: 'none' } },
		]);
		expect(data).toEqual(credentials);
	});

	test('leaves a 401 to n8n if n8n can log in again', async () => {
		const credential = {
			service: 'nativeMessage',
			authentication: 'usernamePassword',
			nativeMessageUrl: 'https://ott.example',
		};
		const { client, sent, decrypted, data } = await clientWith([answer(200)], { credential });
		await client.call('POST /ott/messages', { body: {} } as never);
		// n8n keeps the token in it when it logs in.
		expect(
			(decrypted as [[string, { credentialsDecrypted: { data: unknown } }]])[0][1].credentialsDecrypted.data,
		).toBe(data);
		expect(sent[0].ignoreHttpStatusErrors).toEqual({ ignore: true, except: [401] });
		expect([client.service, client.payloadFormat]).toEqual(['nativeMessage', 'guide']);
	});

	test('is not sent if it belongs to the other service', async () => {
		const { client, sent } = await clientWith([answer(200)]);
		const wrong = client.call('POST /ott/messages', { body: {} } as never);
		await expect(wrong).rejects.toThrow(
			'This operation needs credentials for NativeMessage, but the credential is for nativeMsg',
		);
		await expect(wrong).rejects.toMatchObject({
			description: 'Choose a credential whose Service is "NativeMessage", or create one.',
		});
		expect(sent).toEqual([]);
	});

	test("fails with the API's words and what to do, without secrets that a login added", async () => {
		const { client, data } = await clientWith([
			() => {
				Object.assign(data, { sessionToken: 'fetched' });
				return answer(404, {}, { description: 'fetched and token-1 are unknown' });
			},
		]);
		const failed = client.call('GET /bots');
		await expect(failed).rejects.toMatchObject({
			message: '*** and *** are unknown',
			description: expect.stringMatching(/^Check the ID/),
			status: 404,
		});
	});
});

test('a response that the contract does not promise is reported', async () => {
	const { client } = await clientWith([answer(200, {}, '<html>')]);
	await expect(client.call('GET /bots')).rejects.toThrow(/ an HTML page instead of a JSON list$/);
});

describe('a success of another shape', () => {
	test('is reported once per kind, no matter how often it occurs', async () => {
		const { client } = await clientWith([answer(202, {}, ''), answer(202, {}, ''), answer(200, {}, 'OK')]);
		expect(client.oddities()).toEqual([]);
		for (let count = 0; count < 3; count++) expect(await send(client)).toEqual({ requestId: null });
		expect(client.oddities()).toEqual([
			'nativeMsg responded with an empty body, without requestId. That counts as accepted, and missing values are returned as null.',
			'nativeMsg responded with text that is not JSON, without requestId. That counts as accepted, and missing values are returned as null.',
		]);
	});

	test('is a refusal, with the words of the service, if it is the error of the service', async () => {
		const body = { code: '422', description: 'No such channel' };
		const { client, sent } = await clientWith([answer(200, {}, body)]);
		await expect(send(client)).rejects.toMatchObject({ message: 'No such channel', status: 422 });
		expect(sent).toHaveLength(1);
		expect(client.oddities()).toEqual([]);
	});

	test('leaves the outcome of a send unknown if the error of the service is its own', async () => {
		const { client } = await clientWith([answer(200, {}, { code: '500', description: 'Oops' })]);
		await expect(send(client)).rejects.toThrow("It's unknown whether this was sent: Oops");
	});

	test('is read from an envelope, and once more if it breaks off', async () => {
		const cut = Object.assign(new Error('aborted'), {
			code: 'ECONNRESET',
			response: { status: 200, headers: {}, data: '[{"id"' },
		});
		const { client, sent } = await clientWith([cut, answer(200, {}, { data: [{ id: 1 }] })]);
		expect(await getBots(client)).toEqual([{ id: 1 }]);
		expect(sent).toHaveLength(2);
	});

	test('that breaks off leaves the outcome of a send unknown', async () => {
		const cut = Object.assign(new Error('aborted'), { response: { status: 200, headers: {}, data: '' } });
		const { client, sent } = await clientWith([cut]);
		await expect(send(client)).rejects.toThrow(
			"It's unknown whether this was sent: The connection was lost during the response",
		);
		expect(sent).toHaveLength(1);
	});
});

describe('a request that failed', () => {
	test('is attempted four times in all', async () => {
		const { client, sent } = await clientWith([answer(503, retryAfter('0'))]);
		await expect(getBots(client)).rejects.toThrow(RequestError);
		expect(sent).toHaveLength(4);
	});

	test('is repeated until it succeeds', async () => {
		const { client, sent } = await clientWith([answer(503, retryAfter('0')), answer(200, {}, [])]);
		expect(await getBots(client)).toEqual([]);
		expect(sent).toHaveLength(2);
	});

	test('is not repeated if it is a send whose outcome is unknown', async () => {
		const { client, sent } = await clientWith([lost]);
		await expect(send(client)).rejects.toThrow("It's unknown whether this was sent");
		expect(sent).toHaveLength(1);
	});

	test('is not repeated after a pause of more than 90 s', async () => {
		const { client, sent } = await clientWith([answer(503, retryAfter('90.001'))]);
		await expect(getBots(client)).rejects.toMatchObject({ status: 503 });
		expect(sent).toHaveLength(1);
	});

	test.each([
		['90', ['NativeMsg waits 90 s: the service asks for a pause']],
		['3.001', ['NativeMsg waits 4 s: the service asks for a pause']],
		['3', []],
	])('is repeated after %s s, and a long pause is logged', async (seconds, lines) => {
		const { sent, logs } = await cancelledAfter(answer(503, retryAfter(seconds)), getBots);
		expect(logs).toEqual(lines);
		expect(sent).toBe(1);
	});

	test('is not repeated if the execution was canceled in the meantime, and the error says what happened', async () => {
		const execution = new AbortController();
		const fails = () => {
			execution.abort();
			return answer(503, retryAfter('1'), { description: 'Down' });
		};
		const { client, sent } = await clientWith([fails], { signal: execution.signal });
		await expect(getBots(client)).rejects.toThrow('Down');
		expect(sent).toHaveLength(1);
	});
});

describe('a DELETE', () => {
	test('succeeds if it finds nothing after its response was lost', async () => {
		const { client } = await clientWith([lost, answer(404)]);
		expect(await deleteBot(client)).toEqual({});
	});

	test('fails if it finds nothing at first, and so does another request at last', async () => {
		await expect(deleteBot((await clientWith([answer(404)])).client)).rejects.toMatchObject({
			status: 404,
		});
		const { client } = await clientWith([lost, answer(404)]);
		await expect(getBots(client)).rejects.toMatchObject({ status: 404 });
	});

	test('fails if it has any other error after its response was lost', async () => {
		await expect(deleteBot((await clientWith([lost, answer(403)])).client)).rejects.toMatchObject({
			status: 403,
		});
	});
});

describe('a login that is refused', () => {
	const refused = Object.assign(new Error(`${DURING_LOGIN} no`), {
		response: { status: 401, headers: {}, data: { error: 'invalid username or password' } },
	});

	test('is not repeated for other items, which fail for the same reason', async () => {
		const { client, sent } = await clientWith([refused]);
		const error = { message: 'invalid username or password', status: 401 };
		await expect(send(client)).rejects.toMatchObject(error);
		await expect(send(client)).rejects.toMatchObject(error);
		expect(sent).toHaveLength(1);
	});

	test('is repeated if the refusal is temporary', async () => {
		const down = Object.assign(new Error(`${DURING_LOGIN} no`), {
			response: { status: 503, headers: retryAfter('0'), data: {} },
		});
		const { client, sent } = await clientWith([down, answer(200, {}, { requestId: '1' })]);
		expect(await send(client)).toEqual({ requestId: '1' });
		expect(sent).toHaveLength(2);
	});

	test('is not repeated if n8n itself reports it, without a response', async () => {
		const { client, sent } = await clientWith([
			new NodeApiError(
				{ name: 'N' } as INode,
				{ message: 'x' },
				{ message: `${DURING_LOGIN} no`, httpCode: '401' },
			),
		]);
		await expect(send(client)).rejects.toMatchObject({ status: 401 });
		await expect(send(client)).rejects.toMatchObject({ status: 401 });
		expect(sent).toHaveLength(1);
	});

	test('is repeated for other items if a permission is missing', async () => {
		const forbidden = Object.assign(new Error(`${DURING_LOGIN} no`), {
			response: { status: 403, headers: {}, data: {} },
		});
		const { client, sent } = await clientWith([forbidden]);
		await expect(send(client)).rejects.toMatchObject({ status: 403 });
		await expect(send(client)).rejects.toMatchObject({ status: 403 });
		expect(sent).toHaveLength(2);
	});

	test('differs from a 401 of the API itself', async () => {
		const { client, sent } = await clientWith([answer(401)]);
		await expect(send(client)).rejects.toMatchObject({ status: 401 });
		await expect(send(client)).rejects.toMatchObject({ status: 401 });
		expect(sent).toHaveLength(2);
	});
});

test.each([
	['https://api.example/v1', false],
	['http://api.example/v1', true],
])('a client knows whether %s is unencrypted', async (baseUrl, isPlain) => {
	const { client } = await clientWith([], { credential: { ...credentials, baseUrl } });
	expect(client.isPlain).toBe(isPlain);
});
