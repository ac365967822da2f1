import { fetchAnswer } from '../lib/http';
import type { Execution } from '../n8n/client';
import { openDataTable } from '../n8n/data-table';
import type { Playground } from '../n8n/playground';
import type { SandboxProcess } from '../n8n/sandbox';
import { publishTrigger, waitForSubscription } from '../n8n/trigger-webhook';
import { countEach, countTable, executionProblems, runExample, sentences, type Outcome } from './outcome';

const WORKFLOW = 'Delivery reports to a data table';
const MAKE_TABLE = 'Set up once';
const TABLE = 'NativeMessage delivery reports';

/** What the workflow saves for each message. */
interface Columns {
	message_id: string;
	phone: string;
	status: string;
	error: string | null;
	time: string;
}

type Saved = (reports: number) => Promise<Execution[]>;

/** Messages that are really sent; in the sandbox, the last digits of the number decide the result. */
const SENT = [
	{ phone: '+12025550171', expected: 'delivered' },
	{ phone: '+12025550197', expected: 'failed, phone out of reach' },
	{ phone: '+12025550199', expected: 'delivered' },
];
/** Which of them is retried after it failed. */
const RETRIED = 2;
/** Reports in order of arrival, each after the previous one was saved. */
const ONE_BY_ONE = [
	{ phone: '+12025550172', statuses: ['delivered', 'read'], expected: 'read' },
	{ phone: '+12025550173', statuses: ['read', 'delivered', 'submitted'], expected: 'read' },
	{ phone: '+12025550174', statuses: ['delivered', 'failed'], expected: 'delivered' },
	{ phone: '+12025550175', statuses: ['failed', 'submitted'], expected: 'failed, phone out of reach' },
	{ phone: '+12025550176', statuses: ['submitted', 'expired'], expected: 'expired' },
];
const ROUNDS = [0, 1, 2];
/** Reports that arrive at the same moment. */
const AT_ONCE = Array.from({ length: 8 }, (_, index) => ({
	phone: `+1202555018${index}`,
	statuses: index % 2 ? ['read', 'delivered'] : ['delivered', 'read'],
	expected: 'read',
}));
const MESSAGES = [...SENT, ...ONE_BY_ONE, ...AT_ONCE];
const UNREACHABLE = 2;

/** Creates the table, publishes the workflow, simulates reports, and checks the table. */
export async function runDeliveryReports(playground: Playground): Promise<Outcome> {
	const { n8n, sandbox } = playground;
	const { client } = n8n;
	return await runExample(playground, WORKFLOW, async (workflow, progress) => {
		const click = async () => await client.waitForExecution(await client.runWorkflow(workflow, MAKE_TABLE));
		// Twice, because a second click must do no harm.
		const clicks = [await click(), await click()];
		const url = await publishTrigger(n8n, workflow);
		const subscription = await waitForSubscription(sandbox, url);

		let executions = 0;
		const saved: Saved = async (reports) => {
			executions += reports;
			return await client.waitForExecutions(workflow, executions, 'webhook');
		};
		const report = async (events: object[]) => {
			await Promise.all(events.map((event) => sandbox.deliver({ subscriptionId: subscription.id, event })));
			return await saved(events.length);
		};
		await sendForReal(sandbox, saved);
		for (const round of ROUNDS) {
			const inTurn = ONE_BY_ONE.filter(({ statuses }) => statuses[round]);
			await report(inTurn.map(({ phone, statuses }) => reportOf(phone, statuses[round])));
		}
		const ended = await report(
			AT_ONCE.flatMap(({ phone, statuses }) => statuses.map((status) => reportOf(phone, status))),
		);
		progress.summarize(`${executions} reports`);

		const rows = await (await openDataTable<Columns>(client, TABLE)).rows();
		return {
			table: countTable([['Rows in the table', rows.length], ...countEach(rows.map(outcomeOf))]),
			success: `The table has one row for each of the ${MESSAGES.length} messages, with its final status.`,
			problems: [...rowProblems(rows), ...executionProblems([...clicks, ...ended])],
		};
	});
}

/** Sends messages that the sandbox reports on itself, and retries one after it failed. */
async function sendForReal(sandbox: SandboxProcess, saved: Saved): Promise<void> {
	const ids = await Promise.all(SENT.map(({ phone }) => send(sandbox, phone)));
	await saved(SENT.length);
	await request(sandbox, `ott/messages/${ids[RETRIED]}/retry`);
	await saved(1);
}

async function send(sandbox: SandboxProcess, phone: string): Promise<string> {
	const content = { type: 'text', text: 'Your parcel is on its way.' };
	const message = { channel_id: 'chan_viber', destination: phone, content };
	return (await request(sandbox, 'ott/messages', message)).id;
}

/** One request to NativeMessage's API, made by something other than n8n. */
async function request(
	{ ottBaseUrl, apiKey }: SandboxProcess,
	path: string,
	body?: object,
): Promise<{ id: string }> {
	const response = await fetchAnswer(`${ottBaseUrl}/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`The sandbox responded to ${path} with ${response.status}.`);
	return (await response.json()) as { id: string };
}

/** A report as NativeMessage documents it, with a separate message for each phone. */
function reportOf(phone: string, status: string): object {
	return {
		event: 'dlr',
		message_id: `message-to-${phone.slice(1)}`,
		status,
		error_code: status === 'failed' ? UNREACHABLE : null,
		destination: phone,
		delivered_at: status === 'delivered' ? '2026-02-24T18:00:44Z' : null,
	};
}

function outcomeOf({ status, error }: Columns): string {
	return [status, error].filter(Boolean).join(', ');
}

/** Problems with the table: each message must have one row with its final status and time. */
function rowProblems(rows: Columns[]): string[] {
	const wrong = MESSAGES.flatMap(({ phone, expected }) => {
		const theirs = rows.filter((one) => one.phone === phone);
		const found = theirs.map(outcomeOf).join(' and ');
		return found === expected ? [] : `${phone} should be ${expected}, but is ${found || 'missing'}.`;
	});
	return [
		...wrong,
		...sentences(
			rows.length !== MESSAGES.length && `There are ${rows.length} rows for ${MESSAGES.length} messages.`,
			rows.some(({ message_id: id, time }) => !id || Number.isNaN(Date.parse(time))) &&
				'A row has no message ID or no time.',
		),
	];
}
