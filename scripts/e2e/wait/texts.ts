import type { IDataObject } from 'n8n-workflow';
import { check } from '../../lib/check';
import type { Playground } from '../../n8n/playground';
import { publishTrigger } from '../../n8n/trigger-webhook';
import { chain, node } from '../../n8n/workflow';
import { ask, publishQuestion, resultOf } from './asking';

const PHONE = '+12025550142';
const ATTRIBUTE = 'replyLink';
const credentials = { nativeMsgApi: 'NativeMsg account' };

/** A text as the reply, with the link in a custom attribute of the person instead of a table. */
export async function checkTexts(playground: Playground): Promise<void> {
	const { n8n, sandbox, credentials: saved } = playground;
	const keeper = await n8n.client.importWorkflow(
		chain('Keeps links', [
			node('Link', 'n8n-nodes-base.executeWorkflowTrigger', {
				typeVersion: 1.1,
				parameters: { inputSource: 'passthrough' },
			}),
			node('Keep', 'n8n-nodes-nativemsg.nativeMsg', {
				parameters: {
					resource: 'human',
					operation: 'addByPhone',
					channelId: '601',
					phone: '={{ $json.recipient }}',
					additionalFields: {
						customFields: { attribute: [{ name: ATTRIBUTE, value: '={{ $json.link }}' }] },
						updateExisting: true,
					},
				},
				credentials,
			}),
		]),
		saved,
	);
	await n8n.client.publishWorkflow(keeper);
	const replies = await n8n.client.importWorkflow(
		chain('Passes texts on', [
			node('Text', 'n8n-nodes-nativemsg.nativeMsgTrigger', {
				typeVersion: 1.1,
				webhookId: 'passes-texts-on',
				credentials,
			}),
			node('Person', 'n8n-nodes-nativemsg.nativeMsg', {
				parameters: { resource: 'human', operation: 'get', humanId: '={{ $json.humanId }}' },
				credentials,
			}),
			node('Pass it on', 'n8n-nodes-base.httpRequest', {
				typeVersion: 4.2,
				parameters: {
					method: 'POST',
					url: `={{ $json.customFields.${ATTRIBUTE} }}`,
					sendBody: true,
					bodyParameters: { parameters: [{ name: 'text', value: "={{ $('Text').item.json.text }}" }] },
				},
			}),
		]),
		saved,
	);
	const url = await publishTrigger(n8n, replies);
	await sandbox.addWebhook({ url, secret: sandbox.webhookSecret, check: 'signature' });
	await publishQuestion(playground, 'by-text', { options: { linkWorkflow: keeper.id } });
	const [older, newer] = [
		...(await ask(playground, 'by-text', 1, PHONE)),
		...(await ask(playground, 'by-text', 1, PHONE)),
	];
	await sandbox.receive({ service: 'nativeMsg', from: PHONE, text: 'Decline.' });
	const execution = await n8n.client.waitForExecution(newer.executionId);
	const [result] = resultOf(execution) as Array<{ data?: IDataObject }>;
	const { status } = await n8n.client.getExecution(older.executionId);
	check(
		"a text resumes the person's last question, found by an attribute",
		result?.data?.approved === false && result.data.choice === 'Decline' && status === 'waiting',
		`${JSON.stringify(result)}, the question before: ${status}`,
	);
}
