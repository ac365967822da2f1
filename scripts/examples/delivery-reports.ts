import { openDataTable } from '../n8n/data-table';
import { fetchAnswer } from '../lib/http';
import { row } from './outcome';
import { startProgress } from '../lib/progress';
import { publishTrigger, waitForSubscription } from '../n8n/trigger-webhook';

const WORKFLOW = 'Delivery reports to a data table';
const MAKE_TABLE = 'Make the table once';
const TABLE = 'NativeMessage delivery reports';

/** Messages that are really sent; in the sandbox the last digits of the number decide what becomes of them. */
const SENT = [
	{ phone: '+12025550171', expected: 'delivered' },
	{ phone: '+12025550197', expected: 'failed, phone out of reach' },
	{ phone: '+12025550199', expected: 'delivered' },
];
/** Which of them is sent once more after it failed. */
const RETRIED = 2;
/** Reports in the order in which they arrive, each after the one before was saved. */
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

/**
 * Makes the table, publishes the workflow, has reports delivered, and looks at the table.
 *
 * @param {import('../n8n/playground').Playground} playground
 * @returns {Promise<import('./outcome').Outcome>}
 */
export async function runDeliveryReports({ n8n, sandbox, workflows }) {
	const { client } = n8n;
	const workflow = workflows.find(({ name }) => name === WORKFLOW);
	const progress = startProgress(`Reporting to "${WORKFLOW}"`);
	// Twice, because a second click must not harm.
	const clicks = [await click(client, workflow), await click(client, workflow)];
	const url = await publishTrigger(n8n, workflow);
	const subscription = await waitForSubscription(sandbox, url);

	let executions = 0;
	const saved = async (reports) => {
		executions += reports;
		return await client.waitForExecutions(workflow, executions, 'webhook');
	};
	const report = async (reports) => {
		const events = reports.map(([phone, status]) => reportOf(phone, status));
		await Promise.all(events.map((event) => sandbox.deliver({ subscriptionId: subscription.id, event })));
		return await saved(reports.length);
	};
	await sendForReal(sandbox, saved);
	for (const round of ROUNDS) {
		const inTurn = ONE_BY_ONE.filter(({ statuses }) => statuses[round]);
		await report(inTurn.map(({ phone, statuses }) => [phone, statuses[round]]));
	}
	const atOnce = AT_ONCE.flatMap(({ phone, statuses }) => statuses.map((status) => [phone, status]));
	const ended = await report(atOnce);
	progress.done(`${executions} reports`);

	const rows = await (await openDataTable(client, TABLE)).rows();
	return {
		table: formatTable(rows),
		success: `The table has one row for each of the ${MESSAGES.length} messages, with the last thing that happened.`,
		problems: problemsOf(rows, [...clicks, ...ended]),
	};
}

/** Starts the workflow by hand. */
async function click(client, workflow) {
	return await client.waitForExecution(await client.runWorkflow(workflow, MAKE_TABLE));
}

/** Sends messages whose reports come by themselves, one of them a second time after it failed. */
async function sendForReal(sandbox, saved) {
	const ids = await Promise.all(SENT.map(({ phone }) => send(sandbox, phone)));
	await saved(SENT.length);
	await call(sandbox, `ott/messages/${ids[RETRIED]}/retry`);
	await saved(1);
}

async function send(sandbox, phone) {
	const content = { type: 'text', text: 'Your parcel is on its way.' };
	const { id } = await call(sandbox, 'ott/messages', {
		channel_id: 'chan_viber',
		destination: phone,
		content,
	});
	return id;
}

/** One call of NativeMessage's API, made by something other than n8n. */
async function call({ ottBaseUrl, apiKey }, path, body) {
	const response = await fetchAnswer(`${ottBaseUrl}/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`The sandbox answered ${path} with ${response.status}.`);
	return await response.json();
}

/** A report as NativeMessage documents it, about a message of its own for each phone. */
function reportOf(phone, status) {
	return {
		event: 'dlr',
		message_id: `message-to-${phone.slice(1)}`,
		status,
		error_code: status === 'failed' ? UNREACHABLE : null,
		destination: phone,
		delivered_at: status === 'delivered' ? '2026-02-24T18:00:44Z' : null,
	};
}

function outcomeOf({ status, error }) {
	return [status, error].filter(Boolean).join(', ');
}

function formatTable(rows) {
	const outcomes = rows.map(outcomeOf);
	return [
		row('Rows in the table', rows.length),
		...[...new Set(outcomes)].map((outcome) =>
			row(`  ${outcome}`, outcomes.filter((other) => other === outcome).length),
		),
	].join('\n');
}

/** What is wrong: each message must have one row that says what happened last and when, and no execution may have failed. */
function problemsOf(rows, executions) {
	const wrong = MESSAGES.flatMap(({ phone, expected }) => {
		const theirs = rows.filter((one) => one.phone === phone);
		const found = theirs.map(outcomeOf).join(' and ');
		return found === expected ? [] : `${phone} should be ${expected}, but is ${found || 'missing'}.`;
	});
	const failed = executions.filter(({ status }) => status !== 'success').length;
	return [
		...wrong,
		rows.length !== MESSAGES.length && `There are ${rows.length} rows for ${MESSAGES.length} messages.`,
		rows.some(({ message_id: id, time }) => !id || Number.isNaN(Date.parse(time))) &&
			'A row has no message ID or no time.',
		failed > 0 && `${failed} executions failed.`,
	].filter(Boolean);
}
