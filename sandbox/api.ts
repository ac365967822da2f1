import type { IncomingHttpHeaders } from 'node:http';
import type { InboundMessage } from './inbound';
import type { WebhookEndpoint } from './webhookRequest';

/** One HTTP request as it arrived. */
export interface ApiRequest {
	method: string;
	/** URL path with the query string, the API's prefix included. */
	path: string;
	headers: IncomingHttpHeaders;
	/** Empty when the request has no body. */
	body: string;
}

/** An API's response; `body` is sent as JSON. */
export interface ApiAnswer {
	status: number;
	headers?: Record<string, string>;
	body: unknown;
}

/** One simulated API, mounted under its prefix. */
export interface SandboxApi {
	/** Start of every path of this API, such as `/v1`. */
	prefix: string;
	handle(request: ApiRequest): Promise<ApiAnswer>;
	/** The API's own error body. Default description: a general one for the status. */
	errorBody(status: number, description?: string): unknown;
	/** The webhooks that its events go to. */
	webhooks(): WebhookEndpoint[];
	/** Simulates an incoming message. @throws ApiError 404 if there is no such channel */
	receive(message: InboundMessage): { messageId: string };
	/** Resets to the seed data. */
	reset(): void;
}

/** Thrown by operations; the response has the API's own error body. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly description: string,
	) {
		super(description);
	}
}
