import { openDataTable } from '../n8n/data-table';
import { fetchAnswer } from '../lib/http';
import { outputOf } from '../n8n/client';
import { reasonRows, row } from './outcome';
import { startProgress } from '../lib/progress';

const WORKFLOW = 'CRM sync';
const TRIGGER = 'Try it out';
const MAKE_TABLE = 'Make the table once';
const TABLE = 'CRM contacts';

/** Maria is a contact in the sandbox already. */
const MARIA = { id: 540, phone: '+12025550140' };
const REPAIRED_PHONE = '+1 202 555 0156';
/** The rows of the table; those without `tags` have to be refused. */
const CONTACTS = [
	contact('Maria', MARIA.phone, { plan: 'gold', consent: true }, ['crm', 'customer', 'gold', 'vip']),
	contact('Ada', '+12025550151', { plan: 'silver', consent: true }, ['crm', 'silver']),
	contact('Grace', '+1 (202) 555-0152', { plan: 'gold', consent: false }, ['crm', 'gold']),
	contact('Linus', '+1.202.555.0153', {}, ['crm']),
	contact('Alan', 'n/a', { plan: 'gold', consent: true }),
	contact('Edsger', '', { plan: 'silver', consent: true }),
];

function contact(name, phone, { plan = null, consent = null }, tags) {
	const email = `${name.toLowerCase()}@example.com`;
	return { cells: { email, first_name: name, last_name: 'Example', phone, plan, consent }, tags };
}

/**
 * Makes the table, fills it, runs the workflow several times, and looks at the table and at the contacts in nativeMsg.
 *
 * @param {import('../n8n/playground').Playground} playground
 * @returns {Promise<import('./outcome').Outcome>}
 */
export async function runCrmSync({ n8n: { client }, sandbox, workflows }) {
	const workflow = workflows.find(({ name }) => name === WORKFLOW);
	const progress = startProgress(`Running "${WORKFLOW}"`);
	const run = async (trigger = TRIGGER, which = workflow) =>
		await client.waitForExecution(await client.runWorkflow(which, trigger));
	// Twice, because a second click must not harm.
	const clicks = [await run(MAKE_TABLE), await run(MAKE_TABLE)];
	const table = await openDataTable(client, TABLE);
	await table.insert(CONTACTS.map(({ cells }) => cells));

	const withoutAccess = await run(TRIGGER, await copyWithoutAccess(client, workflow, sandbox));
	const untouched = await table.rows();
	const first = await run();
	const synced = await table.rows();
	const second = await run();
	const { id: repaired } = synced.find(({ problem }) => problem);
	await table.update(repaired, { phone: REPAIRED_PHONE, problem: '' });
	const third = await run();
	const rows = await table.rows();
	progress.done(`${rows.length} rows`);

	return {
		table: formatTable(synced, second, third),
		success:
			'Each person is in nativeMsg once, with tags and subscription as the row says; refused rows say why, and were tried again only after they were corrected.',
		problems: [
			...executionProblems([...clicks, first, second, third], withoutAccess),
			untouched.some(isDone) && 'Rows were marked although nativeMsg refused the credential.',
			...triedProblems([first, second, third]),
			...synced.flatMap(rowProblems),
			...(await Promise.all(synced.map((one) => humanProblems(sandbox, one)))).flat(),
			!rows.find(({ id }) => id === repaired).human_id && 'The corrected row was not tried again.',
		].filter(Boolean),
	};
}

/** The same workflow with a credential that nativeMsg refuses. */
async function copyWithoutAccess(client, { nodes, ...workflow }, { baseUrl }) {
	const { id, name } = await client.createCredential({
		name: 'Account without access',
		type: 'nativeMsgApi',
		data: { service: 'nativeMsg', accessToken: 'revoked', baseUrl },
	});
	const refused = { nativeMsgApi: { id, name } };
	return await client.importWorkflow({
		...workflow,
		name: `${WORKFLOW} without access`,
		nodes: nodes.map((node) => (node.credentials ? { ...node, credentials: refused } : node)),
	});
}

function isDone({ synced_at: syncedAt, human_id: humanId, problem }) {
	return Boolean(syncedAt ?? humanId ?? problem);
}

function formatTable(rows, second, third) {
	const refused = rows.filter(({ problem }) => problem);
	return [
		row('Rows', rows.length),
		row('Synced', rows.filter(({ human_id: humanId }) => humanId).length),
		row('Refused', refused.length),
		...reasonRows(refused.map(({ problem }) => problem)),
		row('Tried in a second run', triedIn(second)),
		row('Tried after one was corrected', triedIn(third)),
	].join('\n');
}

function executionProblems(good, withoutAccess) {
	const failed = good.filter(({ status }) => status !== 'success').length;
	return [
		failed > 0 && `${failed} executions failed.`,
		withoutAccess.status !== 'error' && 'The run whose credential was refused did not fail.',
	];
}

function triedIn(execution) {
	return outputOf(execution, 'New rows').length;
}

/** Each row must be tried once, until it is corrected. */
function triedProblems(executions) {
	const expected = [CONTACTS.length, 0, 1];
	return executions
		.map(triedIn)
		.flatMap((count, run) =>
			count === expected[run] ? [] : `Run ${run + 1} tried ${count} rows in place of ${expected[run]}.`,
		);
}

/** What is wrong with a row: it must be synced or say why not. */
function rowProblems({ email, synced_at: syncedAt, human_id: humanId, problem }) {
	const { tags } = contactOf(email);
	const isRight = tags ? syncedAt && humanId && !problem : !syncedAt && !humanId && problem;
	return isRight ? [] : [`The row of ${email} is ${syncedAt ? 'synced' : `"${problem}"`}, which is wrong.`];
}

/** What is wrong with a person who was added to nativeMsg, or updated there. */
async function humanProblems(sandbox, { email, human_id: humanId }) {
	const { cells, tags } = contactOf(email);
	if (!humanId) return [];
	const get = (path) => readFrom(sandbox, `humans/${humanId}${path}`);
	const [human, assigned, { subscription }] = await Promise.all(['', '/tags', '/subscription'].map(get));
	const found = {
		number: humanId,
		phone: human.phoneNumber,
		name: human.firstName,
		email: human.customFields.email,
		tags: assigned.map(({ name }) => name).sort(),
		subscription,
	};
	const expected = {
		number: cells.phone === MARIA.phone ? MARIA.id : humanId,
		phone: cells.phone.replace(/[^+\d]/g, ''),
		name: cells.first_name,
		email,
		tags,
		subscription: cells.consent === true,
	};
	const wrong = Object.keys(expected).filter(
		(key) => JSON.stringify(found[key]) !== JSON.stringify(expected[key]),
	);
	return wrong.map((key) => `The ${key} of ${email} is ${JSON.stringify(found[key])} in nativeMsg.`);
}

function contactOf(email) {
	return CONTACTS.find(({ cells }) => cells.email === email);
}

async function readFrom({ baseUrl, token }, path) {
	const answer = await fetchAnswer(`${baseUrl}/${path}`, { headers: { authorization: `Bearer ${token}` } });
	if (!answer.ok) throw new Error(`The sandbox answered ${path} with ${answer.status}.`);
	return await answer.json();
}
