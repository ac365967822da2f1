import { createHmac } from 'node:crypto';
import type { INode } from 'n8n-workflow';
import pMap from 'p-map';
import type { SandboxReport } from '../../../sandbox/server';
import { check } from '../../lib/check';
import { fetchAnswer } from '../../lib/http';
import { withProgress } from '../../lib/progress';
import { poll } from '../../n8n/client';
import type { Cluster } from '../../n8n/queue-mode/cluster';
import type { SandboxProcess } from '../../n8n/sandbox';
import { publishTrigger } from '../../n8n/trigger-webhook';
import { triggerWorkflow } from '../../n8n/trigger-workflow';
import { node } from '../../n8n/workflow';
import { sendNode, workflowOf } from './workflows';

/**
 * How many events to deliver; the first 100 arrive twice at the same moment, and the next 100 again later. At least 100
 * must follow: what a process stored last can be overwritten by another one, and its next event restores it.
 */
const EVENTS = Number(process.env.EVENTS ?? 800);
const HEADER = 'X-Webhook-Signature';
const AT_A_TIME = 10;
const TIMEOUT = 300_000;
/** How often to count what has arrived, in ms. */
const QUIET = 5_000;
/** After this many counts without anything new, whatever is missing is lost. A busy machine may be slow. */
const MAX_UNCHANGED = 12;

/** n8n's own node against duplicates, which stores its keys in the database. */
const REMOVE_DUPLICATES = node('Once', 'n8n-nodes-base.removeDuplicates', {
	typeVersion: 2,
	parameters: {
		operation: 'removeItemsSeenInPreviousExecutions',
		dedupeValue: '={{ $json.messageId }}',
		options: {},
	},
});

/** The events to deliver. */
interface Traffic {
	/** Of the workflow. */
	name: string;
	events: number;
	/** How many of them arrive twice at the same moment. */
	atOnce: number;
	/** How many of the others arrive again once it is quiet. */
	later: number;
	/** Nodes between the trigger and the one that sends. */
	before?: INode[];
}

/** The results of the events. */
interface Arrivals {
	events: number;
	/** The response status of a forged request. */
	forged: number;
	/** How many requests got a response, and how many of these weren't 200. */
	answered: number;
	refused: number;
	/** How many events started nothing, or something twice. */
	lost: number;
	atOnceTwice: number;
	othersTwice: number;
}

/**
 * Signed requests across the webhook processes, some of them duplicated: at the same moment, or after the traffic is
 * over. Each execution sends one text to a phone number derived from its event, so that the sandbox counts executions by
 * event.
 */
export async function checkInboundEvents(cluster: Cluster): Promise<void> {
	const [first] = cluster.webhookProcesses;
	const all = await runEvents(cluster, { name: 'Inbound', events: EVENTS, atOnce: 100, later: 100 });
	check(`${all.answered} requests across two webhook processes got the response 200`, all.refused === 0);
	check('a forged one was refused', all.forged === 401, all.forged);
	check('no event was lost', all.lost === 0, `${all.events - all.lost} of ${all.events} started`);
	check(
		'events that came once, or again once it was quiet, started once',
		all.othersTwice === 0,
		all.othersTwice,
	);
	console.log(`  again at the other process at the same moment: ${all.atOnceTwice} of 100 started twice`);

	const oneProcess = { ...cluster, webhookProcesses: [first, first] };
	const pinned = await runEvents(oneProcess, { name: 'Inbound at one', events: 100, atOnce: 100, later: 0 });
	check(
		'at one webhook process, nothing starts twice, not even at the same moment',
		pinned.atOnceTwice === 0 && pinned.lost === 0,
		`${pinned.atOnceTwice} of 100`,
	);

	const once = { name: 'Inbound once', events: 100, atOnce: 100, later: 0, before: [REMOVE_DUPLICATES] };
	const removed = await runEvents(cluster, once);
	check('with Remove Duplicates after the trigger, no event is lost', removed.lost === 0, removed.lost);
	console.log(
		`  at the same moment, with Remove Duplicates: ${removed.atOnceTwice} of 100 went through twice`,
	);
}

