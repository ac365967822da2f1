import type { Question } from '../../nodes/operations/wait/question';
import { choiceIn, MAX_REPLY, outputOf, readReply } from '../../nodes/operations/wait/reply';

const respondedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);

const approval: Partial<Question> = { choices: ['Yes', 'No'], isApproval: true };
const freeText: Partial<Question> = { choices: [], isApproval: false };
const many: Partial<Question> = {
	choices: Array.from({ length: 20 }, (_unused, index) => `Day ${index + 1}`),
	isApproval: false,
};

const NONE = { approved: null, choice: null, text: null, chatInput: null };

test.each<[question: Partial<Question>, submitted: Record<string, unknown>, reply: object]>([
	[approval, { choice: '0' }, { approved: true, choice: 'Yes' }],
	[approval, { choice: '1' }, { approved: false, choice: 'No' }],
	[
		approval,
		{ choice: '1', text: ' Too\r\ndear\r ' },
		{ approved: false, choice: 'No', text: 'Too\ndear', chatInput: 'Too\ndear' },
	],
	[approval, { choice: '0', text: '' }, { approved: true, choice: 'Yes' }],
	[approval, { text: ' yes! ' }, { approved: true, choice: 'Yes' }],
	[approval, { text: 'NO' }, { approved: false, choice: 'No' }],
	[many, { choice: '19' }, { choice: 'Day 20', chatInput: 'Day 20' }],
	[many, { choice: '0', text: 'Early' }, { choice: 'Day 1', text: 'Early', chatInput: 'Early' }],
	[many, { text: 'day 2' }, { choice: 'Day 2', chatInput: 'Day 2' }],
	[freeText, { text: 'Soon' }, { text: 'Soon', chatInput: 'Soon' }],
	[freeText, { text: '0', choice: '0' }, { text: '0', chatInput: '0' }],
])('of the question %j, %j is a reply', (question, submitted, reply) => {
	expect(readReply(question as Question, submitted)).toEqual({ ...NONE, ...reply, respondedAt });
});

test.each<[question: Partial<Question>, submitted: Record<string, unknown>]>([
	[approval, {}],
	[approval, { choice: '2' }],
	[approval, { choice: '-1' }],
	[approval, { choice: '000' }],
	[approval, { choice: 'x0' }],
	[approval, { choice: 'Yes' }],
	[approval, { choice: '0x' }],
	[approval, { choice: 0 }],
	[approval, { choice: ['0'] }],
	[approval, { choice: null, text: 'Yes' }],
	[approval, { choice: '5', text: 'Yes' }],
	...['Yes or no', 'Yes it is', 'ok', '0', '👍'].map((text): [Partial<Question>, { text: string }] => [
		approval,
		{ text },
	]),
	[approval, { text: ' ' }],
	[approval, { text: 1 }],
	[many, { choice: '20' }],
])('of the question %j, %j chooses nothing', (question, submitted) => {
	expect(readReply(question as Question, submitted)).toEqual({ status: 400, problem: 'Please choose one.' });
});

test.each<[submitted: Record<string, unknown>]>([
	[{}],
	[{ text: '' }],
	[{ text: ' \n\u200b' }],
	[{ text: ['x'] }],
	[{ choice: '0' }],
])('%j writes nothing', (submitted) => {
	const refusal = { status: 400, problem: 'Please write a reply.' };
	expect(readReply(freeText as Question, submitted)).toEqual(refusal);
});

test.each([
	[freeText, {}],
	[approval, { choice: '0' }],
])('a text may be as long as promised, and no longer', (question, submitted) => {
	const read = (text: string) => readReply(question as Question, { ...submitted, text });
	const longest = 'x'.repeat(MAX_REPLY - 1);
	expect(read(`${longest}\r\n`)).toMatchObject({ text: longest });
	expect(read(`${longest}\r\nx`)).toEqual({
		status: 413,
		problem: 'Your text has 2001 characters. It can have at most 2000.',
	});
	expect(read(`${longest}x`)).toMatchObject({ text: `${longest}x` });
});

test('a choice is named by its position only', () => {
	const found = ['0', '1', '2', '001', 'Yes', 1, undefined].map((one) => choiceIn(approval as Question, one));
	expect(found).toEqual(['Yes', 'No', undefined, undefined, undefined, undefined, undefined]);
});

test('without a reply, the output says that the time was over', () => {
	const sent = { requestId: 'r' };
	expect(outputOf(sent)).toEqual({ data: { ...NONE, respondedAt: null }, timedOut: true, requestId: 'r' });
	const reply = { ...NONE, text: 'Hi', respondedAt: '2026-01-01T00:00:00.000Z' };
	expect(outputOf(sent, reply)).toEqual({ data: reply, timedOut: false, requestId: 'r' });
});
