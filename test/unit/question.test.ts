import type { INodeParameters } from 'n8n-workflow';
import type { Form } from '../../nodes/operations/form/form';
import { formOf } from '../../nodes/operations/form/form';
import type { FormReader } from '../../nodes/operations/form/formReader';
import { questionFields, questionOptions } from '../../nodes/operations/wait/fields';
import { messageOf, readQuestion } from '../../nodes/operations/wait/question';
import { NotSentError } from '../../nodes/transport/errors';
import { time, useHandTime } from '../support/handSleep';

useHandTime();

const options = { displayName: 'Options', name: 'options', type: 'collection' as const, default: {} };
const fields = [...questionFields, { ...options, options: questionOptions }];

/** The form of a question, filled in with these values. */
function formWith(values: INodeParameters): Form {
	const entered: INodeParameters = { message: 'Lunch?', responseType: 'approval', ...values };
	const reader = { timezone: 'UTC', get: (name: string) => entered[name] } as unknown as FormReader;
	return formOf(reader, { endpoint: 'POST /messages', fields }, {} as never, 0);
}

const ask = (values: INodeParameters = {}) => readQuestion(formWith(values));
const limit = (values: INodeParameters) => ask({ options: { limitWaitTime: { values } } });
const choices = (count: number) => ({
	responseType: 'choices',
	choices: { choice: Array.from({ length: count }, (_unused, index) => ({ label: `Day ${index}` })) },
});

test('a question asks to approve or decline, with the usual texts, unless the user says otherwise', () => {
	expect(ask()).toEqual({
		title: 'Please reply',
		text: 'Lunch?',
		choices: ['Approve', 'Decline'],
		isApproval: true,
		submitLabel: 'Send',
		thanks: 'Thank you. Your reply was sent.',
	});
});

test('all texts can be those of the user', () => {
	const texts = {
		pageTitle: 'Title',
		pageText: 'Text',
		commentLabel: 'Why?',
		approveLabel: 'Yes',
		declineLabel: 'No',
		thankYouText: 'Thanks',
		linkWorkflow: { __rl: true, mode: 'id', value: 'w1' },
	};
	expect(ask({ options: texts })).toEqual({
		title: 'Title',
		text: 'Text',
		choices: ['Yes', 'No'],
		isApproval: true,
		commentLabel: 'Why?',
		submitLabel: 'Send',
		thanks: 'Thanks',
		linkWorkflow: 'w1',
	});
	expect(ask({ responseType: 'freeText', options: { submitLabel: 'Go' } }).submitLabel).toBe('Go');
});

test.each<[values: INodeParameters, choices: string[], isApproval: boolean]>([
	[{ approvalType: 'double' }, ['Approve', 'Decline'], true],
	[{ approvalType: 'single' }, ['Approve'], true],
	[{ responseType: 'freeText' }, [], false],
	[choices(2), ['Day 0', 'Day 1'], false],
])('the form %j offers the choices %j and asks for approval: %s', (values, labels, isApproval) => {
	expect(ask(values)).toMatchObject({ choices: labels, isApproval });
});

test('a free text has no comment, in which it would be entered twice', () => {
	const { commentLabel } = ask({ responseType: 'freeText', options: { commentLabel: 'Why?' } });
	expect(commentLabel).toBeUndefined();
});

test.each<[values: INodeParameters, ms: number]>([
	[{}, 3_600_000],
	[{ limitType: 'afterTimeInterval' }, 3_600_000],
	[{ resumeAmount: 2 }, 7_200_000],
	[{ resumeAmount: 1.5, resumeUnit: 'minutes' }, 90_000],
	[{ resumeAmount: 3, resumeUnit: 'days' }, 259_200_000],
])('the limit %j ends in %i ms', (values, ms) => {
	expect(limit(values).until).toBe(new Date(time.now() + ms).toISOString());
});

test('a limit at a specified time ends then', () => {
	const at = (maxDateAndTime: string) => limit({ limitType: 'atSpecifiedTime', maxDateAndTime });
	const soon = new Date(time.now() + 1_000).toISOString();
	expect(Date.parse(at(soon).until!)).toBe(time.now() + 1_000);
	const now = new Date(time.now()).toISOString();
	expect(() => at(now)).toThrow(
		`Limit Wait Time, Max Date and Time must be in the future, but "${now}" was given`,
	);
});

test.each<[values: INodeParameters, problem: string]>([
	[{ message: '' }, 'Message is required, but nothing was given'],
	[{ responseType: 'choices', choices: {} }, 'Choices is required, but nothing was given'],
	[choices(1), 'Choices needs at least 2 entries, but 1 was given'],
	[choices(21), 'Choices can have at most 20 entries, but 21 were given'],
	[
		{ options: { approveLabel: 'x'.repeat(201) } },
		'Approve Label can have at most 200 characters, but 201 were given',
	],
	[
		{ options: { pageText: 'x'.repeat(2_001) } },
		'Page Text can have at most 2000 characters, but 2001 were given',
	],
	[
		{ options: { limitWaitTime: { values: { limitType: 'atSpecifiedTime' } } } },
		'Limit Wait Time, Max Date and Time is required, but nothing was given',
	],
	[
		{ options: { limitWaitTime: { values: { resumeAmount: 0 } } } },
		'Limit Wait Time, Amount must be at least 1, but 0 was given',
	],
	[
		{ options: { limitWaitTime: { values: { resumeAmount: 100_001 } } } },
		'Limit Wait Time, Amount can be at most 100000, but 100001 was given',
	],
	[{ options: { limitWaitTime: { values: { resumeUnit: 'weeks' } } } }, 'Limit Wait Time, Unit'],
	[{ options: { limitWaitTime: { values: { limitType: 'never' } } } }, 'Limit Wait Time, Limit Type'],
])('the form %j is refused: %s', (values, problem) => {
	expect(() => ask(values)).toThrow(NotSentError);
	expect(() => ask(values)).toThrow(problem);
});

test('a page text replaces the message on the page, but not in the chat', () => {
	const form = formWith({ options: { pageText: 'Text' } });
	expect([readQuestion(form).text, messageOf(form)]).toEqual(['Text', 'Lunch?']);
});
