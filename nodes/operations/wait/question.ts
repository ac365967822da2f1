import type { Schema } from '../../transport/contract';
import type { Form } from '../form/form';

/** A question as its page shows it. Stored as JSON with the waiting execution. */
export interface Question {
	title: string;
	text: string;
	/** Labels of the choices; empty for free text. */
	choices: string[];
	/** Whether the first choice approves and any other declines. */
	isApproval: boolean;
	/** Label of the comment field; undefined for no such field. */
	commentLabel?: string;
	submitLabel: string;
	thanks: string;
	/** The ID of the workflow that gets the link; undefined for none. */
	linkWorkflow?: string;
	/** When replies are no longer accepted, in ISO 8601; undefined for no limit. */
	until?: string;
}

/** Maximum number of choices: as many as a web chat, the channel with the highest limit, can show. */
const MAX_CHOICES = 20;
const LABEL: Schema = { type: 'string', maxLength: 200 };
const WORDS: Schema = { type: 'string', maxLength: 2_000 };
const CHOICES: Schema = { type: 'array', items: LABEL, minItems: 2, maxItems: MAX_CHOICES };

const UNIT_MS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

interface Limit {
	limitType?: 'afterTimeInterval' | 'atSpecifiedTime';
	resumeAmount?: number;
	resumeUnit?: keyof typeof UNIT_MS;
	maxDateAndTime?: string;
}

interface Options {
	pageTitle?: string;
	pageText?: string;
	commentLabel?: string;
	submitLabel?: string;
	thankYouText?: string;
	approveLabel?: string;
	declineLabel?: string;
	linkWorkflow?: string;
	limitWaitTime?: Limit;
}

const OPTIONS: Schema = {
	properties: {
		pageTitle: LABEL,
		pageText: WORDS,
		commentLabel: LABEL,
		submitLabel: LABEL,
		thankYouText: WORDS,
		approveLabel: LABEL,
		declineLabel: LABEL,
		linkWorkflow: LABEL,
		limitWaitTime: {
			type: 'object',
			properties: {
				limitType: { type: 'string', enum: ['afterTimeInterval', 'atSpecifiedTime'] },
				resumeAmount: { type: 'number', minimum: 1, maximum: 100_000 },
				resumeUnit: { type: 'string', enum: Object.keys(UNIT_MS) },
				maxDateAndTime: { type: 'string', format: 'date-time' },
			},
		},
	},
};

/** @throws NotSentError if the time is in the past or missing */
function untilOf(form: Form, limit: Limit): string {
	const { limitType, resumeAmount = 1, resumeUnit = 'hours', maxDateAndTime } = limit;
	if (limitType !== 'atSpecifiedTime') {
		return new Date(Date.now() + resumeAmount * UNIT_MS[resumeUnit]).toISOString();
	}
	if (maxDateAndTime === undefined) {
		return form.refuse('Limit Wait Time, Max Date and Time is required, but nothing was given');
	}
	if (Date.parse(maxDateAndTime) > Date.now()) return maxDateAndTime;
	return form.refuse(
		`Limit Wait Time, Max Date and Time must be in the future, but "${maxDateAndTime}" was given`,
	);
}

function choicesOf(form: Form, { approveLabel = 'Approve', declineLabel = 'Decline' }: Options): string[] {
	switch (form.get('responseType')) {
		case 'freeText':
			return [];
		case 'choices':
			return (
				form.read<string[]>('choices', CHOICES) ?? form.refuse('Choices is required, but nothing was given')
			);
		default:
			return form.get('approvalType') === 'single' ? [approveLabel] : [approveLabel, declineLabel];
	}
}

/** The text of the question. @throws NotSentError if it is empty */
export function messageOf(form: Form): string {
	const message = form.read<string>('message', { type: 'string' });
	return message ?? form.refuse('Message is required, but nothing was given');
}

/**
 * Reads a question from a form with the fields of this folder.
 *
 * @throws NotSentError if a value is missing or too long
 */
export function readQuestion(form: Form): Question {
	const options = form.readObject<Options>(OPTIONS);
	const { pageTitle, pageText, commentLabel, submitLabel, thankYouText, linkWorkflow, limitWaitTime } =
		options;
	const choices = choicesOf(form, options);
	return {
		title: pageTitle ?? 'Please reply',
		text: pageText ?? messageOf(form),
		choices,
		isApproval: !['choices', 'freeText'].includes(String(form.get('responseType'))),
		commentLabel: choices.length > 0 ? commentLabel : undefined,
		submitLabel: submitLabel ?? 'Send',
		thanks: thankYouText ?? 'Thank you. Your reply was sent.',
		linkWorkflow,
		until: limitWaitTime && untilOf(form, limitWaitTime),
	};
}
