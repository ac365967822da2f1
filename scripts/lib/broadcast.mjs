import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './install.mjs';
import { outputOf } from './n8n-client.mjs';

/** The example workflow, and the trigger to start it by hand. */
export const WORKFLOW = 'Scheduled broadcast';
export const TRIGGER = 'Try it out';
const DATA = join(ROOT, 'examples', 'data', 'crm-contacts.csv');

/**
 * Who has to get a message, worked out from the export itself and not by the workflow: every usable US number once,
 * unless one of its rows says opt-out.
 *
 * @returns {Set<string>} digits with country code, e.g. 12015550123
 */
export function expectedRecipients() {
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
 * @param {import('./n8n-client.mjs').Execution} execution
 * @param {import('./sandbox.mjs').DeliveryReport} report
 */
export function summarise(execution, report) {
	const count = (node) => outputOf(execution, node).length;
	const read = count('Rows of the file');
	const distinct = count('One row per number');
	const kept = count('Leave out opt-outs');
	const failures = outputOf(execution, 'Failed rows').map((row) => withoutDetails(row.reason));
	return {
		read,
		duplicates: read - distinct,
		optedOut: distinct - kept,
		valid: count('Add to nativeMsg'),
		sent: count('Send message'),
		delivered: count('Delivered'),
		underWay: count('Under way'),
		failed: failures.length,
		reasons: countEach(failures),
		maxPerRecipient: report.maxPerRecipient,
	};
}

/** @param {ReturnType<typeof summarise>} summary */
export function formatTable(summary) {
	const line = (label, value) => `  ${label.padEnd(38)}${String(value).padStart(6)}`;
	const reasons = Object.entries(summary.reasons).map(
		([reason, count]) => `${String(count).padStart(8)}  ${reason}`,
	);
	return [
		line('Rows read', summary.read),
		line('Duplicates removed', summary.duplicates),
		line('Opted out', summary.optedOut),
		line('Valid', summary.valid),
		line('Sent', summary.sent),
		line('Delivered', summary.delivered),
		line('Still under way', summary.underWay),
		line('Failed', summary.failed),
		...reasons,
		line('Messages per recipient (at most)', summary.maxPerRecipient),
	].join('\n');
}

/**
 * What is wrong with a run, if anything: every expected recipient must have been served exactly once, nobody else,
 * and no row may have got lost.
 *
 * @returns {string[]} one sentence each; empty when all is well
 */
export function problemsOf(execution, report, summary, expected) {
	const served = Object.entries(report.recipients);
	const missing = [...expected].filter((digits) => !report.recipients[digits]);
	const strangers = served.filter(([digits]) => !expected.has(digits));
	const repeated = served.filter(([, messages]) => messages > 1);
	const arrived =
		summary.duplicates + summary.optedOut + summary.delivered + summary.underWay + summary.failed;
	const { error } = execution.data.resultData;
	return [
		execution.status !== 'success' &&
			`The workflow ended with "${execution.status}": ${error?.message ?? 'no message'}`,
		missing.length > 0 && `${missing.length} of ${expected.size} valid recipients got no message.`,
		strangers.length > 0 && `${strangers.length} recipients got a message who should not have.`,
		repeated.length > 0 && `${repeated.length} recipients got more than one message.`,
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

/** The same reason for different rows: without the row's number and the value given. */
function withoutDetails(reason) {
	return reason.replace(/ \[item \d+\]$/, '').replace(/, but .* (was|were) given$/, '');
}

function countEach(texts) {
	const counts = {};
	for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
	return Object.fromEntries(Object.entries(counts).sort(([, a], [, b]) => b - a));
}
