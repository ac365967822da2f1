import type { WebhookEndpoint } from '../../sandbox/server';
import { outputOf, type Execution } from '../n8n/client';
import type { Playground } from '../n8n/playground';
import type { SandboxProcess } from '../n8n/sandbox';
import { publishTrigger } from '../n8n/trigger-webhook';
import {
	readFromNativeMsg,
	runExample,
	sentMessages,
	textTable,
	type Outcome,
	type SentMessage,
} from './outcome';

const WORKFLOW = 'Auto-reply and opt-out';

/** The possible ends of a message: the node it ends in, and its name in the table. */
const ENDS: Record<string, string> = {
	Confirm: 'unsubscribed, confirmed',
	'Welcome back': 'subscribed again',
	Help: 'help sent',
	Reply: 'replied to',
	'No reply': 'no reply: opted out',
};
const REPEATED = 'ignored: delivered before';
/** Whether a person is subscribed after a message that ends there. */
const SUBSCRIBED: Record<string, boolean> = { Confirm: false, 'Welcome back': true };
/** The end nodes that send a message. */
const SENDING = ['Confirm', 'Welcome back', 'Help', 'Reply'];

/** A message, and the node it must end in. */
interface Message {
	from: string;
	text: string;
	payload?: string;
	expected: string;
}

/** With the ID that nativeMsg gave it. */
interface WrittenMessage extends Message {
	messageId: string;
}

/** The result of a message; `end` has n8n's status if it isn't one of the known ends. */
interface Result {
	messageId?: string;
	humanId?: string;
	end: string;
}

const [MARIA, LUKASZ, SAKURA] = ['+12025550140', '+12025550141', '+12025550142'];
const [STRANGER, RETURNER] = ['+12025550160', '+12025550161'];
/** Each round at once, after the previous one is over. */
const ROUNDS: Message[][] = [
	[
		{ from: MARIA, text: 'Are you open on Sunday?', expected: 'Reply' },
		{ from: LUKASZ, text: 'STOP', expected: 'Confirm' },
		{ from: SAKURA, text: 'Book a table', payload: 'BOOK_TABLE', expected: 'Reply' },
		{ from: STRANGER, text: 'help', expected: 'Help' },
		{ from: RETURNER, text: 'Unsubscribe', expected: 'Confirm' },
	],
	[
		{ from: LUKASZ, text: 'Stop!', expected: 'No reply' },
		{ from: LUKASZ, text: 'Is anyone there?', expected: 'No reply' },
		{ from: RETURNER, text: 'START', expected: 'Welcome back' },
	],
	[{ from: RETURNER, text: 'What is new?', expected: 'Reply' }],
];
/** How many messages of the first round are delivered again. */
const DUPLICATES = 2;

/**
 * Publishes the workflow, enters its webhook in the sandbox, simulates incoming messages, and checks what each contact
 * got.
 */
export async function runAutoReply(playground: Playground): Promise<Outcome> {
	const { n8n, sandbox } = playground;
	return await runExample(playground, WORKFLOW, async (workflow, progress) => {
		const url = await publishTrigger(n8n, workflow);
		const webhook = await sandbox.addWebhook({ url, secret: sandbox.webhookSecret, check: 'signature' });
		const requestsBefore = (await sandbox.requests()).length;

		const written: WrittenMessage[] = [];
		let repeated: WrittenMessage[] | undefined;
		let executions: Execution[] = [];
		for (const messages of ROUNDS) {
			written.push(...(await write(sandbox, messages)));
			executions = await n8n.client.waitForExecutions(workflow, written.length);
			// Before the next rounds, at the end of which anything that it starts is visible.
			repeated ??= await repeat(sandbox, webhook, written.slice(0, DUPLICATES));
		}
		progress.summarize(`${written.length + DUPLICATES} webhook requests`);

		const results = executions.map(resultOf);
		const sent = countByHuman(sentMessages((await sandbox.requests()).slice(requestsBefore)));
		return {
			table: formatTable(written, repeated ?? [], results),
			success:
				'Each message got exactly one reply. Contacts who sent STOP were unsubscribed and got no messages until START.',
			problems: [
				...messageProblems(written, results),
				...answerProblems(written, results, sent),
				...(await subscriptionProblems(sandbox, written, results)),
			],
		};
	});
}

async function write(sandbox: SandboxProcess, messages: Message[]): Promise<WrittenMessage[]> {
	return await Promise.all(
		messages.map(async ({ expected, ...message }) => {
			const { messageId } = await sandbox.receive({ service: 'nativeMsg', ...message });
			return { ...message, expected, messageId };
		}),
	);
}

