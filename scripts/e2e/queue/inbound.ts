import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { check } from '../../lib/check';
import { fetchAnswer } from '../../lib/http';
import { poll } from '../../n8n/client';
import { withProgress } from '../../lib/progress';
import { publishTrigger } from '../../n8n/trigger-webhook';
import { triggerWorkflow } from '../../n8n/trigger-workflow';
import { sendNode, workflowOf } from './workflows';

const HEADER = 'X-Webhook-Signature';
const AT_A_TIME = 10;
const TIMEOUT = 300_000;
/** Nothing more comes when nothing has come for so long, in ms. */
const QUIET = 5_000;

/** n8n's own node against repetitions, which remembers in the database. */
const REMOVE_DUPLICATES = {
	id: 'once',
	name: 'Once',
	type: 'n8n-nodes-base.removeDuplicates',
	typeVersion: 2,
	position: [200, 0],
	parameters: {
		operation: 'removeItemsSeenInPreviousExecutions',
		dedupeValue: '={{ $json.messageId }}',
		options: {},
	},
};

/**
 * Signed deliveries over the webhook processes, some of them repeated: in the same moment, or when the traffic is over.
 * Each execution sends one text to a phone number made from its event, so that the sandbox counts executions by event.
 *
 * @param {import('../../n8n/queue-mode/cluster').Cluster} cluster
 */
export async function checkInboundEvents(cluster) {
	const [first] = cluster.webhookProcesses;
	const all = await runEvents(cluster, { name: 'Inbound', events: 800, atOnce: 100, later: 100 });
	check(`${all.answered} deliveries over two webhook processes were answered with 200`, all.refused === 0);
	check('a forged one was refused', all.forged === 401, all.forged);
	check('no event was lost', all.lost === 0, `${all.events - all.lost} of ${all.events} started`);
	check('what came once, or again when it was quiet, started once', all.othersTwice === 0, all.othersTwice);
	console.log(`  again at the other process in the same moment: ${all.atOnceTwice} of 100 started twice`);

	const oneProcess = { ...cluster, webhookProcesses: [first, first] };
	const pinned = await runEvents(oneProcess, { name: 'Inbound at one', events: 100, atOnce: 100, later: 0 });
	check(
		'at one webhook process nothing starts twice, not even in the same moment',
		pinned.atOnceTwice === 0 && pinned.lost === 0,
		`${pinned.atOnceTwice} of 100`,
	);

	const once = { name: 'Inbound once', events: 100, atOnce: 100, later: 0, before: [REMOVE_DUPLICATES] };
	const removed = await runEvents(cluster, once);
	check('with Remove Duplicates behind the trigger no event is lost', removed.lost === 0, removed.lost);
	console.log(
		`  in the same moment, with Remove Duplicates: ${removed.atOnceTwice} of 100 went through twice`,
	);
}

/** Publishes a workflow and delivers its events; returns what became of them. */
async function runEvents(
	{ n8n, sandbox, credentials, webhookProcesses },
	{ name, events, atOnce, later, before = [] },
) {
	await sandbox.reset();
	const trigger = triggerWorkflow(name, 'NativeMsg account', { check: 'signature', headerName: HEADER });
	const send = sendNode();
	send.parameters.phones = '={{ $json.text }}';
	const workflow = await n8n.client.importWorkflow(
		workflowOf(name, [...trigger.nodes, ...before, send]),
		credentials,
	);
	const { pathname } = new URL(await publishTrigger(n8n, workflow));
	const urls = webhookProcesses.map(({ url }) => url + pathname);
	await waitForWebhooks(urls, sandbox);

	const post = (number, target) => deliver(urls[target], eventOf(number), sandbox.webhookSecret);
	const statuses = await withProgress(`${name}: ${events + atOnce + later} deliveries`, async () => {
		const first = await inTurn(range(0, events), async (number) => {
			const target = number % 2;
			const targets = number < atOnce ? [target, 1 - target] : [target];
			return await Promise.all(targets.map((one) => post(number, one)));
		});
		await untilQuiet(sandbox, events);
		const again = await inTurn(range(atOnce, atOnce + later), async (number) => [
			await post(number, 1 - (number % 2)),
		]);
		return [...first, ...again].flat();
	});
	const forged = await deliver(urls[0], eventOf(events), 'not the secret');
	const { recipients } = await untilQuiet(sandbox, events);
	const count = (numbers, fits) => numbers.filter((number) => fits(recipients[phoneOf(number)] ?? 0)).length;
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

const range = (start, end) => Array.from({ length: end - start }, (_, index) => start + index);

const phoneOf = (number) => `1212${5_550_000 + number}`;

/** A message that somebody wrote, as nativeMsg delivers it. */
function eventOf(number) {
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

async function deliver(url, body, secret) {
	const signature = createHmac('sha256', secret).update(body).digest('hex');
	const headers = { 'content-type': 'application/json', [HEADER]: signature };
	return (await fetchAnswer(url, { method: 'POST', headers, body })).status;
}

/** Runs work for each number, AT_A_TIME of them side by side. */
async function inTurn(numbers, work) {
	const results = [];
	const queue = [...numbers];
	const runNext = async () => {
		for (let number = queue.shift(); number !== undefined; number = queue.shift()) {
			results.push(await work(number));
		}
	};
	await Promise.all(Array.from({ length: AT_A_TIME }, runNext));
	return results;
}

/** A webhook process learns of a published workflow from the database. */
async function waitForWebhooks(urls, { webhookSecret }) {
	for (const url of urls) {
		const exists = async () => (await deliver(url, '{}', webhookSecret)) !== 404;
		await poll('The webhook did not appear', 30_000, exists);
	}
}

/** @returns {Promise<import('../../n8n/sandbox').DeliveryReport>} once so many were accepted and no more come */
async function untilQuiet(sandbox, atLeast) {
	return await poll(`${atLeast} messages were not sent`, TIMEOUT, async () => {
		const { accepted } = await sandbox.report();
		if (accepted < atLeast) return undefined;
		await sleep(QUIET);
		const report = await sandbox.report();
		return report.accepted === accepted ? report : undefined;
	});
}
