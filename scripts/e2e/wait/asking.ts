import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RecordedRequest } from '../../../sandbox/server';
import { fetchAnswer } from '../../lib/http';
import { outputOf, poll, type Execution, type SavedWorkflow } from '../../n8n/client';
import type { Playground } from '../../n8n/playground';
import { chain, node } from '../../n8n/workflow';

const TIMEOUT = 60_000;
export const ASK = 'Ask';
const AFTER = 'After';

/** A message that the sandbox's nativeMsg accepted. */
export interface Sent {
	text: string;
	title?: string;
	buttons?: Array<{ type: string; title: string; payload: string }>;
}

/** A question that was sent and waits for a reply. */
export interface Question {
	executionId: string;
	link: string;
	message: Sent;
}

/** Publishes a workflow that a webhook starts, and that asks a person. @param path of the webhook; also its name */
export async function publishQuestion(
	{ n8n, credentials }: Playground,
	path: string,
	parameters: INodeParameters = {},
	type: 'nativeMsg' | 'nativeMsgOtt' = 'nativeMsg',
): Promise<SavedWorkflow> {
	const recipient: INodeParameters =
		type === 'nativeMsg'
			? { targetType: 'phones', phones: '={{ $json.body.phone }}', channelId: '601' }
			: { channelId: 'chan_telegram', to: '={{ $json.body.phone }}' };
	const workflow = chain(path, [
		node('Webhook', 'n8n-nodes-base.webhook', {
			typeVersion: 2,
			webhookId: path,
			parameters: { path, httpMethod: 'POST', responseMode: 'onReceived' },
		}),
		node(ASK, `n8n-nodes-nativemsg.${type}`, {
			parameters: {
				resource: 'message',
				operation: 'sendAndWait',
				...recipient,
				message: '=Question {{ $json.body.id }}.',
				...parameters,
			},
			credentials: { nativeMsgApi: type === 'nativeMsg' ? 'NativeMsg account' : 'NativeMessage account' },
		}),
		node(AFTER, 'n8n-nodes-base.noOp'),
	]);
	const saved = await n8n.client.importWorkflow(workflow, credentials);
	await n8n.client.publishWorkflow(saved);
	return saved;
}

const messageIn = ({ body }: RecordedRequest): Sent => {
	const { content, ...message } = body as Sent & { content?: Sent };
	return content ?? message;
};

/** The link to the page in a message. */
export function linkIn({ text, buttons = [] }: Sent): string {
	const button = buttons.find(({ type }) => type === 'weburl');
	return button?.payload ?? /http\S+/.exec(text)?.[0] ?? '';
}

let questions = 0;

/** Asks questions, side by side. @returns them once they wait */
export async function ask(
	{ n8n, sandbox }: Playground,
	path: string,
	count = 1,
	phone = '+12025550142',
): Promise<Question[]> {
	const ids = Array.from({ length: count }, () => String(++questions));
	for (const id of ids) await n8n.client.postToWebhook(path, { id, phone });
	const sent = await poll('The questions were not sent', TIMEOUT, async () => {
		const messages = (await sandbox.requests())
			.filter(({ method, status }) => method === 'POST' && (status ?? 500) < 300)
			.map(messageIn);
		const own = ids.map((id) => messages.find(({ text }) => text?.startsWith(`Question ${id}.`)));
		return own.every((message) => message !== undefined) ? (own as Sent[]) : undefined;
	});
	const asked = sent.map((message) => {
		const link = linkIn(message);
		return { message, link, executionId: new URL(link).pathname.split('/').at(-2)! };
	});
	for (const { executionId } of asked) {
		await poll('The question does not wait', TIMEOUT, async () => {
			return (await n8n.client.getExecution(executionId)).status === 'waiting';
		});
	}
	return asked;
}

/** A response of the page. */
export interface Answer {
	status: number;
	page: string;
}

export async function get(link: string, headers: Record<string, string> = {}): Promise<Answer> {
	const response = await fetchAnswer(link, { headers });
	return { status: response.status, page: await response.text() };
}

/** Submits the page. */
export async function submit(link: string, fields: Record<string, string> = {}): Promise<Answer> {
	const response = await fetchAnswer(link, { method: 'POST', body: new URLSearchParams(fields) });
	return { status: response.status, page: await response.text() };
}

/** The output of the node, as the next node received it. */
export const resultOf = (execution: Execution) => outputOf<IDataObject>(execution, AFTER);
