import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isObject } from '../../transport/json';
import { askedIn, CHOICE, QUESTION_ID } from './asking';
import { closedPage, HEADERS, questionPage, thanksPage } from './page';
import { outputOf, readReply } from './reply';

function setHeaders(context: IWebhookFunctions): void {
	const response = context.getResponseObject();
	for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

/** Answers with a page, and lets the execution wait on. */
function show(context: IWebhookFunctions, status: number, html: string): IWebhookResponseData {
	setHeaders(context);
	context.getResponseObject().status(status).end(html);
	return { noWebhookResponse: true };
}

/**
 * Answers a request to the link of a question: GET shows the page and decides nothing, as previews of messengers and virus
 * scanners open links, POST decides. n8n has checked the signature and that the execution waits at this node.
 */
export async function respond(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const asked = askedIn(context);
	const query = context.getQueryData() as Record<string, unknown>;
	if (!asked || query[QUESTION_ID] !== asked.id) {
		return show(
			context,
			410,
			closedPage('Someone has already replied, or a newer question has replaced it.'),
		);
	}
	const { question, sent } = asked;
	// n8n looks every minute whose time is over.
	if (question.until !== undefined && Date.parse(question.until) <= Date.now()) {
		return show(context, 410, closedPage('The time to reply is over.'));
	}
	const only = query[CHOICE];
	if (context.getRequestObject().method !== 'POST')
		return show(context, 200, questionPage(question, { only }));
	// n8n ends an execution whose node throws here, so anything may come in.
	const body: unknown = context.getBodyData();
	const { text, choice } = isObject(body) ? body : {};
	const reply = readReply(question, { text, choice: only ?? choice });
	if ('problem' in reply) {
		const { status, problem } = reply;
		const entered = typeof text === 'string' ? text : '';
		return show(context, status, questionPage(question, { only, text: entered, problem }));
	}
	setHeaders(context);
	// n8n sends it once the execution goes on: of two replies at once the second isn't thanked for.
	return {
		webhookResponse: thanksPage(question),
		workflowData: [[{ json: outputOf(sent, reply), pairedItem: { item: 0 } }]],
	};
}
