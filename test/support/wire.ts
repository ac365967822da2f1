import { OutboundHttp } from '@n8n/backend-network';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * What may happen to a request between the node and the service:
 *
 * - a status, such as `422`: the response, without processing; `429 soon` and `503 soon` say when to retry
 * - a status with `after`: the response after processing; `503 soon after` also says when to retry, as gateways do
 * - `refused`: the connection is refused
 * - `reset before`, `reset after`: the connection is reset, without and after processing
 * - `timeout before`, `timeout after`: no response; processed after the node has given up, or before
 * - `cut off`: processed, and the connection breaks in the middle of the response
 * - `html`, `broken JSON`, `empty`, `OK`: processed, but the response is something else
 */
export const MISHAPS = [
	...['400', '403', '404', '409', '410', '413', '416', '422'],
	...['429', '429 soon', '500', '502', '503', '503 soon', '504'],
	...['500 after', '502 after', '503 after', '504 after', '503 soon after', 'refused'],
	...['reset before', 'reset after', 'timeout before', 'timeout after', 'cut off'],
	...['html', 'broken JSON', 'empty', 'OK'],
] as const;
/** The credential (401) and the balance (402) concern a whole run, so a campaign leaves them out. */
export type Mishap = (typeof MISHAPS)[number] | '401' | '402';

/** A request on its way through. */
export interface Passage {
	/** As JSON text. */
	body: string;
	/** How often this very request was made, from 1. */
	attempt: number;
}

/** A way to the sandbox on which things go wrong. */
export interface Wire {
	/** What the node has as base URL instead of the sandbox's own address. */
	url: string;
	/** Decides what happens to a request; by default nothing. */
	mishap(passage: Passage): Mishap | undefined;
	/** Called with each request that came in; it goes on when the promise resolves. */
	hold(passage: Passage): Promise<void> | undefined;
	/** Whether requests go on when the execution is canceled, as they do in older n8n. */
	outlivesCancel: boolean;
	/** Requests that the node made since the last reset, those that were refused a connection included. */
	passages: Passage[];
	/** How many of them the node waits for. */
	underWay: number;
	/** Those that it waits for no more, in the order in which they ended. */
	over: Passage[];
	/** The most that it ever waited for at a time. */
	peak: number;
	/** Resolves when that is so; it is asked whenever a request is made, comes in, or ends. */
	until(isSo: () => boolean): Promise<void>;
	/** Resolves when the node has done all that it does without waiting for anything outside. */
	settled(): Promise<void>;
	/** Forgets everything; a request that was made before and hasn't arrived yet is lost. */
	reset(): void;
	/** Resolves when no request that has arrived is being processed any more, even if the node has given up on it. */
	idle(): Promise<void>;
}

const HEADER = 'x-mishap';
/** Says since which reset a request was made. */
const RESETS_HEADER = 'x-resets';
/** How long (ms) the node waits for a response that never arrives; the usual 60 s would be too long here. */
const PATIENCE_MS = 100;
const PATIENCE_OF_NODE_MS = 60_000;
/** Far more than the node takes from the end of a request to the next one. */
const TURNS_TO_SETTLE = 50;
const OF_THE_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding'];
const SOON = { 'retry-after': '0.02' };

interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

const refusal = (status: number): Answer => ({
	status,
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify({ description: `Refused with ${status}`, error: `refused with ${status}` }),
});

/** Ends a request as if the cable had been cut. */
const reset = (request: IncomingMessage) => void request.socket.resetAndDestroy();

/** Resolves when the node has given up waiting; on a busy machine it may have done so before. */
async function gone(response: ServerResponse): Promise<void> {
	if (!response.closed) await once(response, 'close');
}

