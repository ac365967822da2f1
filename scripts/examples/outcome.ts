import { markdownTable } from 'markdown-table';
import type { RecordedRequest } from '../../sandbox/server';
import { fetchAnswer } from '../lib/http';
import { withProgress, type Progress } from '../lib/progress';
import type { Execution, SavedWorkflow } from '../n8n/client';
import type { Playground } from '../n8n/playground';
import type { SandboxProcess } from '../n8n/sandbox';

/** How the error of an item begins whose outcome nobody knows. */
export const UNKNOWN = "It's unknown whether";

/** What an example ended with. */
export interface Outcome {
	table: string;
	/** A sentence to print when there are no problems. */
	success: string;
	/** A sentence for each thing that must not be; empty when all is well. */
	problems: string[];
}

/** What was counted, and how many. */
export type Count = [label: string, count: number];

/** What an example reads of a message that nativeMsg took. */
export interface SentMessage {
	text: string;
	targets: Array<{ phones?: string[]; ids?: Array<number | string> }>;
	buttons?: Array<{ type: string; payload: string }>;
}

/**
 * Runs an example and judges it, under a line of progress.
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
 * The rows below a count of failures: how often each reason was given, the most frequent first.
 *
 * @param reasons as the workflow gave them
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
 * What is wrong with who was served: every expected recipient must have got exactly one message, nobody else any.
 *
 * @param expected digits with country code, e.g. 12015550123
 * @returns one sentence each; empty when all is well
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
		strangers.length > 0 && `${strangers.length} recipients got a message who should not have.`,
		maxPerRecipient > 1 && `A recipient was to get ${maxPerRecipient} messages.`,
	);
}

/** What is wrong with executions of which none may have failed. */
export function executionProblems(executions: Execution[]): string[] {
	const failed = executions.filter(({ status }) => status !== 'success').length;
	return failed > 0 ? [`${failed} executions failed.`] : [];
}

/** The sentences whose condition holds. */
export function sentences(...candidates: Array<string | false>): string[] {
	return candidates.filter((candidate) => candidate !== false);
}

/** The messages that nativeMsg took. */
export function sentMessages(requests: RecordedRequest[]): SentMessage[] {
	return requests
		.filter(({ method, path, status }) => method === 'POST' && path === '/v1/messages' && status === 200)
		.map(({ body }) => body as SentMessage);
}

/** Reads from nativeMsg's API, past n8n. */
export async function readFromNativeMsg<T>({ baseUrl, token }: SandboxProcess, path: string): Promise<T> {
	const headers = { authorization: `Bearer ${token}` };
	const response = await fetchAnswer(`${baseUrl}/${path}`, { headers });
	if (!response.ok) throw new Error(`The sandbox answered ${path} with ${response.status}.`);
	return (await response.json()) as T;
}

/** The same reason for different rows: without the row's number and the value given. */
function withoutDetails(reason: string): string {
	return reason.replace(/ \[item \d+\]$/, '').replace(/, but .* (was|were) given$/, '');
}
