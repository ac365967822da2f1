import type { INode } from 'n8n-workflow';
import { fetchAnswer } from '../lib/http';
import { outputOf, poll, type Execution, type N8nClient, type SavedWorkflow } from '../n8n/client';
import type { Playground } from '../n8n/playground';
import {
	countTable,
	executionProblems,
	runExample,
	sentences,
	sentMessages,
	type Outcome,
	type SentMessage,
} from './outcome';

const WORKFLOW = 'Ask for approval';
const TRIGGER = 'Try it out';
const ASK = 'Ask';
const START_TIMEOUT = 30_000;
/** Ends only long after n8n's restart, because an execution that continues while n8n starts may be marked as crashed. */
const SHORT_LIMIT = { values: { resumeAmount: 1, resumeUnit: 'minutes' } };

/** The request in the workflow's node "Request". */
const WHAT = 'New laptop for Maria, $1,450';
const REQUESTER = '+12025550140';
const APPROVER = '+12025550142';

/** The notification that must be sent in the end. */
interface Told {
	to: string[];
	text: string;
}

/** A request for approval, and the approver's reply, if any. */
interface ApprovalCase {
	answer?: 'Approve' | 'Decline';
	comment: string;
	told: Told;
}

/** The reply page. */
interface Page {
	link: string;
	/** The value of each button, by its label. */
	choices: Record<string, string>;
}

interface ForgedLink {
	how: string;
	status: number;
}

const CASES: ApprovalCase[] = [
	{
		answer: 'Approve',
		comment: 'Take the larger screen.',
		told: { to: [REQUESTER], text: `Approved: ${WHAT}. Comment: Take the larger screen.` },
	},
	{ answer: 'Decline', comment: '', told: { to: [REQUESTER], text: `Declined: ${WHAT}.` } },
	{ comment: '', told: { to: [REQUESTER, APPROVER], text: `Closed without a reply: ${WHAT}.` } },
];
const TELLING = ['Notify: approved', 'Notify: declined', 'Notify: no reply'];

/**
 * Starts a request for each reply, opens the links without replying, tries forged links, restarts n8n while the
 * executions wait, replies, replies again, and checks who was told what.
 */
export async function runAskForApproval(playground: Playground): Promise<Outcome> {
	const { sandbox } = playground;
	return await runExample(playground, WORKFLOW, async (workflow, progress) => {
		const requestsBefore = (await sandbox.requests()).length;
		const sent = async () => sentMessages((await sandbox.requests()).slice(requestsBefore));

		const ids = await startAll(playground.n8n.client, workflow);
		const asked = await sent();
		const pages = await Promise.all(ids.map((id) => open(linkOf(id, asked))));
		const refused = await tryForgedLinks(pages);
		const early = (await sent()).length - asked.length;

		progress.update('restarting n8n, which has to remember the waiting executions');
		await playground.restartN8n();
		progress.update('waiting until the request without a reply is closed');
		const { client } = playground.n8n;
		for (const [index, { answer, comment }] of CASES.entries())
			if (answer) await submit(pages[index], answer, comment);
		const executions = await Promise.all(ids.map((id) => client.waitForExecution(id)));
		const told = (await sent()).slice(asked.length);
		// Someone changes their mind, or replies too late.
		for (const page of pages) await submit(page, 'Decline', 'After all');
		const late = (await sent()).length - asked.length - told.length;
		progress.summarize(`${CASES.length} requests`);

		return {
			table: formatTable(executions, refused),
			success:
				'Each request took one reply, from its own page, also after a restart. The right people were told the right thing.',
			problems: [
				...sentences(early > 0 && 'A result was sent before anyone had replied.'),
				...refused.filter(({ status }) => status !== 401).map(({ how }) => `A link ${how} was not refused.`),
				...CASES.flatMap((one) => toldProblems(one.told, told)),
				...sentences(
					told.length > CASES.length && `${told.length} messages were sent for ${CASES.length} decisions.`,
					late > 0 && 'A closed request took another reply.',
				),
				...executionProblems(executions),
			],
		};
	});
}

/**
 * Starts the requests. The one without a reply waits only a minute.
 *
 * @returns the IDs of the executions, in the order of the cases
 */
