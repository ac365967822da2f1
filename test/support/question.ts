import type { Question } from '../../nodes/operations/wait/question';

/** A question with a text of its own in each place. */
export const question: Question = {
	title: 'Please',
	text: 'Lunch?',
	choices: ['Yes', 'No'],
	isApproval: true,
	submitLabel: 'Go',
	thanks: 'Thanks',
};
