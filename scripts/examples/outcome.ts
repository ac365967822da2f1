import { markdownTable } from 'markdown-table';
import type { RecordedRequest } from '../../sandbox/server';
import { fetchAnswer } from '../lib/http';
import { withProgress, type Progress } from '../lib/progress';
import type { Execution, SavedWorkflow } from '../n8n/client';
import type { Playground } from '../n8n/playground';
import type { SandboxProcess } from '../n8n/sandbox';

/** The beginning of an item's error if its outcome is unknown. */
export const UNKNOWN = "It's unknown whether";

/** The result of an example. */
export interface Outcome {
	table: string;
	/** A sentence to print when there are no problems. */
	success: string;
	/** A sentence for each problem; empty if there are none. */
	problems: string[];
}

/** A label and its count. */
export type Count = [label: string, count: number];

/** The fields of an accepted nativeMsg message that examples read. */
export interface SentMessage {
	text: string;
	targets: Array<{ phones?: string[]; ids?: Array<number | string> }>;
	buttons?: Array<{ type: string; payload: string }>;
}

/**
 * Runs an example, with a progress line.
 *
 * @param name of its workflow
 */
export async function runExample(
	{ workflows }: Playground,
	name: string,
	run: (workflow: SavedWorkflow, progress: Progress) => Promise<Outcome>,
): Promise<Outcome> {
	const workflow = workflows.find((one) => one.name === name);
	if (!workflow) throw new Error(`There is no example "${name}".`);
	return await withProgress(`Running "${name}"`, (progress) => run(workflow, progress));
}

/** A table of counts. */
export function countTable(rows: Count[]): string {
	return textTable(
		['Count', 'Result'],
		rows.map(([label, count]) => [String(count), label]),
		['r', 'l'],
	);
}

/** A table for the terminal; its columns are aligned to the left unless `align` says otherwise. */
export function textTable(head: string[], rows: string[][], align: string[] = []): string {
	return markdownTable([head, ...rows], { align, delimiterStart: false, delimiterEnd: false });
}

/**
 * The rows below a count of failures: how often each reason occurs, most frequent first.
 *
 * @param reasons as the workflow returned them
 */
export function reasonCounts(reasons: string[]): Count[] {
	return countEach(reasons.map(withoutDetails))
		.sort(([, a], [, b]) => b - a)
		.map(([reason, count]) => [`- ${reason}`, count]);
}

/** How often each text occurs. */
export function countEach(texts: string[]): Count[] {
	const counts = new Map<string, number>();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	return [...counts];
}

/**
 * Problems with the recipients: every expected one must have got exactly one message, and no one else any.
 *
 * @param expected digits with country code, such as 12015550123
 * @returns one sentence each; empty if there are none
 */
export function recipientProblems(
	{ recipients, maxPerRecipient }: { recipients: Record<string, number>; maxPerRecipient: number },
	expected: Set<string>,
): string[] {
	const served = Object.entries(recipients);
	const missing = [...expected].filter((digits) => !recipients[digits]);
	const strangers = served.filter(([digits]) => !expected.has(digits));
	return sentences(
		missing.length > 0 && `${missing.length} of ${expected.size} valid recipients got no message.`,
		strangers.length > 0 && `${strangers.length} recipients got a message they shouldn't have.`,
		maxPerRecipient > 1 && `A recipient was addressed ${maxPerRecipient} times.`,
	);
}

/** Problems with executions, none of which may have failed. */
export function executionProblems(executions: Execution[]): string[] {
	const failed = executions.filter(({ status }) => status !== 'success').length;
	return failed > 0 ? [`${failed} executions failed.`] : [];
}

/** The sentences whose condition is true. */
export function sentences(...candidates: Array<string | false>): string[] {
	return candidates.filter((candidate) => candidate !== false);
}

/** The messages that nativeMsg accepted. */
export function sentMessages(requests: RecordedRequest[]): SentMessage[] {
	return requests
		.filter(({ method, path, status }) => method === 'POST' && path === '/v1/messages' && status === 200)
		.map(({ body }) => body as SentMessage);
}

/** Reads from nativeMsg's API directly, not through n8n. */
export async function readFromNativeMsg<T>({ baseUrl, token }: SandboxProcess, path: string): Promise<T> {
	const headers = { authorization: `Bearer ${token}` };
	const response = await fetchAnswer(`${baseUrl}/${path}`, { headers });
	if (!response.ok) throw new Error(`The sandbox responded to ${path} with ${response.status}.`);
	return (await response.json()) as T;
}

/** Removes the item index and the given value, so that different rows have the same reason. */
function withoutDetails(reason: string): string {
	return reason.replace(/ \[item \d+\]$/, '').replace(/, but .* (was|were) given$/, '');
}
