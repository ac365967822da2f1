import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { poll, type SavedWorkflow } from '../../n8n/client';
import type { Playground } from '../../n8n/playground';
import { exportOf } from './contacts';

export const SEND = 'Send message';
/** How many messages are sent before n8n is killed. */
const SENT_BEFORE_KILL = 200;
/** How long the service then takes to respond, in ms: long enough to see that no more requests arrive. */
const SLOW = 2_000;
const QUIET = 300;
const TIMEOUT = 120_000;

/**
 * Kills n8n while requests are in flight: the service has accepted their messages, but n8n never learns that. The service
 * responds slowly for this, so that it is the same each time.
 */
export async function killInTheMiddle(
	{ n8n, sandbox }: Playground,
	onPoll: () => Promise<void>,
): Promise<void> {
	const accepted = async () => (await sandbox.report()).accepted;
	const isInTheMiddle = async () => {
		await onPoll();
		return (await accepted()) >= SENT_BEFORE_KILL;
	};
	await poll('The broadcast did not get to its middle', TIMEOUT, isInTheMiddle, 50);
	await sandbox.configure({ latencyMs: SLOW });
	const isQuiet = async () => {
		const earlier = await accepted();
		await sleep(QUIET);
		return (await accepted()) === earlier;
	};
	await poll('The requests did not stop', SLOW, isQuiet, 0);
	n8n.kill();
	await sandbox.configure({ latencyMs: 0 });
}

/**
 * Does some work while the workflow sends to unknown recipients again and its export has only some contacts, like a user
 * who has looked them up. Both are restored afterwards.
 *
 * @param ids IDs of the contacts
 */
export async function whileSendingAgain<T>(
	{ n8n }: Playground,
	workflow: SavedWorkflow,
	ids: Set<string>,
	work: (workflow: SavedWorkflow) => Promise<T>,
): Promise<T> {
	const file = join(dirname(n8n.logFile), '.n8n-files', 'crm-contacts.csv');
	const nodes = workflow.nodes.map((node) =>
		node.name === SEND ? { ...node, parameters: sendingAgain(node.parameters) } : node,
	);
	const changed = { ...workflow, nodes };
	const { versionId } = await n8n.client.updateWorkflow(changed);
	writeFileSync(file, exportOf(ids));
	try {
		return await work({ ...changed, versionId });
	} finally {
		writeFileSync(file, exportOf());
		await n8n.client.updateWorkflow({ ...workflow, versionId });
	}
}

function sendingAgain({ broadcast, ...parameters }: INodeParameters): INodeParameters {
	return { ...parameters, broadcast: { ...(broadcast as INodeParameters), sendUnknownAgain: true } };
}