/** Makes nativeMsg deliver messages again, as it does if a response was lost. */
async function repeat(
	sandbox: SandboxProcess,
	webhook: WebhookEndpoint,
	messages: WrittenMessage[],
): Promise<WrittenMessage[]> {
	const events = (await sandbox.deliveries())
		.filter(({ subscriptionId }) => subscriptionId === webhook.id)
		.map(({ event }) => event as { id: number });
	for (const { text, messageId } of messages) {
		const event = events.find(({ id }) => String(id) === messageId);
		if (!event) throw new Error(`"${text}" was not delivered.`);
		await sandbox.deliver({ subscriptionId: webhook.id, event });
	}
	return messages;
}

function resultOf(execution: Execution): Result {
	const [event] = outputOf<{ messageId: string; humanId: string }>(execution, 'Incoming message');
	const ends = Object.keys(ENDS).filter((node) => outputOf(execution, node).length > 0);
	const lost = `${ends.length} ends, execution status "${execution.status}"`;
	return {
		messageId: event?.messageId,
		humanId: event?.humanId,
		end: ends.length === 1 && execution.status === 'success' ? ends[0] : lost,
	};
}

/** How many messages the API accepted for each human, by ID. */
function countByHuman(messages: SentMessage[]): Map<string, number> {
	const sent = new Map<string, number>();
	for (const id of messages.flatMap(({ targets }) => targets.flatMap(({ ids }) => ids ?? []))) {
		sent.set(String(id), (sent.get(String(id)) ?? 0) + 1);
	}
	return sent;
}

function formatTable(written: WrittenMessage[], repeated: WrittenMessage[], results: Result[]): string {
	const endOf = ({ messageId }: WrittenMessage) => {
		const end = results.find((result) => result.messageId === messageId)?.end ?? 'lost';
		return ENDS[end] ?? end;
	};
	const line = (message: WrittenMessage, done: string) => {
		const { from, text, payload } = message;
		return [from, payload ? `[${text}]` : text, done];
	};
	return textTable(
		['Who', 'wrote', 'what was done'],
		[
			...written.map((message) => line(message, endOf(message))),
			...repeated.map((message) => line(message, REPEATED)),
		],
	);
}

/** Problems with the executions: each message must have started exactly one, which must end as expected. */
function messageProblems(written: WrittenMessage[], results: Result[]): string[] {
	const wrong = written.flatMap(({ from, text, messageId, expected }) => {
		const ends = results.filter((result) => result.messageId === messageId).map(({ end }) => end);
		return ends.join(' and ') === expected
			? []
			: `"${text}" of ${from} should end in ${expected}, but ended in ${ends.join(' and ') || 'nothing'}.`;
	});
	const extra = results.length - written.length;
	return extra > 0 ? [...wrong, `The workflow was started ${extra} times too often.`] : wrong;
}

/** Problems with the replies: each human must have got as many as their messages require. */
function answerProblems(written: WrittenMessage[], results: Result[], sent: Map<string, number>): string[] {
	const people = new Set(results.flatMap(({ humanId }) => humanId ?? []));
	const strangers = [...sent.keys()].filter((humanId) => !people.has(humanId));
	const wrong = [...people].flatMap((humanId) => {
		const theirs = results.filter((result) => result.humanId === humanId);
		const wanted = written.filter(
			({ messageId, expected }) =>
				SENDING.includes(expected) && theirs.some((result) => result.messageId === messageId),
		).length;
		const count = sent.get(humanId) ?? 0;
		return count === wanted ? [] : `Human ${humanId} was sent ${count} messages instead of ${wanted}.`;
	});
	return strangers.length > 0
		? [...wrong, `${strangers.length} people got a message they shouldn't have.`]
		: wrong;
}

/** Problems with the subscriptions: contacts who sent STOP must be unsubscribed, unless START came after it. */
async function subscriptionProblems(
	sandbox: SandboxProcess,
	written: WrittenMessage[],
	results: Result[],
): Promise<string[]> {
	const changes = written.filter(({ expected }) => expected in SUBSCRIBED);
	// The last of several changes counts.
	const people = new Map(changes.map((message) => [message.from, message]));
	const problems = [...people.values()].map(async ({ from, messageId, expected }) => {
		const humanId = results.find((result) => result.messageId === messageId)?.humanId;
		const path = `humans/${humanId}/subscription`;
		const { subscription } = await readFromNativeMsg<{ subscription: boolean }>(sandbox, path);
		if (subscription === SUBSCRIBED[expected]) return [];
		return [`${from} is ${subscription ? 'still subscribed' : 'not subscribed again'}.`];
	});
	return (await Promise.all(problems)).flat();
}
