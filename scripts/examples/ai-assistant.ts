import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { WebhookEndpoint } from '../../sandbox/server';
import { poll } from '../n8n/client';
import { repeatLastWords, type ChatRequest } from '../n8n/model-server';
import type { Playground } from '../n8n/playground';
import type { SandboxProcess } from '../n8n/sandbox';
import { publishTrigger } from '../n8n/trigger-webhook';
import {
	executionProblems,
	readFromNativeMsg,
	runExample,
	sentences,
	sentMessages,
	textTable,
	type Outcome,
	type SentMessage,
} from './outcome';

const WORKFLOW = 'AI assistant by text message';
const MAKE_TABLE = 'Set up once';
/** Between the messages of a round, in ms: all of them are written within a second. */
const PAUSE = 150;
const STOP_TIMEOUT = 30_000;

/** The texts in the workflow's nodes. */
const CONFIRMED =
	"Example Store: you're unsubscribed and won't receive more messages. Reply START to resubscribe.";
const WELCOME = 'Example Store: welcome back! Ask us anything. Reply HELP for help, STOP to opt out.';
const HELP = 'Example Store: call +1 202 555 0100 or write to help@example.com. Reply STOP to opt out.';

interface Message {
	from: string;
	text: string;
	payload?: string;
}

/** The messages that a person must get, in order, and whether they are subscribed in the end, if that has changed. */
interface Person {
	phone: string;
	sent: string[];
	subscribed?: boolean;
}

const [MARIA, LUKASZ, SAKURA, STRANGER] = ['+12025550140', '+12025550141', '+12025550142', '+12025550160'];
/** The stranger takes it back with the button "Stop" while the model is thinking. */
const SLOW = 'Do you sell tents?';
const TAKEN_BACK: Message = { from: STRANGER, text: 'No more of this', payload: 'STOP' };

/** Each round within a second, once the executions of the previous one have ended. */
const ROUNDS: Message[][] = [
	[
		{ from: MARIA, text: 'Hi' },
		{ from: LUKASZ, text: 'Where are you?' },
		{ from: SAKURA, text: 'Where is my order?' },
		{ from: MARIA, text: 'One question' },
		{ from: SAKURA, text: 'Stop!' },
		{ from: MARIA, text: 'Are you open on Sunday?' },
		{ from: STRANGER, text: SLOW },
	],
	[
		{ from: SAKURA, text: 'Is anybody there?' },
		{ from: SAKURA, text: 'help' },
		{ from: SAKURA, text: 'stop' },
	],
	[{ from: SAKURA, text: 'START' }],
	[{ from: SAKURA, text: 'Is it ready?' }],
];
/** In one webhook request. */
const TOGETHER: Message[] = [
	{ from: MARIA, text: 'And on Monday?' },
	{ from: LUKASZ, text: 'Thanks' },
	{ from: MARIA, text: 'Or on Tuesday?' },
];

const IN_A_ROW = 'Hi\nOne question\nAre you open on Sunday?';
const AFTERWARDS = 'And on Monday?\nOr on Tuesday?';
const PEOPLE: Person[] = [
	{ phone: MARIA, sent: [said(IN_A_ROW), said(AFTERWARDS)] },
	{ phone: LUKASZ, sent: [said('Where are you?'), said('Thanks')] },
	{ phone: SAKURA, sent: [CONFIRMED, HELP, WELCOME, said('Is it ready?')], subscribed: true },
	{ phone: STRANGER, sent: [CONFIRMED], subscribed: false },
];
/** What the model must be asked: a person's words and its own replies to them, never another person's. */
const CONVERSATIONS = [
	[IN_A_ROW],
	[IN_A_ROW, said(IN_A_ROW), AFTERWARDS],
	['Where are you?'],
	['Where are you?', said('Where are you?'), 'Thanks'],
	[SLOW],
	['Is it ready?'],
];

/** With the ID that nativeMsg gave it. */
interface WrittenMessage extends Message {
	messageId: string;
}

/** The fields of an inbound message record that the example reads. */
interface InboundRecord {
	id: number;
	humandId: number;
}

/** The messages that a person got, and whether they are subscribed. */
interface Result extends Person {
	got: string[];
	isSubscribed: boolean;
}

/**
 * Publishes the workflow and simulates messages: several in a row, from several people at once, also in one webhook
 * request, and STOP while a question waits and while the model is thinking. Then checks who got which messages, and what
 * the model was asked.
 */
