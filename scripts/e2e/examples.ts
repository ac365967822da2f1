/** Part of `npm run test:e2e`: the examples that neither the demo nor the trigger's test runs, in the real n8n. */
import { runAgentReview } from '../examples/agent-review';
import { runAssistant } from '../examples/ai-assistant';
import { runAskForApproval } from '../examples/ask-for-approval';
import { runCrmSync } from '../examples/crm-sync';
import { runFaqBot } from '../examples/faq-bot';
import type { Outcome } from '../examples/outcome';
import { runReplyByText } from '../examples/reply-by-text';
import { check } from '../lib/check';
import { exitOnSignals } from '../lib/process';
import { startPlayground } from '../n8n/playground';

async function main(): Promise<void> {
	exitOnSignals();
	const playground = await startPlayground('examples');
	try {
		checkExample('AI assistant by text message', await runAssistant(playground));
		checkExample('CRM sync', await runCrmSync(playground));
		checkExample('FAQ bot from a spreadsheet', await runFaqBot(playground));
		checkExample('Ask for approval', await runAskForApproval(playground));
		checkExample('Reply by text message', await runReplyByText(playground));
		checkExample('AI agent with a human in the loop', await runAgentReview(playground));
	} finally {
		await playground.stop();
	}
}

function checkExample(name: string, { table, success, problems }: Outcome): void {
	console.log(`\n${table}\n`);
	check(`${name}: ${success}`, problems.length === 0, problems.join(' ') || undefined);
}

main().catch((error) => {
	console.error(`\n${error.message}`);
	process.exitCode = 1;
});