/** Publishes a workflow, delivers its events, and returns the results. */
async function runEvents(
	{ n8n, sandbox, credentials, webhookProcesses }: Cluster,
	{ name, events, atOnce, later, before = [] }: Traffic,
): Promise<Arrivals> {
	await sandbox.reset();
	const trigger = triggerWorkflow(name, 'NativeMsg account', { check: 'signature', headerName: HEADER });
	const send = sendNode({ phones: '={{ $json.text }}' });
	const workflow = await n8n.client.importWorkflow(
		workflowOf(name, [...trigger.nodes, ...before, send]),
		credentials,
	);
	const { pathname } = new URL(await publishTrigger(n8n, workflow));
	const urls = webhookProcesses.map(({ url }) => url + pathname);
	await waitForWebhooks(urls, sandbox);

	const post = (number: number, target: number) =>
		deliver(urls[target], eventOf(number), sandbox.webhookSecret);
	const statuses = await withProgress(`${name}: ${events + atOnce + later} deliveries`, async () => {
		const deliverFirst = async (number: number) => {
			const target = number % 2;
			const targets = number < atOnce ? [target, 1 - target] : [target];
			return await Promise.all(targets.map((one) => post(number, one)));
		};
		const first = await pMap(range(0, events), deliverFirst, { concurrency: AT_A_TIME });
		await untilQuiet(sandbox, events);
		const deliverAgain = async (number: number) => await post(number, 1 - (number % 2));
		const again = await pMap(range(atOnce, atOnce + later), deliverAgain, { concurrency: AT_A_TIME });
		return [...first.flat(), ...again];
	});
	const forged = await deliver(urls[0], eventOf(events), 'not the secret');
	const { recipients } = await untilQuiet(sandbox, events);
	const count = (numbers: number[], fits: (times: number) => boolean) =>
		numbers.filter((number) => fits(recipients[phoneOf(number)] ?? 0)).length;
	return {
		events,
		forged,
		answered: statuses.length,
		refused: statuses.filter((status) => status !== 200).length,
		lost: count(range(0, events), (times) => times === 0),
		atOnceTwice: count(range(0, atOnce), (times) => times > 1),
		othersTwice: count(range(atOnce, events + 1), (times) => times > 1),
	};
}

const range = (start: number, end: number) =>
	Array.from({ length: end - start }, (_, index) => start + index);

const phoneOf = (number: number) => `1212${5_550_000 + number}`;

/** An inbound message as nativeMsg delivers it. */
function eventOf(number: number): string {
	return JSON.stringify({
		id: 900_000 + number,
		botId: 451,
		channelId: 601,
		requestId: null,
		humanId: 541,
		sent: '2026-02-24T18:00:44',
		status: 'D',
		messageType: 'I',
		delivered: '2026-02-24T18:00:45',
		profilePic: null,
		message: { text: `+${phoneOf(number)}` },
	});
}

/** @returns the status of the response */
async function deliver(url: string, body: string, secret: string): Promise<number> {
	const signature = createHmac('sha256', secret).update(body).digest('hex');
	const headers = { 'content-type': 'application/json', [HEADER]: signature };
	return (await fetchAnswer(url, { method: 'POST', headers, body })).status;
}

/** A webhook process learns of a published workflow from the database. */
async function waitForWebhooks(urls: string[], { webhookSecret }: SandboxProcess): Promise<void> {
	for (const url of urls) {
		const exists = async () => (await deliver(url, '{}', webhookSecret)) !== 404;
		await poll('The webhook did not appear', 30_000, exists);
	}
}

/** @returns the report, once all events were sent and no more arrive, or nothing has arrived for a minute */
async function untilQuiet(sandbox: SandboxProcess, events: number): Promise<SandboxReport> {
	let accepted = 0;
	let unchanged = 0;
	const countAgain = async () => {
		const report = await sandbox.report();
		unchanged = report.accepted === accepted ? unchanged + 1 : 0;
		({ accepted } = report);
		// Some events may be sent twice, so the number of messages proves nothing.
		const isComplete = Object.keys(report.recipients).length >= events;
		return unchanged >= (isComplete ? 1 : MAX_UNCHANGED) && report;
	};
	return await poll('Messages kept arriving', TIMEOUT, countAgain, QUIET);
}