export async function runAssistant(playground: Playground): Promise<Outcome> {
	const { sandbox, model } = playground;
	const { client } = playground.n8n;
	return await runExample(playground, WORKFLOW, async (workflow, progress) => {
		const made = await client.waitForExecution(await client.runWorkflow(workflow, MAKE_TABLE));
		const url = await publishTrigger(playground.n8n, workflow);
		const webhook = await sandbox.addWebhook({ url, secret: sandbox.webhookSecret, check: 'signature' });
		const requestsBefore = (await sandbox.requests()).length;
		const askedBefore = model.requests().length;
		const sent = async () => sentMessages((await sandbox.requests()).slice(requestsBefore));
		model.think(async (request) => {
			if (conversationOf(request).at(-1) === SLOW) await takeBack(sandbox, sent);
			return repeatLastWords(request);
		});

		let count = 0;
		const over = async (started: number) => {
			count += started;
			return await client.waitForExecutions(workflow, count, 'webhook');
		};
		const written: WrittenMessage[] = [];
		for (const messages of ROUNDS) {
			written.push(...(await write(sandbox, messages)));
			await over(messages.length + messages.filter(({ text }) => text === SLOW).length);
		}
		const humanIds = await humanIdsOf(sandbox, webhook, written);
		await writeTogether(sandbox, webhook, humanIds);
		const executions = await over(1);
		progress.summarize(`${count} webhook requests`);

		const messages = await sent();
		const results = await Promise.all(
			PEOPLE.map(async (person) => await resultOf(sandbox, person, humanIds.get(person.phone)!, messages)),
		);
		const asked = model.requests().slice(askedBefore).map(conversationOf);
		return {
			table: textTable(
				['Who', 'was sent'],
				results.flatMap(({ phone, got }) => got.map((text) => [phone, text.replaceAll('\n', ' / ')])),
			),
			success:
				'Messages in a row got one reply that considers all of them, no conversation contains words from another one, and contacts who sent STOP got only the confirmation.',
			problems: [
				...results.flatMap(resultProblems),
				...conversationProblems(asked),
				...executionProblems([made, ...executions]),
			],
		};
	});
}

/** One message after the other. */
async function write(sandbox: SandboxProcess, messages: Message[]): Promise<WrittenMessage[]> {
	const written: WrittenMessage[] = [];
	for (const message of messages) {
		const { messageId } = await sandbox.receive({ service: 'nativeMsg', ...message });
		written.push({ ...message, messageId });
		await delay(PAUSE);
	}
	return written;
}

/** The stranger opts out. Resolves when that is confirmed, like an earlier STOP. */
async function takeBack(sandbox: SandboxProcess, sent: () => Promise<SentMessage[]>): Promise<void> {
	await write(sandbox, [TAKEN_BACK]);
	await poll('STOP was not confirmed while the model was thinking', STOP_TIMEOUT, async () => {
		return (await sent()).filter(({ text }) => text === CONFIRMED).length === 2;
	});
}

async function inboundRecords(sandbox: SandboxProcess, webhook: WebhookEndpoint): Promise<InboundRecord[]> {
	return (await sandbox.deliveries())
		.filter(({ subscriptionId }) => subscriptionId === webhook.id)
		.map(({ event }) => event as InboundRecord);
}

/** The human IDs of people, by phone number. */
async function humanIdsOf(
	sandbox: SandboxProcess,
	webhook: WebhookEndpoint,
	written: WrittenMessage[],
): Promise<Map<string, number>> {
	const records = await inboundRecords(sandbox, webhook);
	const idOf = ({ messageId }: WrittenMessage) =>
		records.find(({ id }) => String(id) === messageId)!.humandId;
	return new Map(written.map((message) => [message.from, idOf(message)]));
}

/** Makes nativeMsg deliver messages from several people in one webhook request. */
async function writeTogether(
	sandbox: SandboxProcess,
	webhook: WebhookEndpoint,
	humanIds: Map<string, number>,
): Promise<void> {
	const [record] = await inboundRecords(sandbox, webhook);
	const event = TOGETHER.map(({ from, text }, index) => ({
		...record,
		...{ id: record.id + 1_000_000 + index, humandId: humanIds.get(from), message: { text } },
	}));
	await sandbox.deliver({ subscriptionId: webhook.id, event });
}

/** The messages to and from the model. */
function conversationOf({ messages }: ChatRequest): string[] {
	return messages
		.filter(({ role }) => role === 'user' || role === 'assistant')
		.map(({ content }) => content ?? '');
}

async function resultOf(
	sandbox: SandboxProcess,
	person: Person,
	humanId: number,
	messages: SentMessage[],
): Promise<Result> {
	const got = messages
		.filter(({ targets }) => targets.some(({ ids }) => ids?.map(Number).includes(humanId)))
		.map(({ text }) => text);
	const path = `humans/${humanId}/subscription`;
	const { subscription } = await readFromNativeMsg<{ subscription: boolean }>(sandbox, path);
	return { ...person, got, isSubscribed: subscription };
}

function resultProblems({ phone, sent, subscribed, got, isSubscribed }: Result): string[] {
	return sentences(
		!isDeepStrictEqual(got, sent) &&
			`${phone} should have been sent ${JSON.stringify(sent)}, but was sent ${JSON.stringify(got)}.`,
		subscribed !== undefined &&
			isSubscribed !== subscribed &&
			`${phone} is ${isSubscribed ? 'still' : 'not'} subscribed.`,
	);
}

function conversationProblems(asked: string[][]): string[] {
	const sorted = (conversations: string[][]) => conversations.map((one) => JSON.stringify(one)).sort();
	return sentences(
		!isDeepStrictEqual(sorted(asked), sorted(CONVERSATIONS)) &&
			`The model was asked ${sorted(asked).join(' and ')}.`,
	);
}

function said(text: string): string {
	return `You said: ${text}`;
}
