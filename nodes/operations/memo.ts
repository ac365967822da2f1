import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { Outcome } from './outcome';
import { isUnknown } from './outcome';
import type { PreparedItem } from './plan';

/** An item that must not be sent again: it was accepted, or nobody knows. */
interface Remembered {
	payload: string;
	output?: IDataObject[];
	unknown?: { message: string; description?: string };
}

/** Which items the tries before this one have sent. */
export interface Memo {
	/** Tells the request of an item from others; undefined where nothing has to be remembered. */
	payloadOf(item: PreparedItem): string | undefined;
	recall(item: Pick<PreparedItem, 'itemIndex' | 'payload'>): Outcome | undefined;
	remember(item: Pick<PreparedItem, 'itemIndex' | 'payload'>, outcome: Outcome): void;
}

const NOTHING: Memo = { payloadOf: () => undefined, recall: () => undefined, remember: () => {} };

/**
 * n8n's "Retry On Fail" runs the whole node again, with all its items. What was sent is therefore kept in the node's
 * context, which lives as long as the execution. Without that setting nothing is kept.
 */
export function memoOf(context: IExecuteFunctions): Memo {
	const node = context.getNode();
	if (!node.retryOnFail) return NOTHING;
	const kept = context.getContext('node') as { run?: number; items?: Record<number, Remembered> };
	const run = context.getWorkflowDataProxy(0).$runIndex as number;
	// In a loop the node runs again for other items.
	if (kept.run !== run) Object.assign(kept, { run, items: {} });
	const items = kept.items!;

	return {
		payloadOf({ operation: { endpoint }, request }) {
			if (endpoint.startsWith('GET ')) return undefined;
			const text = JSON.stringify([endpoint, request]);
			return createHash('sha256').update(text).digest('base64url');
		},
		recall({ itemIndex, payload }) {
			const known = items[itemIndex];
			if (payload === undefined || known?.payload !== payload) return undefined;
			if (known.output) return { output: known.output };
			const { message, description } = known.unknown!;
			return { error: new NodeOperationError(node, message, { itemIndex, description }) };
		},
		remember({ itemIndex, payload }, outcome) {
			if (payload === undefined) return;
			if ('output' in outcome) items[itemIndex] = { payload, output: outcome.output };
			else if (isUnknown(outcome.error)) {
				const { message, description } = outcome.error as NodeOperationError;
				items[itemIndex] = { payload, unknown: { message, description: description ?? undefined } };
			}
		},
	};
}
