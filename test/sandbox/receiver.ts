import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A delivery as it arrived. */
export interface Received {
	path: string;
	headers: IncomingHttpHeaders;
	body: Buffer;
	/** Milliseconds since 1970. */
	at: number;
}

/** A webhook receiver for one test file, emptied before each test. */
export function useReceiver() {
	let received: Received[] = [];
	let answers: Array<number | 'hang-up'> = [];
	let answerText = 'OK';
	let hold: Promise<unknown> | undefined;

	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { url = '', headers } = request;
		received.push({ path: url, headers, body: Buffer.concat(chunks), at: Date.now() });
		const answer = answers.shift() ?? 200;
		await hold;
		if (answer === 'hang-up') request.socket.destroy();
		else response.writeHead(answer).end(answerText);
	});

	beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
	afterAll(() => new Promise((resolve) => server.close(resolve)));
	beforeEach(() => {
		received = [];
		answers = [];
		answerText = 'OK';
		hold = undefined;
	});

	return {
		url: (path = '/hook') => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
		received: () => received,
		/** The events that arrived, in order. */
		events: (path?: string) =>
			received
				.filter((delivery) => path === undefined || delivery.path === path)
				.map(({ body }) => JSON.parse(body.toString())),
		/** Statuses of the next responses; 200 after that. */
		answer: (...next: typeof answers) => {
			answers = next;
		},
		answerWithText: (text: string) => {
			answerText = text;
		},
		/** Responses wait for this from now on. */
		answerAfter: (promise: Promise<unknown>) => {
			hold = promise;
		},
	};
}
