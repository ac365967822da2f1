import { parseIncomingMessage } from '@n8n/backend-network';
import { jsonParse } from 'n8n-workflow';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Transform } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';

/** A request as n8n hands it to a webhook node. */
export interface WebhookRequest extends Omit<IncomingMessage, 'rawBody'> {
	/** Unset until `readRawBody` has read it. */
	rawBody?: Buffer;
	readRawBody(): Promise<void>;
	body: unknown;
	/** Without its parameters. */
	contentType?: string;
	encoding: BufferEncoding;
	params: Record<string, string>;
	query: Record<string, string>;
}

/** The part of Express's response that a webhook node uses. */
export interface WebhookResponse extends ServerResponse {
	status(code: number): this;
	json(body: unknown): this;
	send(body: string): this;
}

export type WebhookHandler = (request: WebhookRequest, response: WebhookResponse) => Promise<void>;

/** The body doesn't match its content type. n8n responds itself, before the node runs. */
export class UnparsableBodyError extends Error {}

/** The default of N8N_PAYLOAD_SIZE_MAX. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

const DECODERS: Record<string, (() => Transform) | undefined> = {
	gzip: createGunzip,
	deflate: createInflate,
};

/** What n8n's server does before any webhook: the body can be read on demand, decompressed. */
function prepareRequest(message: IncomingMessage): WebhookRequest {
	parseIncomingMessage(message);
	const request = message as WebhookRequest;
	request.params = {};
	request.query = Object.fromEntries(new URL(request.url!, 'http://localhost').searchParams);
	request.readRawBody = async () => {
		if (request.rawBody) return;
		if (request.destroyed || !request.readable)
			throw new Error('Request body stream was aborted or is not readable');
		const decoder = DECODERS[request.headers['content-encoding'] ?? ''];
		const rawBody = await buffer(decoder ? request.pipe(decoder()) : request);
		if (rawBody.length > MAX_BODY_BYTES) throw new Error('request entity too large');
		request.rawBody = rawBody;
	};
	return request;
}

function prepareResponse(response: ServerResponse): WebhookResponse {
	return Object.assign(response, {
		status(this: WebhookResponse, code: number) {
			this.statusCode = code;
			return this;
		},
		json(this: WebhookResponse, body: unknown) {
			return this.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(body));
		},
		send(this: WebhookResponse, body: string) {
			return this.end(body);
		},
	}) as WebhookResponse;
}

/** What n8n reads before it asks a node of a version above 1; everything else is left to the node. */
const PARSED_TYPE = /^(application\/json|text\/plain|application\/x-www-form-urlencoded)|[/+]xml$/;

/**
 * Parses the body by its content type, as n8n does it for every webhook before the node runs. A form with files is taken
 * from the stream, so that nothing is left of it for the node to read.
 *
 * @throws UnparsableBodyError for JSON that is none
 */
export async function parseBody(request: WebhookRequest): Promise<void> {
	if (request.contentType === 'multipart/form-data') {
		await buffer(request);
		request.body = { data: {}, files: {} };
		return;
	}
	if (!PARSED_TYPE.test(request.contentType ?? '')) return;
	await request.readRawBody();
	if (request.contentType === 'application/x-www-form-urlencoded') {
		request.body = Object.fromEntries(new URLSearchParams(request.rawBody!.toString()));
	}
	if (request.contentType !== 'application/json' || request.rawBody!.length === 0) return;
	try {
		request.body = jsonParse(request.rawBody!.toString(request.encoding).replace(/^\uFEFF/, ''));
	} catch (error) {
		throw new UnparsableBodyError((error as Error).message);
	}
}

/** Serves webhooks on 127.0.0.1. If a handler throws, the response is 500, as in n8n. */
export class TriggerServer {
	private constructor(private readonly server: Server) {}

	static async start(handle: WebhookHandler): Promise<TriggerServer> {
		const server = createServer((message, plainResponse) => {
			const response = prepareResponse(plainResponse);
			handle(prepareRequest(message), response).catch((error: Error) => {
				if (!response.headersSent) response.status(500).json({ code: 0, message: error.message });
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return new TriggerServer(server);
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
