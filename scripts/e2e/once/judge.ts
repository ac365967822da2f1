import type { IDataObject } from 'n8n-workflow';
import { UNKNOWN } from '../../examples/outcome';
import type { Execution } from '../../n8n/client';
import { SEND } from '../queue/workflows';

/** How often requests named each recipient, by phone digits. */
export type Named = Record<string, number>;

/** What is known about a broadcast whose worker was killed, and that was run twice more. */
export interface Evidence {
	/** Phone digits by row. */
	recipients: string[];
	/** The service's counts after the killed run, the second run, and the third run. */
	named: [killed: Named, second: Named, third: Named];
	second: Execution;
	third: Execution;
	/** How many rows may be unknown. */
	mostUnknown: number;
}

/** The result of a broadcast. */
export interface Verdict {
	sentBefore: number;
	sentNow: number;
	skipped: number;
	unknown: number;
	sentTwice: number;
	/** Recipients who were neither messaged nor named as unknown. */
	lost: number;
	sentByThirdRun: number;
	/** A sentence for each problem. */
	problems: string[];
}

/** An item that the node returned, with the row that it is paired with. */
interface Returned {
	row: number;
	isError: boolean;
	json: IDataObject;
}

/** Judges by the service's counts; n8n's output has to agree with them. */
export function judge({ recipients, named, second, third, mostUnknown }: Evidence): Verdict {
	const [before, afterSecond, afterThird] = named;
	const returned = returnedBy(second);
	const unknownRows = rowsOf(returned.filter(isUnknown));
	const counts = {
		sentBefore: sum(before),
		sentNow: sum(afterSecond) - sum(before),
		skipped: returned.filter(isSkipped).length,
		unknown: unknownRows.length,
		sentTwice: Object.values(afterThird).filter((times) => times > 1).length,
		lost: recipients.filter((digits, row) => !afterThird[digits] && !unknownRows.includes(row)).length,
		sentByThirdRun: sum(afterThird) - sum(afterSecond),
	};
	const sent = returned.filter((item) => !item.isError && !isSkipped(item)).length;
	const strangers = Object.keys(afterThird).filter((digits) => !recipients.includes(digits)).length;
	const thirdUnknown = rowsOf(returnedBy(third).filter(isUnknown));
	const problems = [
		counts.sentTwice > 0 && `${counts.sentTwice} recipients were messaged twice.`,
		counts.lost > 0 && `${counts.lost} recipients were neither messaged nor named as unknown.`,
		strangers > 0 && `${strangers} recipients were messaged although they aren't in the rows.`,
		counts.unknown > mostUnknown && `${counts.unknown} rows are unknown, but at most ${mostUnknown} may be.`,
		counts.sentByThirdRun > 0 && `The third run sent ${counts.sentByThirdRun} messages.`,
		sent !== counts.sentNow && `n8n returned ${sent} rows as sent, but ${counts.sentNow} were.`,
		String(thirdUnknown) !== String(unknownRows) && 'The third run names other rows as unknown.',
		...[second, third].flatMap((execution) => executionProblems(execution, recipients.length)),
	];
	return { ...counts, problems: problems.filter((problem) => problem !== false) };
}

/** Each row must be returned once, as sent, skipped, or unknown. */
function executionProblems(execution: Execution, rows: number): Array<string | false> {
	const returned = returnedBy(execution);
	const others = returned.filter((item) => item.isError && !isUnknown(item));
	const complete = returned.length === rows && new Set(rowsOf(returned)).size === rows;
	return [
		execution.status !== 'success' &&
			`A run ended with "${execution.status}": ${execution.data.resultData.error?.message}`,
		!complete && `A run returned ${returned.length} items for ${rows} rows.`,
		others.length > 0 && `${others.length} rows failed, the first with: ${String(others[0].json.error)}`,
	];
}

function returnedBy({ data }: Execution): Returned[] {
	const outputs = (data.resultData.runData[SEND] ?? []).flatMap((run) => run.data?.main ?? []);
	return outputs.flatMap((items, output) =>
		(items ?? []).map(({ json, pairedItem }) => {
			const [pair] = [pairedItem].flat();
			const row = typeof pair === 'object' ? pair.item : Number(pair);
			return { row, isError: output === 1, json };
		}),
	);
}

function isSkipped({ json, isError }: Returned): boolean {
	return !isError && json.status === 'skipped' && typeof json.skippedReason === 'string';
}

function isUnknown({ json, isError }: Returned): boolean {
	const details = json.details as IDataObject | undefined;
	return isError && String(json.error).startsWith(UNKNOWN) && details?.outcome === 'unknown';
}

function rowsOf(items: Returned[]): number[] {
	return items.map(({ row }) => row).sort((a, b) => a - b);
}

function sum(named: Named): number {
	return Object.values(named).reduce((total, times) => total + times, 0);
}
