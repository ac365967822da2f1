import type { IDataObject } from 'n8n-workflow';
import { wordOf } from '../../transport/text';
import { isBlank } from '../form/values';
import type { Question } from './question';

/** Maximum length of a reply in characters. */
export const MAX_REPLY = 2_000;

/** A reply. Fields that the question doesn't ask for are null; if no one replied in time, all fields are. */
export type Reply = {
	approved: boolean | null;
	/** Label of the chosen option. */
	choice: string | null;
	/** The free text, or the comment. */
	text: string | null;
	/** What an AI agent gets as the person's words. */
	chatInput: string | null;
	/** ISO 8601, UTC. */
	respondedAt: string | null;
};

const NO_REPLY: Reply = { approved: null, choice: null, text: null, chatInput: null, respondedAt: null };

/** The output of a question. @param sent the output of sending it @param reply undefined if the wait timed out */
export function outputOf(sent: IDataObject, reply?: Reply): IDataObject {
	return { data: reply ?? NO_REPLY, timedOut: reply === undefined, ...sent };
}

/** A reply that wasn't accepted, with a sentence for the person. */
export interface Refusal {
	status: 400 | 413;
	problem: string;
}

function textIn(value: unknown): string | null {
	// Browsers send each line break as two characters but count it as one.
	return typeof value === 'string' && !isBlank(value) ? value.replace(/\r\n?/g, '\n').trim() : null;
}

/** The label of a choice by its position, which is how the page and the buttons name it. */
export function choiceIn({ choices }: Question, position: unknown): string | undefined {
	return typeof position === 'string' && /^\d{1,2}$/.test(position) ? choices[Number(position)] : undefined;
}

/** The position of the choice whose label matches a text, for people who reply by text. */
function choiceByLabel({ choices }: Question, text: string | null): string | undefined {
	const position = choices.findIndex((label) => wordOf(label) === wordOf(text));
	return position < 0 ? undefined : String(position);
}

/**
 * Reads what was submitted.
 *
 * @param submitted `choice` is the position of a choice. `text` is the free text, the comment, or, without `choice`, the
 *   label of a choice
 */
export function readReply(question: Question, submitted: Record<string, unknown>): Reply | Refusal {
	const { choices, isApproval } = question;
	const written = textIn(submitted.text);
	const isLabel = submitted.choice === undefined && choices.length > 0;
	const position = isLabel ? choiceByLabel(question, written) : submitted.choice;
	const text = isLabel ? null : written;
	const choice = choiceIn(question, position) ?? null;
	if (choices.length > 0 && choice === null) return { status: 400, problem: 'Please choose one.' };
	if (choices.length === 0 && text === null) return { status: 400, problem: 'Please write a reply.' };
	if (text !== null && text.length > MAX_REPLY) {
		return {
			status: 413,
			problem: `Your text has ${text.length} characters. It can have at most ${MAX_REPLY}.`,
		};
	}
	return {
		approved: isApproval ? position === '0' : null,
		choice,
		text,
		// If an agent's tool call is declined, n8n tells the agent itself, so only a reason is added here.
		chatInput: text ?? (isApproval ? null : choice),
		respondedAt: new Date().toISOString(),
	};
}
