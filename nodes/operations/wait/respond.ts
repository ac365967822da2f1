import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isObject } from '../../transport/json';
import { askedIn, CHOICE, QUESTION_ID } from './asking';
import { closedPage, HEADERS, questionPage, thanksPage } from './page';
import { outputOf, readReply } from './reply';

function setHeaders(context: IWebhookFunctions): void {
	const response = context.getResponseObject();
	for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

/** Responds with a page; the execution keeps waiting. */
function show(context: IWebhookFunctions, status: number, html: string): IWebhookResponseData {
	setHeaders(context);
	context.getResponseObject().status(status).end(html);
	return { noWebhookResponse: true };
}

/**
 * Handles a request to the link of a question. GET only shows the page, because link previews and virus scanners open
 * links too; POST decides. n8n has already checked the signature, and that the execution is waiting at this node.
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
	// n8n checks for expired waits only once a minute.
	if (question.until !== undefined && Date.parse(question.until) <= Date.now()) {
		return show(context, 410, closedPage('The time to reply is over.'));
	}
	const only = query[CHOICE];
	if (context.getRequestObject().method !== 'POST')
		return show(context, 200, questionPage(question, { only }));
	// n8n ends the execution if its node throws here, so any body must be handled.
	const body: unknown = context.getBodyData();
	const { text, choice } = isObject(body) ? body : {};
	const reply = readReply(question, { text, choice: only ?? choice });
	if ('problem' in reply) {
		const { status, problem } = reply;
		const entered = typeof text === 'string' ? text : '';
		return show(context, status, questionPage(question, { only, text: entered, problem }));
	}
	setHeaders(context);
	// n8n sends this once the execution continues, so the second of two simultaneous replies gets no thank-you page.
	return {
		webhookResponse: thanksPage(question),
		workflowData: [[{ json: outputOf(sent, reply), pairedItem: { item: 0 } }]],
	};
}
