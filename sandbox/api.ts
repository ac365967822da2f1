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

/** What an API answers; `body` is sent as JSON. */
export interface ApiAnswer {
	status: number;
	headers?: Record<string, string>;
	body: unknown;
}

/** One simulated API, mounted under its prefix. */
export interface SandboxApi {
	/** Start of every path of this API, e.g. `/v1`. */
	prefix: string;
	handle(request: ApiRequest): Promise<ApiAnswer>;
	/** The API's own error body. Without a description it is a general one for the status. */
	errorBody(status: number, description?: string): unknown;
	/** Where its events go. */
	webhooks(): WebhookEndpoint[];
	/** Somebody writes. @throws ApiError 404 when there is no such channel */
	receive(message: InboundMessage): { messageId: string };
	/** Back to the seed data. */
	reset(): void;
}

/** Thrown by operations; answered with the API's own error body. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly description: string,
	) {
		super(description);
	}
}
