import type { IncomingMessage, ServerResponse } from 'node:http';

/** A response as it is sent. */
export interface WireAnswer {
	status: number;
	headers?: Record<string, string>;
	/** Sent as it is. */
	text: string;
	/** Whether the connection breaks in the middle of the response. */
	isCut?: boolean;
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): WireAnswer {
	return { status, headers: { ...JSON_HEADERS, ...headers }, text: JSON.stringify(body) };
}

export function send(response: ServerResponse, { status, headers, text, isCut = false }: WireAnswer): void {
	response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
	if (!isCut) return void response.end(text);
	const half = text.slice(0, text.length / 2);
	// Writing an empty text would never call back.
	if (half === '') response.destroy();
	else response.write(half, () => response.destroy());
}

/**
 * The whole body as text, or undefined if it is longer than `maxBytes`. Even then, it is read to its end, because a
 * client that is still sending wouldn't see the response.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes <= maxBytes) chunks.push(chunk);
	}
	return bytes <= maxBytes ? Buffer.concat(chunks).toString('utf8') : undefined;
}
