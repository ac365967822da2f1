import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/root';
import { outputOf } from '../n8n/client';
import { reasonRows, recipientProblems, row } from './outcome';
import { startProgress } from '../lib/progress';

/** The example workflow, and the trigger to start it by hand. */
export const WORKFLOW = 'Scheduled broadcast';
export const TRIGGER = 'Try it out';
const DATA = join(ROOT, 'examples', 'data', 'crm-contacts.csv');

/**
 * Runs the broadcast by hand and looks at what became of every row.
 *
 * @param {import('../n8n/playground').Playground} playground
 * @returns {Promise<import('./outcome').Outcome>}
 */
export async function runBroadcast({ n8n, sandbox, workflows }) {
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
	return {
		table: formatTable(summary),
		success: `Each of the ${expected.size} valid recipients got exactly one message, nobody else got any.`,
		problems: problemsOf(execution, report, summary, expected),
	};
}

/**
 * Who has to get a message, worked out from the export itself and not by the workflow: every usable US number once,
 * unless one of its rows says opt-out.
 *
 * @returns {Set<string>} digits with country code, e.g. 12015550123
 */
function expectedRecipients() {
	const [header, ...rows] = parseCsv(readFileSync(DATA, 'utf8'));
	const phone = header.indexOf('phone');
	const optOut = header.indexOf('opt_out');
	const wanted = new Set();
	const unwanted = new Set();
	for (const row of rows) {
		const digits = usNumber(row[phone]);
		if (digits) (/^(yes|y|true|1)$/i.test(row[optOut].trim()) ? unwanted : wanted).add(digits);
	}
	return new Set([...wanted].filter((digits) => !unwanted.has(digits)));
}

/**
 * The numbers of a finished run.
 *
 * @param {import('../n8n/client').Execution} execution
 * @param {import('../n8n/sandbox').DeliveryReport} report
 */
function summarise(execution, report) {
	const count = (node) => outputOf(execution, node).length;
	const read = count('Rows of the file');
	const distinct = count('One row per number');
	const kept = count('Leave out opt-outs');
	const reasons = outputOf(execution, 'Failed rows').map(({ reason }) => reason);
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

/** @param {ReturnType<typeof summarise>} summary */
function formatTable(summary) {
	return [
		row('Rows read', summary.read),
		row('Duplicates removed', summary.duplicates),
		row('Opted out', summary.optedOut),
		row('Valid', summary.valid),
		row('Sent', summary.sent),
		row('Delivered', summary.delivered),
		row('Still under way', summary.underWay),
		row('Failed', summary.failed),
		...reasonRows(summary.reasons),
		row('Messages per recipient (at most)', summary.maxPerRecipient),
	].join('\n');
}

/**
 * What is wrong with a run, if anything: every expected recipient must have been served exactly once, nobody else,
 * and no row may have got lost.
 *
 * @returns {string[]} one sentence each; empty when all is well
 */
function problemsOf(execution, report, summary, expected) {
	const arrived =
		summary.duplicates + summary.optedOut + summary.delivered + summary.underWay + summary.failed;
	const { error } = execution.data.resultData;
	return [
		execution.status !== 'success' &&
			`The workflow ended with "${execution.status}": ${error?.message ?? 'no message'}`,
		...recipientProblems(report, expected),
		arrived !== summary.read && `${summary.read} rows were read, but ${arrived} are accounted for.`,
		summary.delivered !== report.byStatus.D &&
			`The workflow counts ${summary.delivered} delivered messages, the sandbox ${report.byStatus.D}.`,
	].filter(Boolean);
}

/** Reads CSV as in RFC 4180, with the byte order mark that Excel writes. */
function parseCsv(text) {
	const rows = [[]];
	const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
	cells.lastIndex = text.startsWith('\ufeff') ? 1 : 0;
	while (cells.lastIndex < text.length) {
		const [, quoted, plain, end] = cells.exec(text);
		rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
		if (end !== ',') rows.push([]);
	}
	return rows.filter((row) => row.length > 0);
}

function usNumber(text) {
	if (/[a-z]/i.test(text)) return undefined;
	const digits = text.replace(/\D/g, '').replace(/^(\d{10})$/, '1$1');
	return /^1\d{10}$/.test(digits) ? digits : undefined;
}
