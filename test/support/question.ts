import type { Question } from '../../nodes/operations/wait/question';

/** A question whose texts all differ. */
export const question: Question = {
	title: 'Please',
	text: 'Lunch?',
	choices: ['Yes', 'No'],
	isApproval: true,
	submitLabel: 'Go',
	thanks: 'Thanks',
};
