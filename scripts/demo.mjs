/**
 * `npm run demo`: the real n8n with this package messages the contacts of a CRM export through the sandbox.
 * `npm run demo -- --once` ends after the table; the exit code says whether everyone was served exactly once.
 */
import { parseArgs } from 'node:util';
import {
	expectedRecipients,
	formatTable,
	problemsOf,
	summarise,
	TRIGGER,
	WORKFLOW,
} from './lib/broadcast.mjs';
import { ensureDependencies } from './lib/install.mjs';
import { startPlayground } from './lib/playground.mjs';
import { startProgress } from './lib/progress.mjs';

const { once } = parseArgs({ options: { once: { type: 'boolean', default: false } } }).values;

/** @type {import('./lib/playground.mjs').Playground | undefined} */
let playground;
let finished = false;
let stopping = false;

async function main() {
	await ensureDependencies();
	playground = await startPlayground('demo');
	const problems = await broadcast(playground);
	finished = true;
	if (problems.length > 0) process.exitCode = 1;
	if (once) return await playground.stop();

	const { n8n, owner } = playground;
	console.log(`
The editor is open:   ${n8n.url}
Sign in with          ${owner.email}
Password              ${owner.password}

Press Ctrl+C to stop n8n and the sandbox.`);
}

async function broadcast({ n8n, sandbox, workflows }) {
	const expected = expectedRecipients();
	const workflow = workflows.find(({ name }) => name === WORKFLOW);
	const progress = startProgress(`Running "${WORKFLOW}"`);
	const id = await n8n.client.runWorkflow(workflow, TRIGGER);
	const execution = await n8n.client.waitForExecution(id, {
		onPoll: async () =>
			progress.update(`${(await sandbox.report()).accepted} of ${expected.size} messages sent`),
	});
	const report = await sandbox.report();
	progress.done(`${report.accepted} messages sent`);

	const summary = summarise(execution, report);
	const problems = problemsOf(execution, report, summary, expected);
	console.log(`\n${formatTable(summary)}\n`);
	if (problems.length === 0) {
		console.log(
			`✔ Each of the ${expected.size} valid recipients got exactly one message, nobody else got any.`,
		);
	}
	for (const problem of problems) console.log(`✖ ${problem}`);
	return problems;
}

/** Ctrl+C: ends what was started. Before the table it counts as a failure, after it the table decides. */
async function stopAndExit() {
	stopping = true;
	await playground?.stop();
	process.exit(process.exitCode ?? (finished ? 0 : 130));
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stopAndExit);

main().catch(async (error) => {
	// Whatever fails because its server was just stopped needs no report.
	if (stopping) return;
	console.error(`\n${error.message}`);
	process.exitCode = 1;
	await playground?.stop();
});
