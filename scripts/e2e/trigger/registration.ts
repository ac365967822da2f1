import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { WebhookEndpoint } from '../../../sandbox/server';
import { check } from '../../lib/check';
import { outputOf, poll, type SavedWorkflow } from '../../n8n/client';
import type { Playground } from '../../n8n/playground';
import { post, triggerUrl, waitForSubscription } from '../../n8n/trigger-webhook';
import { TRIGGER, triggerWorkflow } from '../../n8n/trigger-workflow';
import { CUSTOMER, Scene, type InboundEvent } from './scene';

/** Each is wrong in only one way. */
const FORGERIES = [
	'flipped-byte',
	'changed-value',
	'wrong-secret',
	'missing-header',
	'header-twice',
] as const;
const TIMEOUT = 60_000;

/**
 * A webhook that registers itself with NativeMessage, from publishing the workflow to unpublishing it.
 *
 * @returns the workflow, and the secrets that its webhooks had
 */
export async function checkRegistration(
	playground: Playground,
): Promise<{ workflow: SavedWorkflow; secrets: string[] }> {
	const workflow = await playground.n8n.client.importWorkflow(
		triggerWorkflow('NativeMessage', 'NativeMessage account', { events: ['inboundMessage'] }),
		playground.credentials,
	);
	const scene = new Scene(playground, workflow);
	await publishing(scene);
	const event = await receiving(scene);
	await changingEvents(scene);
	await restarting(scene, event);
	await testingInTheEditor(scene);
	const left = await refusedRemoval(scene, event);
	await unpublishing(scene, left);
	return { workflow, secrets: scene.secrets };
}

async function publishing(scene: Scene): Promise<void> {
	const { events } = await scene.publish();
	const { length } = await scene.subscriptions();
	const expected = length === 1 && isDeepStrictEqual(events, ['mo']);
	check('Publishing creates one subscription, with URL and events', expected, `${length}: ${events}`);
}

/** @returns the event of the first message */
async function receiving(scene: Scene): Promise<InboundEvent> {
	const [subscription] = await scene.subscriptions();
	const { event, executions } = await scene.checkStarted('An inbound message starts one execution', 'stop.');
	const [item] = outputOf(executions[0], TRIGGER);
	const { occurredAt, ...others } = item;
	const expected = {
		event: 'inboundMessage',
		messageId: event.message_id,
		humanId: null,
		from: CUSTOMER,
		to: event.destination,
		channel: null,
		text: 'stop.',
		media: null,
		payload: null,
		status: null,
		error: null,
		keyword: 'STOP',
		raw: event,
	};
	const fits =
		isDeepStrictEqual(others, expected) && occurredAt === new Date(event.received_at).toISOString();
	check('It has the documented fields', fits, Object.keys(item).join(', '));

	const repeated = await scene.deliver(subscription, event);
	check('A duplicate of the message gets the response 200', repeated === 200, repeated);
	for (const forge of FORGERIES) {
		const status = await scene.deliver(subscription, { ...event, message_id: forge }, { forge });
		check(`A forged one is refused: ${forge}`, status === 401, status);
	}
	await scene.checkStarted('None of these started an execution; the next message does', 'Hello?');
	return event;
}

async function changingEvents(scene: Scene): Promise<void> {
	const after = await scene.publish(['inboundMessage', 'deliveryReport']);
	const { length } = await scene.subscriptions();
	const expected = length === 1 && isDeepStrictEqual(after.events, ['dlr', 'mo']);
	check('Publishing with other events replaces the subscription', expected, `${length}: ${after.events}`);
	await scene.checkStarted('The new one delivers', 'Are you there?');
}

async function restarting(scene: Scene, eventBefore: InboundEvent): Promise<void> {
	const [before] = await scene.subscriptions();
	await scene.playground.restartN8n();
	await poll('The webhook is gone', TIMEOUT, async () => (await post(scene.url)) !== 404);
	const after = await scene.subscriptions();
	check(
		'After a restart, there is still only one subscription',
		after.length === 1 && after[0].id === before.id,
		after.map(({ id }) => id).join(', '),
	);
	const status = await scene.deliver(before, eventBefore);
	check('A duplicate of a message from before the restart gets the response 200', status === 200, status);
	await scene.checkStarted('It started no execution; a new message does', 'Back again?');
}

async function testingInTheEditor(scene: Scene): Promise<void> {
	const { client, sandbox, playground, workflow } = scene;
	const [production] = await scene.subscriptions();
	const testUrl = triggerUrl(playground.n8n, workflow, 'webhook-test');
	await client.listenForTestEvent(workflow, TRIGGER);
	const test = await waitForSubscription(sandbox, testUrl);
	check('Listening for a test event creates a separate subscription', test.id !== production.id, test.id);

	const { event } = await scene.checkStarted('The published workflow still gets its messages', 'A test');
	const manual = await poll('The test did not get its event', TIMEOUT, async () =>
		(await client.listExecutions(workflow)).find(
			({ mode, status }) => mode === 'manual' && status === 'success',
		),
	);
	const [item] = outputOf(await client.getExecution(manual.id), TRIGGER);
	check('The test gets the message too', item.messageId === event.message_id);
	await poll(
		'The test subscription stayed',
		TIMEOUT,
		async () => (await scene.subscriptions(testUrl)).length === 0,
	);
	const left = await scene.subscriptions();
	check(
		'The test removes its subscription when it ends, and leaves the other one alone',
		left.length === 1 && left[0].id === production.id,
		left.map(({ id }) => id).join(', '),
	);
	await scene.checkStarted('It still delivers', 'After the test');
}

/** @returns the subscription that NativeMessage did not remove */
async function refusedRemoval(scene: Scene, eventBefore: InboundEvent): Promise<WebhookEndpoint> {
	const { sandbox, playground } = scene;
	const [old] = await scene.subscriptions();
	await sandbox.configure({ refuseDelete: true });
	const fresh = await scene.publish(['inboundMessage']);
	await sandbox.configure({ refuseDelete: false });
	const log = readFileSync(playground.n8n.logFile, 'utf8');
	check(
		"If NativeMessage doesn't remove the old subscription, n8n names it in its log",
		log.includes(`didn't remove the webhook subscription ${old.id} `),
	);
	const event = { ...eventBefore, message_id: 'after-the-refusal' };
	const status = await scene.deliver(old, event);
	check('Its requests are refused', status === 401, status);
	const accepted = await scene.deliver(fresh, event);
	check('Requests of the new one are accepted', accepted === 200, accepted);
	await scene.checkStarted('Each started the workflow once', 'Still there?', 2);
	return old;
}

/** @param left the subscription that NativeMessage did not remove */
async function unpublishing(scene: Scene, left: WebhookEndpoint): Promise<void> {
	const { client, workflow } = scene;
	await client.unpublishWorkflow(workflow);
	const subscriptions = await poll('The subscription stayed', TIMEOUT, async () => {
		const remaining = await scene.subscriptions();
		return remaining.length < 2 ? remaining : undefined;
	});
	check(
		'Unpublishing removes the subscription',
		subscriptions.every(({ id }) => id === left.id),
	);
	const status = await post(scene.url);
	check('Requests then get the response 404', status === 404, status);
}
