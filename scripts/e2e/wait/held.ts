import type { IDataObject } from 'n8n-workflow';
import { check } from '../../lib/check';
import { outputOf, poll } from '../../n8n/client';
import type { Playground } from '../../n8n/playground';
import { chain, node } from '../../n8n/workflow';

/** Longer than the 65 seconds for which n8n keeps a waiting execution in memory. */
const HELD_MS = 90_000;
const TIMEOUT_MS = 300_000;
const PATH = 'held';
const HELD = { phone: '+12025550171', zone: 'Etc/UTC' };
/** Half a day away, so it is not quiet there. */
const FREE = { phone: '+12025550172', zone: 'Etc/GMT-12' };

/** The next full minute after a while, as Quiet Hours take it, and the same an hour before. */
function quietUntil(ms: number): { begin: string; end: string } {
	const timeOf = (at: number) => new Date(at).toISOString().slice(11, 16);
	const end = Math.ceil((Date.now() + ms) / 60_000) * 60_000;
	return { begin: timeOf(end - 3_600_000), end: timeOf(end) };
}

/** The loop of docs/broadcasts.md#quiet-hours: Send, If held, Wait, back to Send. */
function heldWorkflow() {
	const workflow = chain(PATH, [
		node('Webhook', 'n8n-nodes-base.webhook', {
			typeVersion: 2,
			webhookId: PATH,
			parameters: { path: PATH, httpMethod: 'POST', responseMode: 'onReceived' },
		}),
		node('Recipients', 'n8n-nodes-base.splitOut', { parameters: { fieldToSplitOut: 'body.recipients' } }),
		node('Send', 'n8n-nodes-nativemsg.nativeMsg', {
			parameters: {
				resource: 'message',
				operation: 'send',
				targetType: 'phones',
				phones: '={{ $json.phone }}',
				channelId: '601',
				text: 'Not at night.',
				broadcast: {
					quietHours: {
						hours: { ...quietUntil(HELD_MS), days: [], timeZone: 'name', zoneName: '={{ $json.zone }}' },
					},
				},
			},
			credentials: { nativeMsgApi: 'NativeMsg account' },
		}),
		node('Held?', 'n8n-nodes-base.if', {
			typeVersion: 2.2,
			parameters: {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
					conditions: [
						{
							id: 'held',
							leftValue: '={{ $json.held }}',
							rightValue: '',
							operator: { type: 'boolean', operation: 'true', singleValue: true },
						},
					],
					combinator: 'and',
				},
				looseTypeValidation: true,
			},
		}),
		node('Wait', 'n8n-nodes-base.wait', {
			typeVersion: 1.1,
			webhookId: `${PATH}-wait`,
			parameters: { resume: 'specificTime', dateTime: '={{ $json.sendAt }}' },
		}),
	]);
	workflow.connections.Wait = { main: [[{ node: 'Send', type: 'main', index: 0 }]] };
	return workflow;
}

/**
 * Sends to two people, one of whom is to be left alone for about two minutes.
 *
 * @returns a check for later: that both got it once, the second one when the quiet hours had ended
 */
export async function startHeld({ n8n, sandbox, credentials }: Playground): Promise<() => Promise<void>> {
	const saved = await n8n.client.importWorkflow(heldWorkflow(), credentials);
	await n8n.client.publishWorkflow(saved);
	await n8n.client.postToWebhook(PATH, { recipients: [HELD, FREE] });
	const { id } = await poll('The held item does not wait', TIMEOUT_MS, async () => {
		const [execution] = await n8n.client.listExecutions(saved);
		return execution?.status === 'waiting' && execution;
	});
	const sentTo = async ({ phone }: typeof HELD) =>
		(await sandbox.requests()).filter(
			({ method, body }) => method === 'POST' && JSON.stringify(body ?? '').includes(phone),
		).length;
	const before = [await sentTo(FREE), await sentTo(HELD)];

	return async () => {
		const execution = await n8n.client.waitForExecution(id, { timeout: TIMEOUT_MS });
		const [item] = outputOf<IDataObject>(execution, 'Wait');
		const after = [await sentTo(FREE), await sentTo(HELD)];
		check(
			'what quiet hours hold waits in n8n, comes back to Send by the loop of the docs, and is sent once',
			execution.status === 'success' &&
				item?.held === true &&
				before.join() === '1,0' &&
				after.join() === '1,1',
			`${execution.status}, sent before: ${before.join()}, after: ${after.join()}, ${JSON.stringify(item)}`,
		);
	};
}
