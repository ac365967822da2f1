import { fetchAnswer } from '../lib/http';
import { outputOf } from '../n8n/client';
import { startProgress } from '../lib/progress';
import { publishTrigger } from '../n8n/trigger-webhook';

const WORKFLOW = 'Auto-reply and opt-out';

/** What may become of a message: the node that it ends in, and what the table calls that. */
const ENDS = {
	Confirm: 'unsubscribed, confirmed',
	'Welcome back': 'subscribed again',
	Help: 'help sent',
	Answer: 'answered',
	'No answer': 'no answer: opted out',
};
const REPEATED = 'ignored: delivered before';
/** Whether a person is subscribed after a message that ended there. */
const SUBSCRIBED = { Confirm: false, 'Welcome back': true };
/** The nodes that send, of those in which a message may end. */
const SENDING = ['Confirm', 'Welcome back', 'Help', 'Answer'];

const [MARIA, LUKASZ, SAKURA] = ['+12025550140', '+12025550141', '+12025550142'];
const [STRANGER, RETURNER] = ['+12025550160', '+12025550161'];
/** Who writes what, and in which node it has to end: each round at once, when the one before is over. */
const ROUNDS = [
	[
		{ from: MARIA, text: 'Are you open on Sunday?', expected: 'Answer' },
		{ from: LUKASZ, text: 'STOP', expected: 'Confirm' },
		{ from: SAKURA, text: 'Book a table', payload: 'BOOK_TABLE', expected: 'Answer' },
		{ from: STRANGER, text: 'help', expected: 'Help' },
		{ from: RETURNER, text: 'Unsubscribe', expected: 'Confirm' },
	],
	[
		{ from: LUKASZ, text: 'Stop!', expected: 'No answer' },
		{ from: LUKASZ, text: 'Is anybody there?', expected: 'No answer' },
		{ from: RETURNER, text: 'START', expected: 'Welcome back' },
	],
	[{ from: RETURNER, text: 'What is new?', expected: 'Answer' }],
];
/** How many of the first round are delivered once more. */
const REPETITIONS = 2;

/**
 * Publishes the workflow, enters its webhook in the sandbox, has people write, and looks at what each of them got.
 *
 * @param {import('../n8n/playground').Playground} playground
 * @returns {Promise<import('./outcome').Outcome>}
 */
export async function runAutoReply({ n8n, sandbox, workflows }) {
	const workflow = workflows.find(({ name }) => name === WORKFLOW);
	const progress = startProgress(`Writing to "${WORKFLOW}"`);
	const url = await publishTrigger(n8n, workflow);
	const webhook = await sandbox.addWebhook({ url, secret: sandbox.webhookSecret, check: 'signature' });
	const requestsBefore = (await sandbox.requests()).length;

	const written = [];
	let repeated;
	let executions;
	for (const messages of ROUNDS) {
		written.push(...(await write(sandbox, messages)));
		executions = await n8n.client.waitForExecutions(workflow, written.length);
		// Before the rounds that follow, at the end of which everything that it starts is there to be seen.
		repeated ??= await repeat(sandbox, webhook, written.slice(0, REPETITIONS));
	}
	progress.done(`${written.length + repeated.length} deliveries`);

	const results = executions.map(resultOf);
	const sent = sentTo((await sandbox.requests()).slice(requestsBefore));
	return {
		table: formatTable(written, repeated, results),
		success:
			'Each message was answered exactly once, and whoever wrote STOP is unsubscribed and was left in peace until START.',
		problems: [
			...messageProblems(written, results),
			...answerProblems(written, results, sent),
			...(await subscriptionProblems(sandbox, written, results)),
		],
	};
}

/** @returns {Promise<object[]>} the messages with the IDs that nativeMsg gave them */
async function write(sandbox, messages) {
	return await Promise.all(
		messages.map(async ({ expected, ...message }) => {
			const { messageId } = await sandbox.receive({ service: 'nativeMsg', ...message });
			return { ...message, expected, messageId };
		}),
	);
}

/** Has nativeMsg deliver messages once more, as it does when an answer was lost. */
async function repeat(sandbox, webhook, messages) {
	const deliveries = (await sandbox.deliveries()).filter(
		({ subscriptionId }) => subscriptionId === webhook.id,
	);
	for (const { messageId } of messages) {
		const { event } = deliveries.find((delivery) => String(delivery.event.id) === messageId);
		await sandbox.deliver({ subscriptionId: webhook.id, event });
	}
	return messages;
}

