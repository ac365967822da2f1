/**
 * `npm run demo`: the real n8n with this package messages the contacts of a CRM export, confirms a shop's orders, and
 * replies to incoming messages, all through the sandbox. `npm run demo -- --once` exits after printing the results; the
 * exit code is 0 only if everyone was served exactly once.
 */
import { parseArgs } from 'node:util';
import { runAutoReply } from './examples/auto-reply';
import { runBroadcast } from './examples/scheduled-broadcast';
import { runOrders } from './examples/order-confirmation';
import type { Outcome } from './examples/outcome';
import { signInHint, startPlayground, type Playground } from './n8n/playground';

const { once } = parseArgs({ options: { once: { type: 'boolean', default: false } } }).values;

let playground: Playground | undefined;
let finished = false;
let stopping = false;

async function main(): Promise<void> {
	playground = await startPlayground('demo');
	for (const run of [runBroadcast, runOrders, runAutoReply]) {
		const outcome = await run(playground);
		print(outcome);
		if (outcome.problems.length > 0) process.exitCode = 1;
	}
	finished = true;
	if (once) return await playground.stop();

	console.log(`${signInHint(playground)}\nPress Ctrl+C to stop n8n and the sandbox.`);
}

function print({ table, success, problems }: Outcome): void {
	console.log(`\n${table}\n`);
	if (problems.length === 0) console.log(`✔ ${success}\n`);
	for (const problem of problems) console.log(`✖ ${problem}`);
}

/**
 * Ctrl+C stops everything that was started. Before the results are printed, that counts as a failure; afterwards, the
 * results decide.
 */
async function stopAndExit(): Promise<void> {
	stopping = true;
	await playground?.stop();
	process.exit(process.exitCode ?? (finished ? 0 : 130));
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stopAndExit);

main().catch(async (error: Error) => {
	// Errors caused by stopping the servers aren't reported.
	if (stopping) return;
	console.error(`\n${error.message}`);
	process.exitCode = 1;
	await playground?.stop();
});