function answer(response: ServerResponse, { status, headers, body }: Answer): void {
	response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

function cutOff(response: ServerResponse, { status, headers, body }: Answer): void {
	response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
	const half = body.slice(0, body.length / 2);
	// Writing nothing is never done.
	if (half === '') response.destroy();
	else response.write(half, () => response.destroy());
}

/** Applies the chosen mishap to one request. */
async function pass(
	request: IncomingMessage,
	response: ServerResponse,
	process: () => Promise<Answer>,
): Promise<void> {
	const mishap = request.headers[HEADER] as Mishap | undefined;
	switch (mishap) {
		case undefined:
			return answer(response, await process());
		case 'reset before':
			return reset(request);
		case 'timeout before':
			await gone(response);
			return void (await process());
		case '429 soon':
		case '503 soon':
			return answer(response, { ...refusal(parseInt(mishap)), headers: SOON });
	}
	if (/^\d+$/.test(mishap)) return answer(response, refusal(Number(mishap)));
	const processed = await process();
	const { status, headers, body } = processed;
	if (mishap === '503 soon after') return answer(response, { ...refusal(503), headers: SOON });
	if (/^\d+ after$/.test(mishap)) return answer(response, refusal(parseInt(mishap)));
	switch (mishap) {
		case 'reset after':
			return reset(request);
		case 'timeout after':
			return await gone(response);
		case 'cut off':
			return cutOff(response, processed);
		case 'broken JSON':
			return answer(response, { status, headers, body: body.slice(0, body.length / 2) });
		case 'html':
			return answer(response, {
				status,
				headers: { 'content-type': 'text/html' },
				body: '<html>Welcome</html>',
			});
		case 'empty':
			return answer(response, { status, headers: {}, body: '' });
		case 'OK':
			return answer(response, { status, headers: { 'content-type': 'text/plain' }, body: 'OK' });
	}
}

/** Sends a request on to the sandbox, as it came. */
async function forward(sandboxUrl: string, request: IncomingMessage, body: string): Promise<Answer> {
	const { authorization = '', 'x-api-key': apiKey } = request.headers;
	const headers = {
		'content-type': 'application/json',
		authorization,
		...(apiKey !== undefined && { 'x-api-key': String(apiKey) }),
	};
	const { method, url } = request;
	const answered = await fetch(sandboxUrl + url, { method, headers, body: body || undefined });
	const kept: Answer['headers'] = {};
	answered.headers.forEach((value, name) => {
		if (!OF_THE_CONNECTION.includes(name)) kept[name] = value;
	});
	return { status: answered.status, headers: kept, body: await answered.text() };
}

async function closedPort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** Opens a wire to the sandbox before the tests of a file, forgets everything before each, and closes it after. */
export function useWire(sandboxUrl: () => string): Wire {
	const attempts = new Map<string, number>();
	let processing = 0;
	let resets = 0;
	let waiting: Array<() => void> = [];

	/** Tells those who wait for something that something has happened. */
	function happened(): void {
		const asked = waiting;
		waiting = [];
		for (const ask of asked) ask();
	}

	const wire: Wire = {
		url: '',
		mishap: () => undefined,
		hold: () => undefined,
		outlivesCancel: false,
		passages: [],
		underWay: 0,
		over: [],
		peak: 0,
		reset() {
			resets++;
			attempts.clear();
			Object.assign(wire, {
				outlivesCancel: false,
				passages: [],
				over: [],
				peak: 0,
				mishap: () => undefined,
				hold: () => undefined,
			});
		},
		async until(isSo) {
			while (!isSo()) await new Promise<void>((resolve) => waiting.push(resolve));
		},
		async settled() {
			for (let turn = 0; turn < TURNS_TO_SETTLE; turn++) await nextTurn();
		},
		idle: () => wire.until(() => processing === 0),
	};

	const server = createServer(async (request, response) => {
		// On a busy machine, the node can give up before its request is seen here: that request is lost on the way.
		if (Number(request.headers[RESETS_HEADER] ?? resets) < resets) return reset(request);
		processing++;
		happened();
		try {
			const body = await text(request);
			await wire.hold({ body, attempt: attempts.get(body) ?? 1 });
			await pass(request, response, () => forward(sandboxUrl(), request, body));
		} catch (error) {
			response.destroy(error as Error);
		} finally {
			processing--;
			happened();
		}
	});

	/** Everything n8n sends goes by here. */
	function watch(noServer: number): void {
		const original = OutboundHttp.prototype.requests;
		jest.spyOn(OutboundHttp.prototype, 'requests').mockImplementation(function (this: OutboundHttp, ...args) {
			const client = original.apply(this, args);
			const send = (options: IHttpRequestOptions, passage: Passage) => {
				const mishap = wire.mishap(passage);
				if (mishap === undefined) return client.request(options);
				if (options.timeout !== PATIENCE_OF_NODE_MS) throw new Error(`Time-out of ${options.timeout} ms`);
				return client.request({
					...options,
					headers: { ...options.headers, [HEADER]: mishap, [RESETS_HEADER]: String(resets) },
					...(mishap.startsWith('timeout') && { timeout: PATIENCE_MS }),
					...(mishap === 'refused' && { url: options.url.replace(/:\d+\//, `:${noServer}/`) }),
				});
			};
			const request = async (options: IHttpRequestOptions) => {
				const body = options.body === undefined ? '' : JSON.stringify(options.body);
				const passage = { body, attempt: (attempts.get(body) ?? 0) + 1 };
				attempts.set(body, passage.attempt);
				wire.passages.push(passage);
				if (wire.outlivesCancel) delete options.abortSignal;
				wire.peak = Math.max(wire.peak, ++wire.underWay);
				happened();
				try {
					return await send(options, passage);
				} finally {
					wire.underWay--;
					wire.over.push(passage);
					happened();
				}
			};
			return { ...client, request: request as typeof client.request };
		});
	}

	beforeAll(async () => {
		await once(server.listen(0, '127.0.0.1'), 'listening');
		wire.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		watch(await closedPort());
	});
	beforeEach(() => wire.reset());
	afterAll(async () => {
		jest.restoreAllMocks();
		server.close();
		server.closeAllConnections();
	});
	return wire;
}
