import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { SandboxReport } from '../../sandbox/server';
import { ROOT } from '../lib/root';
import { outputOf, type Execution } from '../n8n/client';
import type { Playground } from '../n8n/playground';
import { countTable, reasonCounts, recipientProblems, runExample, sentences, type Outcome } from './outcome';

/** The example workflow, and the trigger to start it by hand. */
export const WORKFLOW = 'Scheduled broadcast';
export const TRIGGER = 'Try it out';
const DATA = join(ROOT, 'examples', 'data', 'crm-contacts.csv');

/** The numbers of a finished run. */
type Summary = ReturnType<typeof summarise>;

/** Runs the broadcast by hand and looks at what became of every row. */
export async function runBroadcast(playground: Playground): Promise<Outcome> {
	const { n8n, sandbox } = playground;
	const expected = expectedRecipients();
	return await runExample(playground, WORKFLOW, async (workflow, progress) => {
		const id = await n8n.client.runWorkflow(workflow, TRIGGER);
		const execution = await n8n.client.waitForExecution(id, {
			onPoll: async () =>
				progress.update(`${(await sandbox.report()).accepted} of ${expected.size} messages sent`),
		});
		const report = await sandbox.report();
		progress.summarize(`${report.accepted} messages sent`);

		const summary = summarise(execution, report);
		return {
			table: formatTable(summary),
			success: `Each of the ${expected.size} valid recipients got exactly one message, nobody else got any.`,
			problems: problemsOf(execution, report, summary, expected),
		};
	});
}

/**
 * Who has to get a message, worked out from the export itself and not by the workflow: every usable number once,
 * unless one of its rows says opt-out.
 *
 * @returns digits with country code, e.g. 12015550123
 */
function expectedRecipients(): Set<string> {
	const contacts: Array<{ phone: string; opt_out: string }> = parse(readFileSync(DATA), {
		bom: true,
		columns: true,
	});
	const wanted = new Set<string>();
	const unwanted = new Set<string>();
	for (const { phone, opt_out: optOut } of contacts) {
		const digits = numberIn(phone);
		if (digits) (/^(yes|y|true|1)$/i.test(optOut.trim()) ? unwanted : wanted).add(digits);
	}
	return new Set([...wanted].filter((digits) => !unwanted.has(digits)));
}

function summarise(execution: Execution, report: SandboxReport) {
	const count = (node: string) => outputOf(execution, node).length;
	const read = count('Rows of the file');
	const distinct = count('One row per number');
	const kept = count('Leave out opt-outs');
	const reasons = outputOf<{ reason: string }>(execution, 'Failed rows').map(({ reason }) => reason);
	return {
		read,
		duplicates: read - distinct,
		optedOut: distinct - kept,
		valid: count('Add to nativeMsg'),
		sent: count('Send message'),
		delivered: count('Delivered'),
		underWay: count('Under way'),
		failed: reasons.length,
		reasons,
		maxPerRecipient: report.maxPerRecipient,
	};
}

function formatTable(summary: Summary): string {
	return countTable([
		['Rows read', summary.read],
		['Duplicates removed', summary.duplicates],
		['Opted out', summary.optedOut],
		['Valid', summary.valid],
		['Sent', summary.sent],
		['Delivered', summary.delivered],
		['Still under way', summary.underWay],
		['Failed', summary.failed],
		...reasonCounts(summary.reasons),
		['Messages per recipient (at most)', summary.maxPerRecipient],
	]);
}

/**
 * What is wrong with a run, if anything: every expected recipient must have been served exactly once, nobody else,
 * and no row may have got lost.
 *
 * @returns one sentence each; empty when all is well
 */
function problemsOf(
	execution: Execution,
	report: SandboxReport,
	summary: Summary,
	expected: Set<string>,
): string[] {
	const arrived =
		summary.duplicates + summary.optedOut + summary.delivered + summary.underWay + summary.failed;
	const { error } = execution.data.resultData;
	return [
		...sentences(
			execution.status !== 'success' &&
				`The workflow ended with "${execution.status}": ${error?.message ?? 'no message'}`,
		),
		...recipientProblems(report, expected),
		...sentences(
			arrived !== summary.read && `${summary.read} rows were read, but ${arrived} are accounted for.`,
			summary.delivered !== report.delivered &&
				`The workflow counts ${summary.delivered} delivered messages, the sandbox ${report.delivered}.`,
		),
	];
}

/** The number of a cell by Google's rules, once what a spreadsheet adds to it is taken off; digits with country code. */
function numberIn(cell: string): string | undefined {
	const text = cell.trim().replace(/^'/, '').replace(/\.0$/, '').replace(/^00/, '+');
	const number = parsePhoneNumberFromString(text, { defaultCountry: 'US', extract: false });
	return number?.isPossible() && !number.ext ? number.number.slice(1) : undefined;
}
