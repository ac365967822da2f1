import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { CHOICE, QUESTION_ID } from '../operations/wait/asking';
import type { MessagingEvent } from './events';

const TIMEOUT_MS = 10_000;
/** Statuses that come from a proxy, not from n8n's waiting path. */
const UNREACHED = [301, 302, 303, 307, 308, 502, 503, 504];

/** A tap on a button of Send and Wait for Response, with the link in the button. */
interface Tap {
	event: MessagingEvent;
	url: string;
}

/** The base URL of this n8n's waiting webhooks, such as `https://n8n.example.com/webhook-waiting/`. */
function waitingUrl(context: IWebhookFunctions): URL {
	// Outside an execution, n8n uses a placeholder as the last segment.
	return new URL('.', String(context.evaluateExpression('{{ $execution.resumeUrl }}')));
}

/**
 * The link of a choice in the payload of a button, if it belongs to this n8n: same origin, and an execution and a node
 * under its waiting path. n8n itself checks the signature.
 */
function ownLink(payload: string | null, own: () => URL): string | undefined {
	if (!payload?.startsWith('http') || !URL.canParse(payload)) return undefined;
	const { origin, pathname, searchParams, search } = new URL(payload);
	if (![QUESTION_ID, CHOICE, 'signature'].every((name) => searchParams.has(name))) return undefined;
	const waiting = own();
	const isBelow =
		pathname.startsWith(waiting.pathname) && /^[^/]+\/[^/]+$/.test(pathname.slice(waiting.pathname.length));
	return origin === waiting.origin && isBelow ? origin + pathname + search : undefined;
}

/** The taps among events. */
export function tapsIn(context: IWebhookFunctions, events: MessagingEvent[]): Tap[] {
	return events.flatMap((event) => {
		const url = ownLink(event.payload, () => waitingUrl(context));
		return url === undefined ? [] : [{ event, url }];
	});
}

/** Passes a tap on to the execution waiting for it. @returns whether n8n's waiting path was reached */
async function passOn(context: IWebhookFunctions, url: string): Promise<boolean> {
	const request: IHttpRequestOptions = {
		method: 'POST',
		url,
		timeout: TIMEOUT_MS,
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
	};
	let why: string;
	try {
		const { statusCode } = (await context.helpers.httpRequest(request)) as { statusCode: number };
		if (!UNREACHED.includes(statusCode)) return true;
		why = `HTTP status ${statusCode}`;
	} catch (error) {
		why = (error as Error).message;
	}
	context.logger.warn(
		`${context.getNode().name} could not reach this n8n at ${new URL(url).origin} (${why}), so it passes the reply on as an event with resumeUrl`,
	);
	return false;
}

/**
 * Resumes the executions waiting for taps. A tap for a finished or unknown execution has no effect.
 *
 * @returns the events that couldn't be passed on because this n8n can't reach itself, with `resumeUrl`
 */
export async function resume(context: IWebhookFunctions, taps: Tap[]): Promise<MessagingEvent[]> {
	const events = await Promise.all(
		taps.map(async ({ event, url }) => ((await passOn(context, url)) ? [] : [{ ...event, resumeUrl: url }])),
	);
	return events.flat();
}
