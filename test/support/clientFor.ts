import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { ApiClient } from '../../nodes/transport/client';
import { createClient } from '../../nodes/transport/client';
import { NotSentError } from '../../nodes/transport/errors';
import { holdSleeps, sleeping } from './handSleep';

export interface Answer {
	statusCode: number;
	headers: Record<string, string>;
	body: unknown;
}

/** What becomes of a request; a function is called when it is sent. */
type Script = Answer | Error | (() => Answer | Promise<Answer>);

export const answer = (
	statusCode: number,
	headers: Record<string, string> = {},
	body: unknown = {},
): Answer => ({
	statusCode,
	headers,
	body,
});
export const retryAfter = (seconds: string) => ({ 'retry-after': seconds });

let accounts = 0;
export const credentials = { accessToken: 'token-1', baseUrl: 'https://api.example/v1' };

export interface Setting {
	credential?: Record<string, unknown>;
	/** Accounts with the same id share their limits. Default: a new one. */
	id?: string;
	signal?: AbortSignal;
}

/** A client whose requests meet, one after the other, what the script says; the last of it again and again. */
export async function clientWith(
	script: Script[],
	{ credential = credentials, id = `${++accounts}`, signal }: Setting = {},
) {
	const sent: IHttpRequestOptions[] = [];
	const decrypted: unknown[] = [];
	const logs: string[] = [];
	const data = { ...credential };
	const context = {
		getCredentials: async () => data,
		getNode: () => ({ name: 'NativeMsg', credentials: { nativeMsgApi: { id } } }),
		getTimezone: () => 'Europe/Berlin',
		...(signal && { getExecutionCancelSignal: () => signal }),
		logger: { info: (line: string) => logs.push(line) },
		helpers: {
			async httpRequestWithAuthentication(type: string, options: IHttpRequestOptions, other: unknown) {
				const happens = script[Math.min(sent.length, script.length - 1)];
				sent.push(options);
				decrypted.push([type, other]);
				if (happens instanceof Error) throw happens;
				return typeof happens === 'function' ? await happens() : happens;
			},
		},
	} as unknown as IExecuteFunctions;
	return { client: await createClient(context), sent, decrypted, logs, data };
}

export const getBots = (client: ApiClient) => client.call('GET /bots');
export const send = (client: ApiClient) =>
	client.call('POST /messages', { body: { text: 'Hello', targets: [] } } as never);

/** Cancels an execution while its client waits after the first response. @returns why it waited, as logged */
export async function cancelledAfter(first: Answer, work: (client: ApiClient) => Promise<unknown>) {
	const execution = new AbortController();
	const { client, sent, logs } = await clientWith([first], { signal: execution.signal });
	holdSleeps();
	const working = expect(work(client)).rejects.toThrow(new NotSentError('The execution was canceled'));
	await sleeping(1);
	execution.abort();
	await working;
	return { sent: sent.length, logs };
}
