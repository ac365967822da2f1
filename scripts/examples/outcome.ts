/**
 * @typedef {object} Outcome what one part of the demo ended with
 * @property {string} table
 * @property {string} success a sentence to print when there are no problems
 * @property {string[]} problems a sentence for each thing that must not be; empty when all is well
 */

/** One line of a table: what was counted, and how many. */
export function row(label, count) {
	return `  ${label.padEnd(38)}${String(count).padStart(6)}`;
}

/**
 * The lines below a count of failures: how often each reason was given, the most frequent first.
 *
 * @param {string[]} reasons as the workflow gave them
 */
export function reasonRows(reasons) {
	const counts = new Map();
	for (const reason of reasons.map(withoutDetails)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	return [...counts]
		.sort(([, a], [, b]) => b - a)
		.map(([reason, count]) => `${String(count).padStart(8)}  ${reason}`);
}

/**
 * What is wrong with who was served: every expected recipient must have got exactly one message, nobody else any.
 *
 * @param {import('../n8n/sandbox').RecipientReport} report
 * @param {Set<string>} expected digits with country code, e.g. 12015550123
 * @returns {string[]} one sentence each; empty when all is well
 */
export function recipientProblems({ recipients }, expected) {
	const served = Object.entries(recipients);
	const missing = [...expected].filter((digits) => !recipients[digits]);
	const strangers = served.filter(([digits]) => !expected.has(digits));
	const repeated = served.filter(([, messages]) => messages > 1);
	return [
		missing.length > 0 && `${missing.length} of ${expected.size} valid recipients got no message.`,
		strangers.length > 0 && `${strangers.length} recipients got a message who should not have.`,
		repeated.length > 0 && `${repeated.length} recipients got more than one message.`,
	].filter(Boolean);
}

/** The same reason for different rows: without the row's number and the value given. */
function withoutDetails(reason) {
	return reason.replace(/ \[item \d+\]$/, '').replace(/, but .* (was|were) given$/, '');
}
