import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import pMap from 'p-map';
import { check } from '../../lib/check';
import { withProgress } from '../../lib/progress';
import type { Playground } from '../../n8n/playground';
import { publishTrigger } from '../../n8n/trigger-webhook';
import { triggerWorkflow } from '../../n8n/trigger-workflow';
import { ask, publishQuestion, resultOf, type Question } from './asking';

const TAPS = Number(process.env.TAPS ?? 500);
const CONCURRENCY = 4;

/** The payload of a choice. */
const payloadOf = ({ message }: Question, label: string) =>
	message.buttons?.find(({ title }) => title === label)?.payload ?? '';

/** Choices tapped in the chat: each resumes its own execution. */
export async function checkChat(playground: Playground): Promise<void> {
	const { n8n, sandbox, credentials } = playground;
	const trigger = await n8n.client.importWorkflow(
		triggerWorkflow('Taps', 'NativeMsg account', { events: ['postback'] }),
		credentials,
	);
	const url = await publishTrigger(n8n, trigger);
	const { id: subscriptionId } = await sandbox.addWebhook({
		url,
		secret: sandbox.webhookSecret,
		check: 'signature',
	});
	await publishQuestion(playground, 'chat', { channelId: '602', options: { answerInChat: true } });
	const questions = await withProgress(`Asking ${TAPS} questions`, () => ask(playground, 'chat', TAPS));
	let taps = 0;
	const tap = async (payload: string) => {
		const event = {
			id: 9_000_000 + ++taps,
			messageType: 'I',
			status: 'D',
			channelId: 602,
			message: { payload },
		};
		return (await sandbox.deliver({ subscriptionId, event })).status;
	};
	const labelOf = (index: number) => (index % 2 === 0 ? 'Approve' : 'Decline');

	const times = await withProgress(`${TAPS} taps`, () =>
		pMap(
			questions,
			async (question, index) => {
				const startedAt = performance.timeOrigin + performance.now();
				await tap(payloadOf(question, labelOf(index)));
				await n8n.client.waitForExecution(question.executionId);
				const path = `/rest/executions/${question.executionId}`;
				const { stoppedAt } = await n8n.client.request<{ stoppedAt: string }>('GET', path);
				return Date.parse(stoppedAt) - startedAt;
			},
			{ concurrency: CONCURRENCY },
		),
	);
	const executions = await Promise.all(
		questions.map(({ executionId }) => n8n.client.getExecution(executionId)),
	);
	const right = executions.filter((execution, index) => {
		const [result] = resultOf(execution) as Array<{ data?: { choice: unknown } }>;
		return result?.data?.choice === labelOf(index);
	}).length;
	const p95 = times.sort((a, b) => a - b)[Math.floor(TAPS * 0.95)];
	check(`${TAPS} taps: each resumed its own execution`, right === TAPS, right);
	// Not checked, because the speed depends on what else the machine does.
	console.log(`95% of them within ${Math.round(p95)} ms`);

	const foreign = createServer((_request, response) => response.end());
	let calls = 0;
	foreign.on('request', () => calls++);
	await once(foreign.listen(0, '127.0.0.1'), 'listening');
	const elsewhere = new URL(payloadOf(questions[0], 'Approve'));
	elsewhere.port = String((foreign.address() as AddressInfo).port);
	for (const question of questions.slice(0, 20)) await tap(payloadOf(question, 'Decline'));
	const started = (await n8n.client.listExecutions(trigger)).length;
	check('a second tap starts nothing', started === 0, `${started} executions of the trigger`);
	await tap(elsewhere.href);
	const [passed] = await n8n.client.waitForExecutions(trigger, 1);
	check(
		'a link to another address is not requested, and passes as a normal event',
		calls === 0 && passed?.status === 'success',
		`${calls} calls`,
	);
	foreign.close();
}