async function startAll(client: N8nClient, workflow: SavedWorkflow): Promise<string[]> {
	const { nodes, name, ...rest } = workflow;
	const withShortLimit = (node: INode) => {
		if (node.name !== ASK) return node;
		const options = { ...(node.parameters.options as object), limitWaitTime: SHORT_LIMIT };
		return { ...node, parameters: { ...node.parameters, options } };
	};
	const impatient = await client.importWorkflow({
		...rest,
		name: `${name} within a minute`,
		nodes: nodes.map(withShortLimit),
	});
	return await Promise.all(
		CASES.map(async ({ answer }) => {
			const id = await client.runWorkflow(answer ? workflow : impatient, TRIGGER);
			await poll('The workflow did not get to its wait', START_TIMEOUT, async () => {
				return (await client.getExecution(id)).status === 'waiting';
			});
			return id;
		}),
	);
}

/** The link of the button that the approver got for an execution. */
function linkOf(id: string, messages: SentMessage[]): string {
	const links = messages
		.filter(({ targets }) => targets.every(({ phones }) => phones?.join() === APPROVER))
		.flatMap(({ buttons = [] }) => buttons.find(({ type }) => type === 'weburl')?.payload ?? [])
		.filter((link) => new URL(link).pathname.includes(`/${id}/`));
	if (links.length !== 1) throw new Error(`The approver got ${links.length} links for request ${id}.`);
	return links[0];
}

/** Opens a link more than once, as link previews do, and finds the buttons of its page. */
async function open(link: string): Promise<Page> {
	await fetchAnswer(link, { method: 'HEAD' });
	await (await fetchAnswer(link)).text();
	const page = await (await fetchAnswer(link)).text();
	const buttons = [...page.matchAll(/<button name="choice" value="(\d+)"[^>]*>(\w+)<\/button>/g)];
	const choices = Object.fromEntries(buttons.map(([, value, label]) => [label, value]));
	if (!choices.Approve || !choices.Decline || !page.includes(WHAT))
		throw new Error('The link does not lead to the reply page.');
	return { link, choices };
}

/**
 * Replies as the page does.
 *
 * @returns the status of the response
 */
async function submit({ link, choices }: Page, answer: string, comment: string): Promise<number> {
	const body = new URLSearchParams({ choice: choices[answer], text: comment });
	const response = await fetchAnswer(link, { method: 'POST', body });
	await response.text();
	return response.status;
}

/** Tries to reply through links that n8n never created. */
async function tryForgedLinks([page, other]: Page[]): Promise<ForgedLink[]> {
	const signatureOf = ({ link }: Page) => new URL(link).searchParams.get('signature') ?? '';
	const forgeries = {
		'with a changed signature': signatureOf(page).replace(/.$/, (last) => (last === '0' ? '1' : '0')),
		'with the signature of another request': signatureOf(other),
		'with an empty signature': '',
		'without a signature': undefined,
	};
	return await Promise.all(
		Object.entries(forgeries).map(async ([how, forged]) => {
			const url = new URL(page.link);
			url.searchParams.delete('signature');
			if (forged !== undefined) url.searchParams.set('signature', forged);
			return { how, status: await submit({ ...page, link: url.href }, 'Approve', '') };
		}),
	);
}

function formatTable(executions: Execution[], refused: ForgedLink[]): string {
	return countTable([
		['Requests', executions.length],
		...executions.flatMap((execution) =>
			TELLING.filter((node) => outputOf(execution, node).length > 0).map((node): [string, number] => [
				node,
				1,
			]),
		),
		['Forged links refused', refused.filter(({ status }) => status === 401).length],
	]);
}

/** Problems with the notifications: each decision must be sent once, to the right people. */
function toldProblems({ to, text }: Told, messages: SentMessage[]): string[] {
	const theirs = messages.filter((message) => message.text === text);
	if (theirs.length !== 1) return [`"${text}" was sent ${theirs.length} times.`];
	const phones = theirs[0].targets.flatMap((target) => target.phones ?? []);
	return phones.join() === to.join() ? [] : [`"${text}" was sent to ${phones.join(' and ')}.`];
}
