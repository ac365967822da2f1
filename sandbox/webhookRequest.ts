import { createHmac } from 'node:crypto';
import { request as httpRequest, type Agent, type OutgoingHttpHeaders } from 'node:http';
import { readBody } from './http';

/** How a webhook request proves its origin; without a secret, it has no proof. */
export interface WebhookProof {
	secret: string | null;
	/** `signature`: HMAC-SHA256 of the body in hex. `header`: the secret as it is. */
	check: 'signature' | 'header';
	/** Name of the header with the proof. */
	header: string;
}

/** Where events go. */
export interface WebhookEndpoint extends WebhookProof {
	id: string;
	service: 'nativeMessage' | 'nativeMsg';
	url: string;
	/** Names of the events it gets; null means all. */
	events: string[] | null;
}

/** A webhook request as it is sent. */
export interface WebhookRequest {
	headers: OutgoingHttpHeaders;
	body: Buffer;
}

/** A body that is sent as it is; every other event is sent as JSON. */
export class FinishedBody {
	constructor(
		readonly contentType: string,
		readonly text: string,
	) {}
}

/** The receiver's response; the status is null if the connection failed. */
export interface Receipt {
	status: number | null;
	body: string;
}

/** The header documented by NativeMessage; that nativeMsg signs the same way is a guess. */
export const SIGNATURE_HEADER = 'X-Webhook-Signature';

const ANSWER_TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 100_000;
const LOCAL_HOST = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * A genuine webhook request with an event.
 *
 * @param pretty sends the event indented while the signature covers its compact form, as in NativeMessage's sample code
 */
export function webhookRequest(proof: WebhookProof, event: unknown, pretty = false): WebhookRequest {
	if (event instanceof FinishedBody) {
		const { contentType, text } = event;
		return { headers: { 'Content-Type': contentType, ...proofHeader(proof, text) }, body: Buffer.from(text) };
	}
	const compact = JSON.stringify(event);
	return {
		headers: { 'Content-Type': 'application/json', ...proofHeader(proof, compact) },
		body: Buffer.from(pretty ? JSON.stringify(event, null, 2) : compact),
	};
}

function proofHeader({ secret, check, header }: WebhookProof, text: string): Record<string, string> {
	if (secret === null) return {};
	return { [header]: check === 'header' ? secret : createHmac('sha256', secret).update(text).digest('hex') };
}

/** Whether the sandbox sends to a URL: nothing may leave this machine. */
export function isLocal(url: string): boolean {
	const { protocol, hostname } = new URL(url);
	return protocol === 'http:' && LOCAL_HOST.test(hostname);
}

/** Sends a webhook request and waits for the response. Never rejects. */
export function post(
	url: string,
	{ headers, body }: WebhookRequest,
	agent: Agent,
	signal: AbortSignal,
): Promise<Receipt> {
	return new Promise((resolve) => {
		let status: number | null = null;
		const finish = (text = '') => resolve({ status, body: text });
		const outgoing = httpRequest(url, {
			method: 'POST',
			headers: { ...headers, 'Content-Length': body.length },
			agent,
			signal,
			timeout: ANSWER_TIMEOUT_MS,
		});
		outgoing.on('response', (response) => {
			status = response.statusCode ?? null;
			readBody(response, MAX_ANSWER_BYTES).then(finish, () => finish());
		});
		outgoing.on('timeout', () => outgoing.destroy(new Error('no response in time')));
		// Also after a response: a receiver that refuses a long body closes the connection while it is still being sent.
		outgoing.on('error', () => finish());
		outgoing.end(body);
	});
}
