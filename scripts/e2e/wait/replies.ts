import type { INodeParameters } from 'n8n-workflow';
import { check } from '../../lib/check';
import type { Playground } from '../../n8n/playground';
import { ask, get, publishQuestion, resultOf, submit } from './asking';

interface Kind {
	name: string;
	parameters: INodeParameters;
	fields: Record<string, string>;
	/** Values that the output must contain. */
	data: Record<string, unknown>;
}

/** Each kind of question with one reply. */
const KINDS: Kind[] = [
	{ name: 'approve', parameters: {}, fields: { choice: '0' }, data: { approved: true, choice: 'Approve' } },
	{ name: 'decline', parameters: {}, fields: { choice: '1' }, data: { approved: false, choice: 'Decline' } },
	{
		name: 'text',
		parameters: { responseType: 'freeText' },
		fields: { text: 'On <Friday> & not before\r\nnoon' },
		data: { approved: null, text: 'On <Friday> & not before\nnoon' },
	},
	{
		name: 'choice',
		parameters: {
			responseType: 'choices',
			choices: { choice: [{ label: 'Morning' }, { label: 'Noon' }, { label: 'Evening' }] },
		},
		fields: { choice: '2' },
		data: { approved: null, choice: 'Evening', chatInput: 'Evening' },
	},
	{ name: 'ott', parameters: {}, fields: { choice: '0' }, data: { approved: true, choice: 'Approve' } },
];
const SHORT_WAIT_MS = 5_000;

export async function checkReplies(playground: Playground): Promise<void> {
	const { client } = playground.n8n;
	for (const { name, parameters, fields, data } of KINDS) {
		const type = name === 'ott' ? 'nativeMsgOtt' : 'nativeMsg';
		await publishQuestion(playground, `reply-${name}`, parameters, type);
		const [{ link, executionId }] = await ask(playground, `reply-${name}`);
		const before = await get(link);
		const { status } = await submit(link, fields);
		const execution = await client.waitForExecution(executionId);
		const [result] = resultOf(execution);
		const isRight = Object.entries(data).every(
			([key, value]) => (result?.data as Record<string, unknown>)?.[key] === value,
		);
		check(
			`${name}: the page asks, and the reply resumes the execution`,
			before.status === 200 && status === 200 && execution.status === 'success' && isRight,
			JSON.stringify(result),
		);
		const again = await submit(link, fields);
		check(`${name}: a later reply starts nothing`, again.status === 200, again.status);
	}
}

/** No one replies in time. n8n checks once a minute which waits have expired. */
export async function checkTimeOver(playground: Playground): Promise<void> {
	const { client } = playground.n8n;
	await publishQuestion(playground, 'time-over', {
		options: {
			limitWaitTime: {
				values: {
					limitType: 'atSpecifiedTime',
					maxDateAndTime: `={{ new Date(Date.now() + ${SHORT_WAIT_MS}).toISOString() }}`,
				},
			},
		},
	});
	const [{ executionId }] = await ask(playground, 'time-over');
	const execution = await client.waitForExecution(executionId);
	const [result] = resultOf(execution) as Array<{ timedOut?: boolean; data?: { approved: unknown } }>;
	const isRight = result?.timedOut === true && result.data?.approved === null;
	check(
		'timeout: the execution continues, with timedOut',
		execution.status === 'success' && isRight,
		JSON.stringify(result),
	);
}
