import { readFileSync } from 'node:fs';
import type { INode } from 'n8n-workflow';
import { fetchAnswer } from '../../lib/http';
import { poll } from '../../n8n/client';
import type { N8nProcess } from '../../n8n/server';
import { node } from '../../n8n/workflow';

/** Nodes that turn each row of a webhook request into an item. @param path of the webhook */
export function rowsFromWebhook(path: string): INode[] {
	return [
		node('Rows', 'n8n-nodes-base.webhook', {
			typeVersion: 2.1,
			webhookId: path,
			parameters: { httpMethod: 'POST', path, options: {} },
		}),
		node('Split', 'n8n-nodes-base.splitOut', {
			parameters: { fieldToSplitOut: 'body.rows', options: {} },
		}),
	];
}

/**
 * Posts rows with `phone` and `name` to a webhook, once it exists.
 *
 * @param process the webhook process
 * @param start index of the first row; each row has a different phone number
 */
export async function postRows(
	{ url }: N8nProcess,
	path: string,
	start: number,
	count: number,
): Promise<void> {
	const rows = Array.from({ length: count }, (_, index) => ({
		phone: `+1212${5_000_000 + start + index}`,
		name: `Person ${start + index}`,
	}));
	await poll(`The webhook "${path}" did not appear`, 30_000, async () => {
		const { ok } = await fetchAnswer(`${url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ rows }),
		});
		return ok;
	});
}

/** How many executions a worker has started, by its log. */
export function executionsOf({ logFile }: N8nProcess): number {
	return readFileSync(logFile, 'utf8').split('started execution').length - 1;
}
