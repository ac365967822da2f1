import { poll, type SavedWorkflow } from '../n8n/client';
import { openDataTable } from '../n8n/data-table';
import type { Playground } from '../n8n/playground';
import { publishTrigger } from '../n8n/trigger-webhook';
import {
	countTable,
	executionProblems,
	runExample,
	sentences,
	sentMessages,
	type Count,
	type Outcome,
} from './outcome';

const WORKFLOW = 'Reply by text message';
const TRIGGER = 'Try it out';
const TABLE = 'Open questions by text message';
const TIMEOUT = 60_000;

/** From the workflow's node "Request". */
const PERSON = '+12025550142';
const STRANGER = '+12025550143';
const NOT_UNDERSTOOD = 'Sorry, please reply Yes or No.';

/** The messages while a question is open, with their senders, and how often the workflow must send each reply. */
interface Round {
	texts: Array<{ from: string; text: string }>;
	answers: Record<string, number>;
}

const ROUNDS: Round[] = [
	{
		texts: [
			{ from: STRANGER, text: 'Yes' },
			{ from: PERSON, text: 'Maybe' },
			{ from: PERSON, text: 'yes!' },
			{ from: PERSON, text: 'No' },
		],
		answers: { [NOT_UNDERSTOOD]: 1, 'Noted: Yes.': 1, 'Noted: No.': 0 },
	},
	{
		texts: [
			{ from: PERSON, text: 'HELP' },
			{ from: PERSON, text: 'No' },
		],
		answers: { [NOT_UNDERSTOOD]: 0, 'Noted: Yes.': 0, 'Noted: No.': 1 },
	},
];

/** Asks, simulates messages one after the other, and checks the recorded replies. */
export async function runReplyByText(playground: Playground): Promise<Outcome> {
	const { n8n, sandbox } = playground;
	return await runExample(playground, WORKFLOW, async (workflow, progress) => {
		// Creates the table. The question stays open, and is replaced by the next one.
		const left = await ask(playground, workflow);
		const url = await publishTrigger(n8n, workflow);
		await sandbox.addWebhook({ url, secret: sandbox.webhookSecret, check: 'signature' });
		const problems: string[] = [];
		const counts: Count[] = [];
		let written = 0;
		for (const { texts, answers } of ROUNDS) {
			const before = (await sandbox.requests()).length;
			const id = await ask(playground, workflow);
			for (const text of texts) {
				await sandbox.receive({ service: 'nativeMsg', ...text });
				const ended = await n8n.client.waitForExecutions(workflow, ++written, 'webhook');
				problems.push(...executionProblems(ended));
			}
			problems.push(...executionProblems([await n8n.client.waitForExecution(id)]));
			const sent = sentMessages((await sandbox.requests()).slice(before));
			for (const [answer, expected] of Object.entries(answers)) {
				const count = sent.filter(({ text }) => text === answer).length;
				if (expected > 0) counts.push([answer, count]);
				if (count !== expected) problems.push(`"${answer}" was sent ${count} times, not ${expected}.`);
			}
		}
		const rows = await (await openDataTable(n8n.client, TABLE)).rows();
		const { status } = await n8n.client.getExecution(left);
		progress.summarize(`${written} texts`);
		return {
			table: countTable([['Texts', written], ...counts]),
			success: 'Each question took one reply: the text of its person, and no other text.',
			problems: [
				...problems,
				...sentences(
					rows.length > 0 && 'The link of a question with a reply is still in the table.',
					status !== 'waiting' && 'A reply resumed an older question instead of the latest one.',
				),
			],
		};
	});
}

/** Asks. @returns the ID of the execution, once it waits */
async function ask({ n8n: { client } }: Playground, workflow: SavedWorkflow): Promise<string> {
	const id = await client.runWorkflow(workflow, TRIGGER);
	await poll('The question does not wait', TIMEOUT, async () => {
		return (await client.getExecution(id)).status === 'waiting';
	});
	return id;
}
