import type { IDataObject } from 'n8n-workflow';
import { wordOf } from '../../transport/text';
import { isBlank } from '../form/values';
import type { Question } from './question';

/** How long a reply may be, in characters. */
export const MAX_REPLY = 2_000;

/** What somebody replied; what their question doesn't ask for is null, and all of it when nobody replied in time. */
export type Reply = {
	approved: boolean | null;
	/** The label that was chosen. */
	choice: string | null;
	/** A free text, or the comment. */
	text: string | null;
	/** What an AI agent is told as the words of the person. */
	chatInput: string | null;
	/** ISO 8601, UTC. */
	respondedAt: string | null;
};

const NO_REPLY: Reply = { approved: null, choice: null, text: null, chatInput: null, respondedAt: null };

/** The output of a question. @param sent what sending it put out; @param reply undefined when the time is over */
export function outputOf(sent: IDataObject, reply?: Reply): IDataObject {
	return { data: reply ?? NO_REPLY, timedOut: reply === undefined, ...sent };
}

/** A reply that doesn't count, with a sentence for the person. */
export interface Refusal {
	status: 400 | 413;
	problem: string;
}

function textIn(value: unknown): string | null {
	// Browsers send each line break as two characters, but count it as one.
	return typeof value === 'string' && !isBlank(value) ? value.replace(/\r\n?/g, '\n').trim() : null;
}

/** A choice as the page and the buttons name it: its position. */
export function choiceIn({ choices }: Question, position: unknown): string | undefined {
	return typeof position === 'string' && /^\d{1,2}$/.test(position) ? choices[Number(position)] : undefined;
}

/** The choice whose label a text is and nothing else, as its position: what people write who reply by text. */
function choiceByLabel({ choices }: Question, text: string | null): string | undefined {
	const position = choices.findIndex((label) => wordOf(label) === wordOf(text));
	return position < 0 ? undefined : String(position);
}

/**
 * Reads what was submitted.
 *
 * @param submitted `choice` as the position of a choice; `text` as the free text, as the comment, or in place of a choice
 *   as its label
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
		// Of an agent's tool n8n says itself that it was declined; only a reason is worth telling.
		chatInput: text ?? (isApproval ? null : choice),
		respondedAt: new Date().toISOString(),
	};
}
