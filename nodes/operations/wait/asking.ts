import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';
import { randomBytes } from 'node:crypto';
import type { Question } from './question';
import { outputOf } from './reply';

/** The parameters of a link: the ID of its question and, for a button in a chat, the choice. */
export const QUESTION_ID = 'q';
export const CHOICE = 'choice';

/** A question that waits for a reply. */
export interface Asked {
	/** In every link of this question, to tell it from other questions of the same execution. */
	id: string;
	question: Question;
	/** The output of sending it. */
	sent: IDataObject;
}

/** A question that is about to be asked. */
export interface Asking {
	/**
	 * The signed link to the page. Anyone who has it can reply.
	 *
	 * @param choice position of the choice, if the link is for a single one
	 */
	link(choice?: number): string;
	/**
	 * Passes the link to the question's link workflow, once per recipient, and waits until that has finished.
	 *
	 * @returns why it failed, in one sentence; undefined if it didn't, or there is no such workflow
	 */
	share(question: Question, recipients: string[]): Promise<string | undefined>;
	/** Puts the execution to wait for the reply. @param sent the output of sending the question */
	wait(question: Question, sent: IDataObject): Promise<void>;
}

/** Older n8n versions check a link's signature only if the node asks for it. */
interface OlderContext {
	setSignatureValidationRequired?(): void;
}

/** Starts asking one question. */
export function startAsking(context: IExecuteFunctions): Asking {
	// The signature covers execution and node only. In a loop, or as an agent's tool, a node asks more than once.
	const id = randomBytes(9).toString('base64url');
	const linkFor = (choice?: number) =>
		context.getSignedResumeUrl({
			[QUESTION_ID]: id,
			...(choice !== undefined && { [CHOICE]: String(choice) }),
		});
	return {
		link: linkFor,
		async share({ linkWorkflow, until }, recipients) {
			if (linkWorkflow === undefined) return undefined;
			const link = linkFor();
			const items = recipients.map((recipient) => ({ json: { recipient, link, until: until ?? null } }));
			try {
				await context.executeWorkflow({ id: linkWorkflow }, items);
				return undefined;
			} catch (error) {
				const why = (error as Error).message.replaceAll(link, 'the link');
				return `The Link Workflow ${linkWorkflow} failed (${why}), so people can only reply on its page`;
			}
		},
		async wait(question, sent) {
			const asked: Asked = { id, question, sent };
			context.getContext('node').asked = asked;
			(context as OlderContext).setSignatureValidationRequired?.();
			// On a timeout, n8n passes on the node's input data as its output.
			context.getExecuteData().data = { main: [[{ json: outputOf(sent), pairedItem: { item: 0 } }]] };
			await context.putExecutionToWait(question.until ? new Date(question.until) : WAIT_INDEFINITELY);
		},
	};
}

/** A text as JavaScript inside an expression. Braces are escaped because `}}` would end the expression. */
const quoted = (text: string) =>
	JSON.stringify(text).replace(/[{}]/g, (brace) => `\\u00${brace.charCodeAt(0).toString(16)}`);

/**
 * The question that the node waits for; undefined if it asked none. Webhooks can read the node's context only through an
 * expression.
 */
export function askedIn(context: IWebhookFunctions): Asked | undefined {
	const { name } = context.getNode();
	const asked = context.evaluateExpression(`{{ $node[${quoted(name)}].context["asked"] }}`);
	return (asked as Asked | null) ?? undefined;
}
