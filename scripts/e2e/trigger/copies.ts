import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { check } from '../../lib/check';
import { poll, type Credential, type SavedWorkflow } from '../../n8n/client';
import { startPlayground, type Playground } from '../../n8n/playground';
import { publishTrigger, waitForSubscription } from '../../n8n/trigger-webhook';
import { triggerWorkflow } from '../../n8n/trigger-workflow';
import { registrationsOf } from './kept-registrations';

const CREDENTIAL = 'NativeMessage account';
const CUSTOMER = '+12025550191';
const TIMEOUT = 60_000;

/** A workflow as n8n's command line exports it, with its nodes' static data. */
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
		const made = await waitForSubscription(sandbox, await publishTrigger(at.n8n, copy));
		check(
			`A copy published ${where} leaves the original's subscription alone`,
			made.id !== live.id && (await isUntouched()),
			`${live.id}, ${made.id}`,
		);
		await at.n8n.client.unpublishWorkflow(copy);
		await poll('The subscription of the copy stayed', TIMEOUT, async () =>
			(await sandbox.webhooks()).every(({ id }) => id !== made.id),
		);
		check("Unpublishing the copy removes the copy's subscription only", await isUntouched());
	};

	const other = await importCopy(playground, exported, credentials, { id: 'copy', webhookId: 'pasted' });
	await checkCopy('under another ID', playground, other);

	const taken = await importCopy(playground, exported, credentials, { id: 'copy-at-same-path' });
	const refusal = await n8n.client.publishWorkflow(taken).catch((error: Error) => error.message);
	check(
		'n8n does not publish a copy at the path of the original, and its subscription stays',
		String(refusal).includes('conflict') && (await isUntouched()),
	);

	const staging = await startPlayground('trigger-staging');
	try {
		const data = {
			service: 'nativeMessage',
			authentication: 'apiKey',
			apiKey: sandbox.apiKey,
			nativeMessageUrl: sandbox.ottBaseUrl,
		};
		const account = { name: CREDENTIAL, type: 'nativeMsgApi', data };
		const sameAccount = await staging.n8n.client.createCredential(account);
		const copy = await importCopy(staging, exported, [sameAccount], { id: original.id });
		await checkCopy('on another server, with the same ID and path', staging, copy);
	} finally {
		await staging.stop();
	}

	await sandbox.receive({ service: 'nativeMessage', from: CUSTOMER, text: 'Still there?' });
	const executions = await n8n.client.waitForExecutions(original, 2, 'webhook');
	check(
		'After all of this, the original still gets its messages',
		executions.length === 2,
		executions.length,
	);
	return original;
}

/** Where a workflow is exported to, or imported from. */
const makeFile = () => join(mkdtempSync(join(tmpdir(), 'nativemsg-copy-')), 'workflow.json');

/** Exports a workflow once n8n keeps its registration. */
async function exportWorkflow(playground: Playground, { id }: SavedWorkflow): Promise<Exported> {
	await poll(
		'n8n did not keep the registration',
		TIMEOUT,
		async () => (await registrationsOf(playground, id)).length > 0,
	);
	const file = makeFile();
	await playground.runCommand(['export:workflow', `--id=${id}`, `--output=${file}`]);
	const [exported] = JSON.parse(readFileSync(file, 'utf8')) as Exported[];
	return exported;
}

/** An export contains neither the credential's key nor the webhook secret that verifies requests. */
async function checkExport(playground: Playground, exported: Exported, url: string): Promise<void> {
	const { sandbox } = playground;
	const [{ secret }] = await registrationsOf(playground, exported.id);
	const event = { event: 'mo', message_id: 'signed by the test', source: CUSTOMER, content: 'Hello' };
	const { status } = await sandbox.deliver({ url, secret, event });
	check("The secret is derived from what n8n keeps and the credential's key", status === 200, status);
	const text = JSON.stringify(exported);
	check('An export contains neither', ![secret, sandbox.apiKey].some((value) => text.includes(value)));
}

/**
 * Imports an export, as when an administrator moves workflows to another server.
 *
 * @param changes to the workflow's ID and the node's webhook ID, which n8n regenerates when a node is pasted
 */
async function importCopy(
	playground: Playground,
	exported: Exported,
	credentials: Credential[],
	{ id, webhookId }: { id: string; webhookId?: string },
): Promise<SavedWorkflow> {
	const { client } = playground.n8n;
	const account = credentials.find(({ name }) => name === CREDENTIAL)!;
	const nodes = exported.nodes.map((node) => ({
		...node,
		webhookId: webhookId ?? node.webhookId,
		credentials: { nativeMsgApi: { id: account.id, name: account.name } },
	}));
	const file = makeFile();
	writeFileSync(file, JSON.stringify([{ ...exported, id, nodes }]));
	await playground.runCommand(['import:workflow', `--input=${file}`]);
	const copy = await client.request<Exported>('GET', `/rest/workflows/${id}`);
	const [brought] = await registrationsOf(playground, id);
	const [kept] = Object.values(exported.staticData) as Array<{ registration: { id: string } }>;
	check(
		'The copy brings the registration of the original along',
		brought?.id === kept.registration.id,
		brought?.id,
	);
	return copy;
}
