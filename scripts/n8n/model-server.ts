import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A message of a conversation, as in OpenAI's chat completions. */
export interface ChatMessage {
	role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
	content: string | null;
	tool_calls?: Array<{ id: string; type: 'function'; function: { name: string; arguments: string } }>;
	tool_call_id?: string;
}

/** A request from an agent to its model. */
export interface ChatRequest {
	model: string;
	messages: ChatMessage[];
	tools?: Array<{ type: 'function'; function: { name: string; description?: string; parameters: object } }>;
}

/** The model's reply, or the tools it wants to run first. */
export type ChatAnswer = string | Array<{ tool: string; input: object }>;

/** The model's logic. An agent asks again with the results of its tools. */
export type Thinking = (request: ChatRequest) => ChatAnswer | Promise<ChatAnswer>;

/** A local, scripted language model for AI agents. */
export interface ModelServer {
	/** For the credential: the base URL of an API that is compatible with OpenAI's. */
	url: string;
	/** For the credential; made up at each start. */
	apiKey: string;
	/** All requests so far. */
	requests(): ChatRequest[];
	/** Sets the model's logic. Default: it repeats what the person said last. */
	think(thinking: Thinking): void;
	stop(): Promise<void>;
}

/** Repeats what the person said last. */
export const repeatLastWords: Thinking = ({ messages }) =>
	`You said: ${messages.filter(({ role }) => role === 'user').at(-1)?.content}`;

/**
 * Starts a model on 127.0.0.1. It supports chat completions without streaming, which n8n's agents use, and a list of
 * models.
 */
export async function startModelServer(): Promise<ModelServer> {
	const apiKey = randomBytes(24).toString('hex');
	const requests: ChatRequest[] = [];
	let thinking = repeatLastWords;

	async function answer(request: IncomingMessage): Promise<[status: number, body: object]> {
		if (request.headers.authorization !== `Bearer ${apiKey}`)
			return [401, failure('Incorrect API key provided.')];
		if (request.url === '/v1/models')
			return [200, { object: 'list', data: [{ id: 'sandbox', object: 'model' }] }];
		if (request.url !== '/v1/chat/completions') return [404, failure(`There is no ${request.url} here.`)];
		const asked = (await json(request)) as ChatRequest;
		requests.push(asked);
		return [200, completion(asked.model, await thinking(asked))];
	}

	const server = createServer((request, response) => {
		answer(request).then(
			(reply) => send(response, ...reply),
			(error: Error) => send(response, 400, failure(error.message)),
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		apiKey,
		requests: () => requests,
		think: (other) => (thinking = other),
		async stop() {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

function send(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function failure(message: string): object {
	return { error: { message, type: 'invalid_request_error' } };
}

function completion(model: string, answer: ChatAnswer): object {
	const message: ChatMessage =
		typeof answer === 'string'
			? { role: 'assistant', content: answer }
			: { role: 'assistant', content: null, tool_calls: answer.map(toolCall) };
	return {
		id: `chatcmpl-${randomBytes(8).toString('hex')}`,
		object: 'chat.completion',
		created: 0,
		model,
		choices: [{ index: 0, message, finish_reason: typeof answer === 'string' ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
	};
}

function toolCall({
	tool,
	input,
}: {
	tool: string;
	input: object;
}): NonNullable<ChatMessage['tool_calls']>[0] {
	const id = `call_${randomBytes(8).toString('hex')}`;
	return { id, type: 'function', function: { name: tool, arguments: JSON.stringify(input) } };
}
