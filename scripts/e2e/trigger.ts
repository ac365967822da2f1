/**
 * Part of `npm run test:e2e`: the NativeMsg Trigger in the real n8n, from publishing to unpublishing, with both services,
 * in the editor, across a restart, and in the two examples.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { runAutoReply } from '../examples/auto-reply';
import { runDeliveryReports } from '../examples/delivery-reports';
import type { Outcome } from '../examples/outcome';
import { check, printed } from '../lib/check';
import { fetchAnswer } from '../lib/http';
import { exitOnSignals } from '../lib/process';
import { ROOT } from '../lib/root';
import type { SavedWorkflow } from '../n8n/client';
import { startPlayground, type Playground } from '../n8n/playground';
import { TRIGGER_VERSION } from '../n8n/trigger-workflow';
import { checkCopies } from './trigger/copies';
import { checkHandEntered } from './trigger/hand-entered';
import { registrationsOf } from './trigger/kept-registrations';
import { checkRegistration } from './trigger/registration';

const SCHEMA = `${TRIGGER_VERSION}.0.json`;

async function main(): Promise<void> {
	exitOnSignals();
	const playground = await startPlayground('trigger');
	try {
		await checkSchema(playground);
		checkExample('Auto-reply and opt-out', await runAutoReply(playground));
		checkExample('Delivery reports to a data table', await runDeliveryReports(playground));
		const handEntered = await checkHandEntered(playground);
		const { workflow, secrets } = await checkRegistration(playground);
		const original = await checkCopies(playground);
		const workflows = [...playground.workflows, ...handEntered, workflow, original];
		await checkSecrets(playground, workflows, secrets);
	} finally {
		await playground.stop();
	}
}

/** The output schema that n8n serves to its editor. */
async function checkSchema({ n8n }: Playground): Promise<void> {
	const answer = await fetchAnswer(`${n8n.url}/schemas/n8n-nodes-nativemsg.nativeMsgTrigger/${SCHEMA}`);
	const served = answer.ok ? await answer.json() : undefined;
	const file = join(ROOT, 'nodes', 'NativeMsgTrigger', '__schema__', `v${SCHEMA}`);
	const written = JSON.parse(readFileSync(file, 'utf8'));
	check('n8n serves the output schema', isDeepStrictEqual(served, written), answer.status);
}

function checkExample(name: string, { success, problems }: Outcome): void {
	check(`${name}: ${success}`, problems.length === 0, problems.join(' ') || undefined);
}

/** Neither n8n's log nor an execution nor this test's output may contain a secret. */
async function checkSecrets(
	playground: Playground,
	workflows: SavedWorkflow[],
	registered: string[],
): Promise<void> {
	const { n8n, sandbox, owner } = playground;
	const { request } = n8n.client;
	const registrations = await Promise.all(workflows.map(({ id }) => registrationsOf(playground, id)));
	const current = registrations.flat().map(({ secret }) => secret);
	const secrets = new Set([
		...[sandbox.token, sandbox.apiKey, sandbox.webhookSecret, owner.password],
		...registered,
		...current,
	]);
	const lists = await Promise.all(workflows.map((workflow) => n8n.client.listExecutions(workflow)));
	const executions = await Promise.all(
		lists.flat().map(({ id }) => request('GET', `/rest/executions/${id}`)),
	);
	const places = {
		"n8n's log": readFileSync(n8n.logFile, 'utf8'),
		'the executions': JSON.stringify(executions),
		'the output of this test': printed.join('\n'),
	};
	for (const [place, text] of Object.entries(places)) {
		const found = [...secrets].filter((secret) => text.includes(secret)).length;
		check(`No secret is in ${place}`, text.length > 0 && found === 0, `${secrets.size} looked for`);
	}
}

main().catch((error) => {
	console.error(`\n${error.message}`);
	process.exitCode = 1;
});
