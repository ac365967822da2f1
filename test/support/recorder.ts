import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request exactly as it came in, credentials included; the sandbox hides those. */
export interface RawRequest {
	method: string;
	/** Path and query. */
	url: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** A server that takes everything down. */
export interface Recorder {
	url: string;
	/** Since the test began. */
	requests: RawRequest[];
	/** Its response; by default a message with status 200. */
	answer: (request: RawRequest) => { status: number; body: object; headers?: Record<string, string> };
}

const accept = () => ({ status: 200, body: { id: 'msg_1', status: 'sent' } });

/** Starts a recorder before the tests of a file, forgets everything before each, ends it after. */
export function useRecorder(): Recorder {
	const recorder: Recorder = { url: '', requests: [], answer: accept };
	const server = createServer(async (request, response) => {
		const { method = '', url = '', headers } = request;
		const received = { method, url, headers, body: await text(request) };
		recorder.requests.push(received);
		const { status, body, headers: more } = recorder.answer(received);
		response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(body));
	});
	beforeAll(async () => {
		await once(server.listen(0, '127.0.0.1'), 'listening');
		recorder.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	beforeEach(() => Object.assign(recorder, { requests: [], answer: accept }));
	afterAll(() => {
		server.close();
		server.closeAllConnections();
	});
	return recorder;
}
