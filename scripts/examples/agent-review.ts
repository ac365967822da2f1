import { fetchAnswer } from '../lib/http';
import { outputOf, poll, type Execution, type N8nClient, type SavedWorkflow } from '../n8n/client';
import { repeatLastWords, type ChatAnswer, type ChatRequest } from '../n8n/model-server';
import type { Playground } from '../n8n/playground';
import type { SandboxProcess } from '../n8n/sandbox';
import {
	countTable,
	executionProblems,
	runExample,
	sentences,
	sentMessages,
	type Outcome,
	type SentMessage,
} from './outcome';

export const WORKFLOW = 'AI agent with a human in the loop';
export const TRIGGER = 'Try it out';
const AGENT = 'AI Agent';
const TIMEOUT = 60_000;

export const MANAGER = '+12025550142';
export const CUSTOMER = '+12025550140';
const TEXT = 'Sorry for the delay. You get $10 off your next order.';
const REASON = 'Five dollars will do.';
/** How often the agent's message is approved, and how often declined. */
const TIMES = 3;

/** A model that texts the customer once, and then repeats the result it got. */
export function textOnce({ messages, tools = [] }: ChatRequest): ChatAnswer {
	const told = messages.filter(({ role }) => role === 'tool').at(-1);
	if (told) return String(told.content);
	// n8n asks for both if a person reviews a tool.
	const input = { toolParameters: { phone: CUSTOMER, text: TEXT }, hitlParameters: {} };
	return [{ tool: tools[0].function.name, input }];
}

/** The messages sent to a phone since the sandbox was reset. */
export async function messagesTo(sandbox: SandboxProcess, phone: string): Promise<SentMessage[]> {
	const sent = sentMessages(await sandbox.requests());
	return sent.filter(({ targets }) => targets.every(({ phones }) => phones?.join() === phone));
}

/** Starts the agent, and replies to the manager's question. @returns the execution, once it has ended */
async function review(
	client: N8nClient,
	sandbox: SandboxProcess,
	workflow: SavedWorkflow,
	reply: Record<string, string>,
): Promise<Execution> {
	const asked = (await messagesTo(sandbox, MANAGER)).length;
	const id = await client.runWorkflow(workflow, TRIGGER);
	const { text } = await poll('The manager was not asked', TIMEOUT, async () =>
		(await messagesTo(sandbox, MANAGER)).at(asked),
	);
	await poll('The agent does not wait', TIMEOUT, async () => {
		return (await client.getExecution(id)).status === 'waiting';
	});
	const [link] = /http\S+/.exec(text) ?? [''];
	await (await fetchAnswer(link)).text();
	const response = await fetchAnswer(link, { method: 'POST', body: new URLSearchParams(reply) });
	await response.text();
	return await client.waitForExecution(id);
}

/** An agent's messages are approved and declined by the manager, each by its own link. */
export async function runAgentReview(playground: Playground): Promise<Outcome> {
	const { n8n, sandbox, model } = playground;
	await sandbox.reset();
	model.think(textOnce);
	return await runExample(playground, WORKFLOW, async (workflow, progress) => {
		const replyEach = async (reply: Record<string, string>) => {
			const executions: Execution[] = [];
			for (let turn = 0; turn < TIMES; turn++) {
				executions.push(await review(n8n.client, sandbox, workflow, reply));
			}
			return executions;
		};
		const approved = await replyEach({ choice: '0' });
		const sent = (await messagesTo(sandbox, CUSTOMER)).length;
		const declined = await replyEach({ choice: '1', text: REASON });
		const sentLater = (await messagesTo(sandbox, CUSTOMER)).length - sent;
		const asked = await messagesTo(sandbox, MANAGER);
		const informed = declined.filter((execution) =>
			JSON.stringify(outputOf(execution, AGENT)).includes(REASON),
		).length;
		model.think(repeatLastWords);
		progress.summarize(`${asked.length} messages of the agent`);
		return {
			table: countTable([
				['Messages of the agent', asked.length],
				['Approved and sent', sent],
				['Declined and not sent', TIMES - sentLater],
				['Declined with a reason that the agent got', informed],
			]),
			success: 'Approved messages were sent once, declined ones were not, and the agent was told why.',
			problems: [
				...sentences(
					sent !== TIMES && `${TIMES} messages were approved, ${sent} sent.`,
					sentLater > 0 && `${sentLater} messages were declined, but sent anyway.`,
					informed !== TIMES && `${informed} of ${TIMES} reasons reached the agent.`,
					!asked.every(({ text }) => text.includes(TEXT)) && 'The manager was not shown the message.',
				),
				...executionProblems([...approved, ...declined]),
			],
		};
	});
}