/**
 * What became of one message.
 *
 * @param {import('../n8n/client').Execution} execution
 * @returns {{ messageId: string, humanId: string, end: string }} the end names n8n's status when it is none of those known
 */
function resultOf(execution) {
	const [event] = outputOf(execution, 'Somebody writes');
	const ends = Object.keys(ENDS).filter((node) => outputOf(execution, node).length > 0);
	const lost = `${ends.length} ends, execution status "${execution.status}"`;
	return {
		messageId: event?.messageId,
		humanId: event?.humanId,
		end: ends.length === 1 && execution.status === 'success' ? ends[0] : lost,
	};
}

/** @returns {Map<string, number>} how many messages the API took for each human, by their ID */
function sentTo(requests) {
	const sends = requests.filter(
		({ method, path, status }) => method === 'POST' && path === '/v1/messages' && status === 200,
	);
	const sent = new Map();
	for (const id of sends.flatMap(({ body }) => body.targets.flatMap(({ ids }) => ids ?? []))) {
		sent.set(String(id), (sent.get(String(id)) ?? 0) + 1);
	}
	return sent;
}

function formatTable(written, repeated, results) {
	const endOf = ({ messageId }) => results.find((result) => result.messageId === messageId)?.end;
	const lines = [
		...written.map((message) => [message, ENDS[endOf(message)] ?? endOf(message) ?? 'lost']),
		...repeated.map((message) => [message, REPEATED]),
	];
	const line = (who, what, done) => `  ${who.padEnd(15)}${what.padEnd(27)}${done}`;
	const quoted = ({ text, payload }) => (payload ? `[${text}]` : text);
	return [
		line('Who', 'wrote', 'what was done'),
		...lines.map(([message, done]) => line(message.from, quoted(message), done)),
	].join('\n');
}

/** What is wrong with the executions: each message must have started one, and none another; it must end as expected. */
function messageProblems(written, results) {
	const wrong = written.flatMap(({ from, text, messageId, expected }) => {
		const ends = results.filter((result) => result.messageId === messageId).map(({ end }) => end);
		return ends.join(' and ') === expected
			? []
			: `"${text}" of ${from} should end in ${expected}, but ended in ${ends.join(' and ') || 'nothing'}.`;
	});
	const extra = results.length - written.length;
	return extra > 0 ? [...wrong, `The workflow was started ${extra} times too often.`] : wrong;
}

/** What is wrong with the answers: each human must have been sent as many as their messages call for. */
function answerProblems(written, results, sent) {
	const people = new Set(results.map(({ humanId }) => humanId));
	const strangers = [...sent.keys()].filter((humanId) => !people.has(humanId));
	const wrong = [...people].flatMap((humanId) => {
		const theirs = results.filter((result) => result.humanId === humanId);
		const wanted = written.filter(
			({ messageId, expected }) =>
				SENDING.includes(expected) && theirs.some((result) => result.messageId === messageId),
		).length;
		const count = sent.get(humanId) ?? 0;
		return count === wanted ? [] : `Human ${humanId} was sent ${count} messages in place of ${wanted}.`;
	});
	return strangers.length > 0
		? [...wrong, `${strangers.length} people were sent a message for nothing.`]
		: wrong;
}

/** What is wrong with the subscriptions: whoever wrote STOP must have none, unless START came after it. */
async function subscriptionProblems({ baseUrl, token }, written, results) {
	const changes = written.filter(({ expected }) => expected in SUBSCRIBED);
	// Of several changes the last one counts.
	const people = new Map(changes.map((message) => [message.from, message]));
	const problems = [...people.values()].map(async ({ from, messageId, expected }) => {
		const humanId = results.find((result) => result.messageId === messageId)?.humanId;
		const answer = await fetchAnswer(`${baseUrl}/humans/${humanId}/subscription`, {
			headers: { authorization: `Bearer ${token}` },
		});
		const { subscription } = await answer.json();
		if (subscription === SUBSCRIBED[expected]) return [];
		return [`${from} is ${subscription ? 'still subscribed' : 'not subscribed again'}.`];
	});
	return (await Promise.all(problems)).flat();
}
