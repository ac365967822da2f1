import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';
import { randomBytes } from 'node:crypto';
import type { Question } from './question';
import { outputOf } from './reply';

/** The parameters of a link: which question it answers and, of a button in a chat, with which choice. */
export const QUESTION_ID = 'q';
export const CHOICE = 'choice';

/** A question that waits for a reply. */
export interface Asked {
	/** What the links of this question have, and those of another one in the same execution don't. */
	id: string;
	question: Question;
	/** What sending it put out. */
	sent: IDataObject;
}

/** A question that is about to be asked. */
export interface Asking {
	/**
	 * The signed link to the page. Whoever has it can reply.
	 *
	 * @param choice position of the one choice that it is for
	 */
	link(choice?: number): string;
	/**
	 * Gives the link to the workflow of the question, for each recipient, and waits until that is over.
	 *
	 * @returns why it failed, in a sentence; undefined when it didn't, or there is no such workflow
	 */
	share(question: Question, recipients: string[]): Promise<string | undefined>;
	/** Puts the execution to wait for the reply. @param sent what sending the question put out */
	wait(question: Question, sent: IDataObject): Promise<void>;
}

/** Older n8n checks the signature of a link only where the node asks for it. */
interface OlderContext {
	setSignatureValidationRequired?(): void;
}

/** Starts asking one question. */
export function startAsking(context: IExecuteFunctions): Asking {
	// The signature covers execution and node, which in a loop and for the tools of an agent ask more than once.
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
			// When the time is over, n8n hands on what the node was given.
			context.getExecuteData().data = { main: [[{ json: outputOf(sent), pairedItem: { item: 0 } }]] };
			await context.putExecutionToWait(question.until ? new Date(question.until) : WAIT_INDEFINITELY);
		},
	};
}

/** A text as JavaScript in an expression, whose end it must not look like. */
const quoted = (text: string) =>
	JSON.stringify(text).replace(/[{}]/g, (brace) => `\\u00${brace.charCodeAt(0).toString(16)}`);

/** What the node waits for; undefined when it asked nothing. Webhooks see the node's context through an expression only. */
export function askedIn(context: IWebhookFunctions): Asked | undefined {
	const { name } = context.getNode();
	const asked = context.evaluateExpression(`{{ $node[${quoted(name)}].context["asked"] }}`);
	return (asked as Asked | null) ?? undefined;
}
