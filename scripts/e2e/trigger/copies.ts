import type { IDataObject } from 'n8n-workflow';
import { check } from '../../lib/check';
import { poll, type Credential, type N8nClient, type SavedWorkflow } from '../../n8n/client';
import { startPlayground, type Playground } from '../../n8n/playground';
import { publishTrigger, waitForSubscription } from '../../n8n/trigger-webhook';
import { triggerWorkflow } from '../../n8n/trigger-workflow';
import { registrationsOf } from './kept-registrations';

const CREDENTIAL = 'NativeMessage account';
const TIMEOUT = 60_000;

/** A workflow with what n8n keeps for its nodes, as n8n's command line exports it. */
interface Exported extends SavedWorkflow {
	staticData: IDataObject;
}

/**
 * Exports a published workflow, and publishes the copy under another ID in the same n8n, and as it is on another server:
 * NativeMessage's subscription for the original stays.
 *
 * @returns the original
 */
export async function checkCopies(playground: Playground): Promise<SavedWorkflow> {
	const { n8n, sandbox, credentials } = playground;
	const original = await n8n.client.importWorkflow(
		triggerWorkflow('Live server', CREDENTIAL, { events: ['inboundMessage'] }),
		credentials,
	);
	const url = await publishTrigger(n8n, original);
	const live = await waitForSubscription(sandbox, url);
	const exported = await exportWorkflow(playground, original);
	await checkExport(playground, exported, url);

	const isUntouched = async () => (await sandbox.webhooks()).some(({ id }) => id === live.id);
	const checkCopy = async (where: string, at: Playground, copy: SavedWorkflow) => {
		const copyUrl = await publishTrigger(at.n8n, copy);
		const made = await waitForSubscription(sandbox, copyUrl);
		check(
			`A copy published ${where} leaves the original's subscription alone`,
			made.id !== live.id && (await isUntouched()),
		);
		await at.n8n.client.unpublishWorkflow(copy);
		await poll('The subscription of the copy stayed', TIMEOUT, async () =>
			(await sandbox.webhooks()).every(({ id }) => id !== made.id),
		);
		check('Unpublishing the copy removes the copy’s only', await isUntouched());
	};

	const other = await importExport(n8n.client, exported, credentials, { webhookId: 'pasted-copy' });
	await checkCopy('under another ID', playground, other);

	const taken = await importExport(n8n.client, exported, credentials);
	const problems = await n8n.client.publishWorkflow(taken).then(
		() => n8n.client.publicationProblems(taken),
		(error: Error) => [error.message],
	);
	check('n8n does not publish a copy at the path of the original', problems.length > 0, problems.join(' '));
	check('That leaves the subscription of the original alone', await isUntouched());

	const staging = await startPlayground('trigger-staging');
	try {
		const account = await staging.n8n.client.createCredential({
			name: CREDENTIAL,
			type: 'nativeMsgApi',
			data: {
				service: 'nativeMessage',
				authentication: 'apiKey',
				apiKey: sandbox.apiKey,
				nativeMessageUrl: sandbox.ottBaseUrl,
			},
		});
		const copy = await importExport(staging.n8n.client, exported, [account], { id: original.id });
		await checkCopy('on a staging server, with the same ID and path', staging, copy);
	} finally {
		await staging.stop();
	}

	await sandbox.receive({ service: 'nativeMessage', from: '+12025550191', text: 'Still there?' });
	const executions = await n8n.client.waitForExecutions(original, 2, 'webhook');
	check('The original gets its messages after all of this', executions.length === 2, executions.length);
	return original;
}

/** Once n8n keeps the registration. */
async function exportWorkflow({ n8n }: Playground, { id }: SavedWorkflow): Promise<Exported> {
	return await poll('n8n did not keep the registration', TIMEOUT, async () => {
		const workflow = await n8n.client.request<Exported>('GET', `/rest/workflows/${id}`);
		return JSON.stringify(workflow.staticData ?? {}).includes('registration') && workflow;
	});
}

/** An export holds neither the key nor the secret, which deliveries are accepted by. */
async function checkExport(playground: Playground, exported: Exported, url: string): Promise<void> {
	const { sandbox } = playground;
	const [{ secret }] = await registrationsOf(playground, exported.id);
	const event = { event: 'mo', message_id: 'signed by the test', source: '+12025550191', content: 'Hello' };
	const { status } = await sandbox.deliver({ url, secret, event });
	check('The secret is made from what n8n keeps and the key of the credential', status === 200, status);
	const text = JSON.stringify(exported);
	check('An export holds neither', ![secret, sandbox.apiKey].some((value) => text.includes(value)));
}

/** @param changes in the workflow's ID, or in the node's webhook ID, which n8n makes anew when a node is pasted */
async function importExport(
	client: N8nClient,
	{ name, nodes, connections, settings, staticData }: Exported,
	credentials: Credential[],
	{ id, webhookId }: { id?: string; webhookId?: string } = {},
): Promise<SavedWorkflow> {
	const account = credentials.find((credential) => credential.name === CREDENTIAL)!;
	const nativeMsgApi = { id: account.id, name: account.name };
	const copies = nodes.map((node) => ({
		...node,
		webhookId: webhookId ?? node.webhookId,
		credentials: { nativeMsgApi },
	}));
	const copy = { id, name: `${name} (copy)`, nodes: copies, connections, settings, staticData };
	const saved = await client.request<Exported>('POST', '/rest/workflows', copy);
	const kept = await client.request<Exported>('GET', `/rest/workflows/${saved.id}`);
	check(
		'The copy brings the registration of the original along',
		JSON.stringify(kept.staticData) === JSON.stringify(staticData),
	);
	return saved;
}
