import { check } from '../../lib/check';
import type { Cluster } from '../../n8n/queue-mode/cluster';
import { ask, get, publishQuestion, resultOf, submit, type Question } from '../wait/asking';

const QUESTIONS = 6;

const approvedIn = async ({ n8n }: Cluster, { executionId }: Question) => {
	const execution = await n8n.client.waitForExecution(executionId);
	const [result] = resultOf(execution) as Array<{ data?: { approved: unknown } }>;
	return execution.status === 'success' && result?.data?.approved === true;
};

/** Questions asked by workers, with replies to the main process and to webhook processes. */
export async function checkWaiting(cluster: Cluster): Promise<void> {
	const { n8n, webhookProcesses } = cluster;
	await publishQuestion(cluster, 'queue-wait');
	const questions = await ask(cluster, 'queue-wait', QUESTIONS);
	const places = [n8n.url, ...webhookProcesses.map(({ url }) => url)];
	const statuses: number[] = [];
	for (const [index, { link }] of questions.entries()) {
		const there = link.replace(n8n.url, places[index % places.length]);
		statuses.push((await get(there)).status, (await submit(there, { choice: '0' })).status);
	}
	const right = await Promise.all(questions.map((question) => approvedIn(cluster, question)));
	check(
		`${QUESTIONS} replies, to the main process and webhook processes, each resumed its execution`,
		right.every(Boolean) && statuses.every((status) => status === 200),
		statuses,
	);
}

/** Every worker dies between question and reply, and another one starts. */
export async function checkWaitingPastWorkers(cluster: Cluster): Promise<void> {
	const [question] = await ask(cluster, 'queue-wait');
	for (const worker of cluster.workers) worker.kill();
	await cluster.addWorker();
	const { status } = await submit(question.link, { choice: '0' });
	check(
		'the workers were killed between question and reply: another one continues',
		status === 200 && (await approvedIn(cluster, question)),
		status,
	);
}
