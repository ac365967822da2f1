import type { N8nClient, Execution, SavedWorkflow } from '../n8n/client';
import { outputOf } from '../n8n/client';
import { openDataTable, type DataTableRow } from '../n8n/data-table';
import type { Playground } from '../n8n/playground';
import type { SandboxProcess } from '../n8n/sandbox';
import {
	countTable,
	executionProblems,
	readFromNativeMsg,
	reasonCounts,
	runExample,
	sentences,
	type Outcome,
} from './outcome';

const WORKFLOW = 'CRM sync';
const TRIGGER = 'Try it out';
const MAKE_TABLE = 'Set up once';
const TABLE = 'CRM contacts';

/** The columns filled by a CRM, and those filled by the workflow. */
interface Columns {
	email: string;
	first_name: string;
	last_name: string;
	phone: string;
	plan: string | null;
	consent: boolean | null;
	synced_at: string | null;
	human_id: number | null;
	problem: string | null;
}
type Row = DataTableRow<Columns>;

/** Maria is already a contact in the sandbox. */
const MARIA = { id: 540, phone: '+12025550140' };
const REPAIRED_PHONE = '+1 202 555 0156';
/** The rows of the table; those without `tags` must be refused. */
const CONTACTS = [
	contact('Maria', MARIA.phone, { plan: 'gold', consent: true }, ['crm', 'customer', 'gold', 'vip']),
	contact('Ada', '+12025550151', { plan: 'silver', consent: true }, ['crm', 'silver']),
	contact('Grace', '+1 (202) 555-0152', { plan: 'gold', consent: false }, ['crm', 'gold']),
	contact('Linus', '+1.202.555.0153', {}, ['crm']),
	contact('Alan', 'n/a', { plan: 'gold', consent: true }),
	contact('Edsger', '', { plan: 'silver', consent: true }),
];

function contact(
	name: string,
	phone: string,
	{ plan = null, consent = null }: Partial<Pick<Columns, 'plan' | 'consent'>>,
	tags?: string[],
) {
	const email = `${name.toLowerCase()}@example.com`;
	return { cells: { email, first_name: name, last_name: 'Example', phone, plan, consent }, tags };
}

/** Creates the table, fills it, runs the workflow several times, and checks the table and the contacts in nativeMsg. */
export async function runCrmSync(playground: Playground): Promise<Outcome> {
	const { client } = playground.n8n;
	const { sandbox } = playground;
	return await runExample(playground, WORKFLOW, async (workflow, progress) => {
		const run = async (trigger = TRIGGER, which = workflow) =>
			await client.waitForExecution(await client.runWorkflow(which, trigger));
		// Twice, because a second click must do no harm.
		const clicks = [await run(MAKE_TABLE), await run(MAKE_TABLE)];
		const table = await openDataTable<Columns>(client, TABLE);
		await table.insert(CONTACTS.map(({ cells }) => cells));

		const withoutAccess = await run(TRIGGER, await copyWithoutAccess(client, workflow, sandbox));
		const untouched = await table.rows();
		const first = await run();
		const synced = await table.rows();
		const second = await run();
		const refused = synced.find(({ problem }) => problem);
		if (refused) await table.update(refused.id, { phone: REPAIRED_PHONE, problem: '' });
		const third = await run();
		const rows = await table.rows();
		progress.summarize(`${rows.length} rows`);

		return {
			table: formatTable(synced, second, third),
			success:
				'Each person is in nativeMsg once, with the tags and subscription of their row. Refused rows have the reason, and were tried again only after they were corrected.',
			problems: [
				...executionProblems([...clicks, first, second, third]),
				...sentences(
					withoutAccess.status !== 'error' && 'The run whose credential was refused did not fail.',
					untouched.some(isDone) && 'Rows were marked although nativeMsg refused the credential.',
				),
				...triedProblems([first, second, third]),
				...synced.flatMap(rowProblems),
				...(await Promise.all(synced.map((row) => humanProblems(sandbox, row)))).flat(),
				...sentences(
					!rows.find(({ id }) => id === refused?.id)?.human_id && 'The corrected row was not tried again.',
				),
			],
		};
	});
}

/** The same workflow with a credential that nativeMsg refuses. */
async function copyWithoutAccess(
	client: N8nClient,
	{ nodes, ...workflow }: SavedWorkflow,
	{ baseUrl }: SandboxProcess,
): Promise<SavedWorkflow> {
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

function isDone({ synced_at: syncedAt, human_id: humanId, problem }: Row): boolean {
	return Boolean(syncedAt ?? humanId ?? problem);
}

function formatTable(rows: Row[], second: Execution, third: Execution): string {
	const problems = rows.flatMap(({ problem }) => problem || []);
	return countTable([
		['Rows', rows.length],
		['Synced', rows.filter(({ human_id: humanId }) => humanId).length],
		['Refused', problems.length],
		...reasonCounts(problems),
		['Tried in a second run', triedIn(second)],
		['Tried after one was corrected', triedIn(third)],
	]);
}

function triedIn(execution: Execution): number {
	return outputOf(execution, 'New rows').length;
}

/** Each row must be tried once, and again only after it is corrected. */
function triedProblems(executions: Execution[]): string[] {
	const expected = [CONTACTS.length, 0, 1];
	return executions
		.map(triedIn)
		.flatMap((count, run) =>
			count === expected[run] ? [] : `Run ${run + 1} tried ${count} rows instead of ${expected[run]}.`,
		);
}

/** Problems with a row: it must be synced or have the reason why not. */
function rowProblems({ email, synced_at: syncedAt, human_id: humanId, problem }: Row): string[] {
	const { tags } = contactOf(email);
	const isRight = tags ? syncedAt && humanId && !problem : !syncedAt && !humanId && problem;
	return isRight ? [] : [`The row of ${email} is ${syncedAt ? 'synced' : `"${problem}"`}, which is wrong.`];
}

/** Problems with a person who was added to or updated in nativeMsg. */
async function humanProblems(sandbox: SandboxProcess, { email, human_id: humanId }: Row): Promise<string[]> {
	const { cells, tags } = contactOf(email);
	if (!humanId) return [];
	const path = `humans/${humanId}`;
	const [human, assigned, { subscription }] = await Promise.all([
		readFromNativeMsg<{ phoneNumber: string; firstName: string; customFields: { email: string } }>(
			sandbox,
			path,
		),
		readFromNativeMsg<Array<{ name: string }>>(sandbox, `${path}/tags`),
		readFromNativeMsg<{ subscription: boolean }>(sandbox, `${path}/subscription`),
	]);
	const found = {
		number: humanId,
		phone: human.phoneNumber,
		name: human.firstName,
		email: human.customFields.email,
		tags: assigned.map(({ name }) => name).sort(),
		subscription,
	};
	const expected: Partial<typeof found> = {
		number: cells.phone === MARIA.phone ? MARIA.id : humanId,
		phone: cells.phone.replace(/[^+\d]/g, ''),
		name: cells.first_name,
		email,
		tags,
		subscription: cells.consent === true,
	};
	const keys = Object.keys(found) as Array<keyof typeof found>;
	const wrong = keys.filter((key) => JSON.stringify(found[key]) !== JSON.stringify(expected[key]));
	return wrong.map((key) => `The ${key} of ${email} is ${JSON.stringify(found[key])} in nativeMsg.`);
}

function contactOf(email: string): (typeof CONTACTS)[number] {
	const found = CONTACTS.find(({ cells }) => cells.email === email);
	if (!found) throw new Error(`The table has a row of ${email}, which is not from here.`);
	return found;
}
