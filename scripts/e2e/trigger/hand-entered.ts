import { readFileSync } from 'node:fs';
import type { INodeParameters } from 'n8n-workflow';
import type { WebhookEndpoint } from '../../../sandbox/server';
import { check } from '../../lib/check';
import { fetchAnswer } from '../../lib/http';
import { outputOf, type N8nClient, type SavedWorkflow } from '../../n8n/client';
import type { Playground } from '../../n8n/playground';
import type { DeliveryOrder, EnteredWebhook, SandboxProcess } from '../../n8n/sandbox';
import { publishTrigger } from '../../n8n/trigger-webhook';
import { TRIGGER, triggerWorkflow } from '../../n8n/trigger-workflow';

const HEADER = 'X-Webhook-Secret';
const WRONG_SECRET = 'not-the-right-one';

/** A way to verify the origin of a request: how the webhook is entered, and how the trigger is set up. */
interface Setup extends Pick<EnteredWebhook, 'check' | 'header'> {
	name: string;
	parameters: INodeParameters;
}

const SETUPS: Setup[] = [
	{ name: 'Signature', check: 'signature', parameters: { check: 'signature' } },
	{
		name: 'Shared secret',
		check: 'header',
		header: HEADER,
		parameters: { check: 'sharedSecret', headerName: HEADER },
	},
];
/** A Message record as nativeMsg documents it, with the misspelled name of its examples. */
const MESSAGE = {
	id: 8767223,
	botId: 451,
	channelId: 601,
	requestId: null,
	humandId: 541,
	sent: '2026-02-24T18:00:44',
	status: 'D',
	messageType: 'I',
	delivered: '2026-02-24T18:00:45',
	profilePic: null,
	message: { text: 'unsubscribe' },
};

/**
 * Webhooks of nativeMsg, which are entered in its dashboard, with each way to verify the origin of a request.
 *
 * @returns the workflows
 */
export async function checkHandEntered(playground: Playground): Promise<SavedWorkflow[]> {
	const { n8n, sandbox, credentials } = playground;
	const unpublished = await publishWithoutSecret(n8n.client, sandbox);
	const workflows: SavedWorkflow[] = [];
	for (const { name, parameters, ...entered } of SETUPS) {
		const workflow = await n8n.client.importWorkflow(
			triggerWorkflow(`nativeMsg ${name}`, 'NativeMsg account', {
				events: ['inboundMessage'],
				...parameters,
			}),
			credentials,
		);
		workflows.push(workflow);
		const url = await publishTrigger(n8n, workflow);
		const enter = (secret: string) => sandbox.addWebhook({ url, secret, ...entered });
		const right = await enter(sandbox.webhookSecret);
		const wrong = await enter(WRONG_SECRET);
		const status = async (webhook: WebhookEndpoint, order?: Pick<DeliveryOrder, 'forge'>) =>
			(await sandbox.deliver({ subscriptionId: webhook.id, event: MESSAGE, ...order })).status;

		check(`${name}: a wrong one is refused`, (await status(wrong)) === 401);
		check(`${name}: none at all is refused`, (await status(right, { forge: 'missing-header' })) === 401);
		check(`${name}: the right one is accepted`, (await status(right)) === 200);
		await checkExecution(name, n8n.client, workflow);
		if (entered.check === 'header') await checkBots(url, workflow, playground);
	}
	const problems = await n8n.client.publicationProblems(unpublished);
	check(
		'Without a secret in the credential, publishing fails and says so',
		problems.length === 1 && problems[0].includes('has no Webhook Secret'),
		problems.join(' '),
	);
	return workflows;
}

/** What a bot sends: the form from the docs, and JSON with a quoted text pasted into it. */
async function checkBots(url: string, workflow: SavedWorkflow, { n8n, sandbox }: Playground): Promise<void> {
	const send = async (body: URLSearchParams | string, type: string) => {
		const headers = { 'content-type': type, [HEADER]: sandbox.webhookSecret };
		return (await fetchAnswer(url, { method: 'POST', headers, body: String(body) })).status;
	};
	const text = 'Say "hi"\nnow';
	const form = new URLSearchParams({
		messageType: 'I',
		id: 'a bot',
		text,
		payload: '',
		phone: '12025550190',
	});
	const status = await send(form, 'application/x-www-form-urlencoded');
	const executions = await n8n.client.waitForExecutions(workflow, 2);
	const items = executions.flatMap((execution) => outputOf(execution, TRIGGER));
	const item = items.find(({ messageId }) => messageId === 'a bot');
	check(
		"A bot's form arrives as an inbound message, with its quotes and line breaks",
		status === 200 && item?.event === 'inboundMessage' && item.text === text && item.payload === null,
		status,
	);
	const broken = await send(`{"messageType":"I","message":{"text":"${text}"}}`, 'application/json');
	const { pathname } = new URL(url);
	const line = `Error in handling webhook request POST ${pathname}: Failed to parse request body`;
	check(
		'n8n refuses JSON with quotes pasted into it, and logs that',
		broken === 422 && readFileSync(n8n.logFile, 'utf8').includes(line),
		broken,
	);
}

async function publishWithoutSecret(
	client: N8nClient,
	{ baseUrl, token }: SandboxProcess,
): Promise<SavedWorkflow> {
	const name = 'Without webhook secret';
	const data = { service: 'nativeMsg', accessToken: token, baseUrl };
	const credential = await client.createCredential({ name, type: 'nativeMsgApi', data });
	const workflow = await client.importWorkflow(triggerWorkflow(name, name, {}), [credential]);
	await client.publishWorkflow(workflow);
	return workflow;
}

async function checkExecution(name: string, client: N8nClient, workflow: SavedWorkflow): Promise<void> {
	const executions = await client.waitForExecutions(workflow, 1);
	const [{ humanId, channel, keyword }] = outputOf(executions[0], TRIGGER);
	check(
		`${name}: one execution, with human, channel and keyword`,
		executions.length === 1 && humanId === '541' && channel === '601' && keyword === 'STOP',
		`${executions.length}; ${[humanId, channel, keyword].join(', ')}`,
	);
}
