/** Part of `npm run test:e2e`: the examples that neither the demo nor the test of the trigger runs, in the real n8n. */
import { runAskForApproval } from '../examples/ask-for-approval';
import { check } from '../lib/check';
import { runCrmSync } from '../examples/crm-sync';
import { startPlayground } from '../n8n/playground';
import { exitOnSignals } from '../lib/process';

async function main() {
	exitOnSignals();
	const playground = await startPlayground('examples');
	try {
		checkExample('CRM sync', await runCrmSync(playground));
		checkExample('Ask for approval', await runAskForApproval(playground));
	} finally {
		await playground.stop();
	}
}

function checkExample(name, { table, success, problems }) {
	console.log(`\n${table}\n`);
	check(`${name}: ${success}`, problems.length === 0, problems.join(' ') || undefined);
}

main().catch((error) => {
	console.error(`\n${error.message}`);
	process.exitCode = 1;
});
