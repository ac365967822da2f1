import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { RawRequest } from '../../support/recorder';

/** How a response is sent. */
export interface WireAnswer {
	kind: string;
	status: number;
	headers: Record<string, string | string[]>;
	body: string | Buffer;
	/**
	 * - `drip`: the body comes a byte at a time and never ends
	 * - `reset`: the connection is reset in the middle of it
	 * - `short`, `long`: the Content-Length says less, and more, than there is
	 */
	how?: 'drip' | 'reset' | 'short' | 'long';
}

/** A server with scripted responses, in the order of the requests. */
export interface HostileServer {
	url: string;
	requests: RawRequest[];
	/** The next responses; if there are none left, the last one is repeated. */
	answers: WireAnswer[];
	/** The kinds of the sent responses, one per request. */
	given: string[];
}

async function drip(response: ServerResponse): Promise<void> {
	while (!response.destroyed) {
		response.write(' ');
		await delay(20);
	}
}

async function answerWith(
	request: IncomingMessage,
	response: ServerResponse,
	answer: WireAnswer,
): Promise<void> {
	const { status, headers, how } = answer;
	const body = Buffer.from(answer.body as string);
	const length = body.length + ({ short: -1, long: 10, reset: 10, drip: 0 }[how ?? 'drip'] ?? 0);
	if (how === 'drip') {
		response.writeHead(status, headers);
		return await drip(response);
	}
	if (how === undefined) return void response.writeHead(status, headers).end(body);
	// Bypasses Node's own check, which prevents a server from sending a wrong length.
	const { socket } = request;
	const lines = Object.entries({ ...headers, 'content-length': String(Math.max(0, length)) });
	const head = lines.flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}\r\n`)).join('');
	await new Promise((resolve) =>
		socket.write(Buffer.concat([Buffer.from(`HTTP/1.1 ${status} OK\r\n${head}\r\n`), body]), resolve),
	);
	if (how === 'reset') socket.resetAndDestroy();
	else socket.end();
}

/** Starts the server before the tests of a file and ends it after. */
export function useHostileServer(): HostileServer {
	const hostile: HostileServer = { url: '', requests: [], answers: [], given: [] };
	const server = createServer(async (request, response) => {
		const { method = '', url = '', headers } = request;
		hostile.requests.push({ method, url, headers, body: await text(request) });
		const answer = hostile.answers.length > 1 ? hostile.answers.shift()! : hostile.answers[0];
		hostile.given.push(answer.kind);
		await answerWith(request, response, answer).catch(() => response.destroy());
	});
	beforeAll(async () => {
		await once(server.listen(0, '127.0.0.1'), 'listening');
		hostile.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => {
		server.close();
		server.closeAllConnections();
	});
	return hostile;
}
