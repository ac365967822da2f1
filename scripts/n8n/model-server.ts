import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What an agent sends to a language model; only what is read here. */
export interface ChatRequest {
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: { name: string } }>;
}

/** What a model says: words, or that a tool is to run. */
export type ChatReply = { content: string } | { tool: string; given: object };

export interface ModelServer {
	/** The Base URL of a credential for OpenAI. */
	url: string;
	requests: ChatRequest[];
	stop(): Promise<void>;
}

function messageOf(reply: ChatReply, id: number): object {
	if ('content' in reply) return { role: 'assistant', content: reply.content };
	const call = { name: reply.tool, arguments: JSON.stringify(reply.given) };
	return {
		role: 'assistant',
		content: null,
		tool_calls: [{ id: `call_${id}`, type: 'function', function: call }],
	};
}

/**
 * Starts a language model in this process, as far as OpenAI's chat completions go. It says what it is told to.
 *
 * @param decide the reply to a request
 */
export async function startModelServer(decide: (request: ChatRequest) => ChatReply): Promise<ModelServer> {
	const requests: ChatRequest[] = [];
	const server = createServer(async (message, response) => {
		const request = (await json(message)) as ChatRequest;
		const id = requests.push(request);
		const reply = decide(request);
		const answer = {
			id: `chatcmpl-${id}`,
			object: 'chat.completion',
			created: 0,
			model: 'sandbox',
			choices: [
				{
					index: 0,
					message: messageOf(reply, id),
					finish_reason: 'tool' in reply ? 'tool_calls' : 'stop',
				},
			],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		async stop() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
