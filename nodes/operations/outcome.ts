import type { IDataObject, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { NotSentError } from '../transport/errors';

/** What became of one input item: its output items, or why there are none. */
export type Outcome = { output: IDataObject[] } | { error: Error };

const ITEM_SUFFIX = / \[item \d+\]$/;

/**
 * Any failure of an item as one of the two errors that n8n shows well, with the item's number in the message. Items that
 * share a call share its failure, each with its own number.
 */
export function nodeErrorOf(node: INode, error: Error, itemIndex: number): NodeApiError | NodeOperationError {
	const message = `${error.message.replace(ITEM_SUFFIX, '')} [item ${itemIndex}]`;
	const isNodeError = error instanceof NodeApiError || error instanceof NodeOperationError;
	if (isNodeError && error.message === message) return error;
	const description = (error as NotSentError | NodeApiError).description ?? undefined;
	if (!(error instanceof NodeApiError)) {
		return new NodeOperationError(node, message, { itemIndex, description });
	}
	const { httpCode, context } = error;
	const copy = new NodeApiError(
		node,
		{ message },
		{ message, description, itemIndex, httpCode: httpCode ?? undefined },
	);
	Object.assign(copy.context, { outcome: context.outcome });
	return copy;
}

/** Whether the service refused the request as it was, so that parts of it may still be accepted. */
export function isRefusal(error: unknown): boolean {
	return error instanceof NodeApiError && ['400', '413', '422'].includes(error.httpCode ?? '');
}

/** Whether nobody can know what became of a send or create. */
export function isUnknown(error: unknown): boolean {
	return error instanceof NodeApiError && error.context.outcome === 'unknown';
}
