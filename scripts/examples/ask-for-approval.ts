import { fetchAnswer } from '../lib/http';
import { outputOf, poll } from '../n8n/client';
import { row } from './outcome';
import { startProgress } from '../lib/progress';

const WORKFLOW = 'Ask for approval';
const TRIGGER = 'Try it out';
const WAIT = 'Wait for the answer';
const START_TIMEOUT = 30_000;
/** Over only when n8n is long back from the restart: an execution that goes on while n8n starts may be noted as crashed. */
const SHORT_LIMIT = { resumeAmount: 1, resumeUnit: 'minutes' };

/** What the workflow's node "Request" holds. */
const WHAT = 'New laptop for Maria, $1,450';
const REQUESTER = '+12025550140';
const APPROVER = '+12025550142';

/** What is answered to each request, and what has to be told to whom then. */
const REQUESTS = [
	{
		answer: 'Approve',
		comment: 'Take the larger screen.',
		told: { to: [REQUESTER], text: `Approved: ${WHAT}. Comment: Take the larger screen.` },
	},
	{ answer: 'Decline', comment: '', told: { to: [REQUESTER], text: `Declined: ${WHAT}.` } },
	{ told: { to: [REQUESTER, APPROVER], text: `Closed without an answer: ${WHAT}.` } },
];
const TELLING = ['Tell: approved', 'Tell: declined', 'Tell: no answer'];

/**
 * Starts a request for each answer, opens the links without answering, tries links that nobody was sent, restarts n8n
 * while it waits, answers, answers once more, and looks at what was told to whom.
 *
 * @param {import('../n8n/playground').Playground} playground
 * @returns {Promise<import('./outcome').Outcome>}
 */
export async function runAskForApproval(playground) {
	const { sandbox, workflows } = playground;
	const workflow = workflows.find(({ name }) => name === WORKFLOW);
	const progress = startProgress(`Running "${WORKFLOW}"`);
	const requestsBefore = (await sandbox.requests()).length;
	const sent = async () => messagesIn((await sandbox.requests()).slice(requestsBefore));

	const requests = await startAll(playground.n8n.client, workflow);
	const asked = await sent();
	for (const request of requests) Object.assign(request, await open(linkOf(request, asked)));
	const refused = await tryForgedLinks(requests);
	const early = (await sent()).length - asked.length;

	// What waits has to survive a restart.
	await playground.restartN8n();
	const { client } = playground.n8n;
	for (const { answer, comment, ...request } of requests) if (answer) await submit(request, answer, comment);
	const executions = await Promise.all(requests.map(({ id }) => client.waitForExecution(id)));
	const told = (await sent()).slice(asked.length);
	// Somebody changes their mind, or comes too late.
	for (const request of requests) await submit(request, 'Decline', 'After all');
	const late = (await sent()).length - asked.length - told.length;
	progress.done(`${requests.length} requests`);

	return {
		table: formatTable(executions, refused),
		success:
			'Each request was answered once, by its own page, also after a restart; the right people were told the right thing.',
		problems: [
			early > 0 && 'Something was told before anybody had answered.',
			...refused.filter(({ status }) => status !== 401).map(({ how }) => `A link ${how} was not refused.`),
			...requests.flatMap(({ told: expected }) => toldProblems(expected, told)),
			told.length > requests.length && `${told.length} messages told of ${requests.length} decisions.`,
			late > 0 && 'A request that was closed took another answer.',
			...executions.flatMap(({ status }) =>
				status === 'success' ? [] : `An execution ended with "${status}".`,
			),
		].filter(Boolean),
	};
}

/** Starts the requests; the one that nobody answers waits for a minute only. */
async function startAll(client, workflow) {
	const { nodes, name, ...rest } = workflow;
	const withShortLimit = (node) =>
		node.name === WAIT ? { ...node, parameters: { ...node.parameters, ...SHORT_LIMIT } } : node;
	const impatient = await client.importWorkflow({
		...rest,
		name: `${name} within a minute`,
		nodes: nodes.map(withShortLimit),
	});
	return await Promise.all(
		REQUESTS.map(async (request) => {
			const id = await client.runWorkflow(request.answer ? workflow : impatient, TRIGGER);
			await poll('The workflow did not get to its wait', START_TIMEOUT, async () => {
				return (await client.getExecution(id)).status === 'waiting';
			});
			return { ...request, id };
		}),
	);
}

/** The bodies of the messages that nativeMsg took. */
function messagesIn(requests) {
	return requests
		.filter(({ method, path, status }) => method === 'POST' && path === '/v1/messages' && status === 200)
		.map(({ body }) => body);
}

/** Where the button leads that the approver got for a request. */
function linkOf({ id }, messages) {
	const links = messages
		.filter(({ targets }) => targets.every(({ phones }) => phones.join() === APPROVER))
		.flatMap(({ buttons }) => buttons.find(({ type }) => type === 'weburl').payload)
		.filter((link) => new URL(link).pathname.endsWith(`/${id}`));
	if (links.length !== 1) throw new Error(`The approver got ${links.length} links for request ${id}.`);
	return links[0];
}

/** Opens a link more than once, as the previews of messengers do, and finds out how its page names its fields. */
async function open(link) {
	await fetchAnswer(link, { method: 'HEAD' });
	await (await fetchAnswer(link)).text();
	const page = await (await fetchAnswer(link)).text();
	const [, decision] = /id='option\d+_([\w-]+)' value='Approve'/.exec(page) ?? [];
	const [, comment] = /<textarea[^>]*\sname='([\w-]+)'/.exec(page) ?? [];
	if (!decision || !comment || !page.includes(WHAT))
		throw new Error('The link does not lead to the page for the answer.');
	return { link, fields: { decision, comment } };
}

/** Answers as the page does. */
async function submit({ link, fields }, answer, comment) {
	const body = new FormData();
	body.append(fields.decision, JSON.stringify([answer]));
	body.append(fields.comment, comment);
	const response = await fetchAnswer(link, { method: 'POST', body });
	await response.text();
	return response.status;
}

/** Tries to answer by links that n8n never made. */
async function tryForgedLinks([request, other]) {
	const { signature } = Object.fromEntries(new URL(request.link).searchParams);
	const forgeries = {
		'with a changed signature': signature.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
		'with the signature of another request': new URL(other.link).searchParams.get('signature'),
		'with an empty signature': '',
		'without a signature': undefined,
	};
	return await Promise.all(
		Object.entries(forgeries).map(async ([how, forged]) => {
			const url = new URL(request.link);
			url.searchParams.delete('signature');
			if (forged !== undefined) url.searchParams.set('signature', forged);
			return { how, status: await submit({ ...request, link: url.href }, 'Approve', '') };
		}),
	);
}

function formatTable(executions, refused) {
	const texts = executions.flatMap((execution) =>
		TELLING.filter((node) => outputOf(execution, node).length > 0).map((node) => row(node, 1)),
	);
	return [
		row('Requests', executions.length),
		...texts,
		row('Forged links refused', refused.filter(({ status }) => status === 401).length),
	].join('\n');
}

/** What is wrong with what was told: each decision must be told once, to the right people. */
function toldProblems({ to, text }, messages) {
	const theirs = messages.filter((message) => message.text === text);
	if (theirs.length !== 1) return [`"${text}" was sent ${theirs.length} times.`];
	const phones = theirs[0].targets.flatMap((target) => target.phones);
	return phones.join() === to.join() ? [] : [`"${text}" was sent to ${phones.join(' and ')}.`];
}
