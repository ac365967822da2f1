import { fetchAnswer } from '../lib/http';
import type { Execution } from '../n8n/client';
import { outputOf, poll } from '../n8n/client';
import { repeatLastWords, type ChatAnswer, type ChatRequest } from '../n8n/model-server';
import type { Playground } from '../n8n/playground';
import { countTable, executionProblems, runExample, sentences, sentMessages, type Outcome } from './outcome';

const WORKFLOW = 'AI agent with a human in the loop';
const TRIGGER = 'Try it out';
const AGENT = 'AI Agent';
const TIMEOUT = 60_000;

const MANAGER = '+12025550142';
const CUSTOMER = '+12025550140';
const TEXT = 'Sorry for the delay. You get $10 off your next order.';
const REASON = 'Five dollars will do.';
const TIMES = { approve: 3, decline: 3 };

/** A model that texts the customer once, and then repeats what it was told about that. */
function textOnce({ messages, tools = [] }: ChatRequest): ChatAnswer {
	const told = messages.filter(({ role }) => role === 'tool').at(-1);
	if (told) return String(told.content);
	// n8n asks for both where a person reviews a tool.
	const input = { toolParameters: { phone: CUSTOMER, text: TEXT }, hitlParameters: {} };
	return [{ tool: tools[0].function.name, input }];
}

/** An agent's messages are approved and declined by the manager, each by its own link. */
export async function runAgentReview(playground: Playground): Promise<Outcome> {
	const { n8n, sandbox, model } = playground;
	model.think(textOnce);
	try {
		return await runExample(playground, WORKFLOW, async (workflow, progress) => {
			const before = (await sandbox.requests()).length;
			const messagesTo = async (phone: string) =>
				sentMessages((await sandbox.requests()).slice(before)).filter(({ targets }) =>
					targets.every(({ phones }) => phones?.join() === phone),
				);

			const review = async (fields: Record<string, string>): Promise<Execution> => {
				const asked = (await messagesTo(MANAGER)).length;
				const id = await n8n.client.runWorkflow(workflow, TRIGGER);
				const { text } = await poll('The manager was not asked', TIMEOUT, async () => {
					return (await messagesTo(MANAGER)).at(asked);
				});
				await poll('The agent does not wait', TIMEOUT, async () => {
					return (await n8n.client.getExecution(id)).status === 'waiting';
				});
				const [link] = /http\S+/.exec(text) ?? [''];
				await (await fetchAnswer(link)).text();
				const response = await fetchAnswer(link, { method: 'POST', body: new URLSearchParams(fields) });
				await response.text();
				return await n8n.client.waitForExecution(id);
			};
			const approved: Execution[] = [];
			const declined: Execution[] = [];
			for (let turn = 0; turn < TIMES.approve; turn++) approved.push(await review({ choice: '0' }));
			const sent = (await messagesTo(CUSTOMER)).length;
			for (let turn = 0; turn < TIMES.decline; turn++) {
				declined.push(await review({ choice: '1', text: REASON }));
			}
			const sentAfterDecline = (await messagesTo(CUSTOMER)).length - sent;
			const asked = await messagesTo(MANAGER);
			const informed = declined.filter((execution) =>
				JSON.stringify(outputOf(execution, AGENT)).includes(REASON),
			).length;
			progress.summarize(`${approved.length + declined.length} messages of the agent`);
			return {
				table: countTable([
					['Messages of the agent', asked.length],
					['Approved and sent', sent],
					['Declined and not sent', declined.length - sentAfterDecline],
					['Declined with a reason that the agent heard', informed],
				]),
				success: 'What was approved was sent once, what was declined was not, and the agent was told why.',
				problems: [
					...sentences(
						sent !== approved.length && `${approved.length} messages were approved, ${sent} sent.`,
						sentAfterDecline > 0 && `${sentAfterDecline} messages were declined, and sent all the same.`,
						informed !== declined.length && `${informed} of ${declined.length} reasons reached the agent.`,
						!asked.every(({ text }) => text.includes(TEXT)) && 'The manager was not shown the message.',
					),
					...executionProblems([...approved, ...declined]),
				],
			};
		});
	} finally {
		model.think(repeatLastWords);
	}
}
