import type { IDataObject, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { NotSentError, readable } from '../transport/errors';

/** What became of one input item: its output items, or why there are none. */
export type Outcome =
	| {
			output: IDataObject[];
			/** Identities of the recipients whom the item itself brought; absent when it brought all that it names. */
			served?: string[];
	  }
	| { error: Error };

const ITEM_SUFFIX = / \[item \d+\]$/;

/**
 * Any failure of an item as one of the two errors that n8n shows well, with the item's number in the message. Items that
 * share a call share its failure, each with its own number.
 */
export function nodeErrorOf(node: INode, error: Error, itemIndex: number): NodeApiError | NodeOperationError {
	const message = `${readable(error.message.replace(ITEM_SUFFIX, ''))} [item ${itemIndex}]`;
	const isNodeError = error instanceof NodeApiError || error instanceof NodeOperationError;
	if (isNodeError && error.message === message) return error;
	const description = (error as NotSentError | NodeApiError).description ?? undefined;
	if (!(error instanceof NodeApiError)) {
		return new NodeOperationError(node, message, { itemIndex, description });
	}
	const httpCode = error.httpCode ?? undefined;
	return new NodeApiError(node, { message }, { message, description, itemIndex, httpCode });
}

/** Whether the service refused the request as it was, so that parts of it may still be accepted. */
export function isRefusal(error: unknown): boolean {
	return error instanceof NodeApiError && ['400', '413', '422'].includes(String(error.httpCode));
}

/** Nobody can know what became of a send or create, so it must not be repeated. */
export class UnknownOutcomeError extends Error {
	readonly context = { outcome: 'unknown' };

	constructor(
		message: string,
		readonly description?: string,
	) {
		super(message);
	}
}

/** Some recipients of an item were served before the others were refused, so it must not be repeated as a whole. */
export class PartlyServedError extends UnknownOutcomeError {}

/** Whether nobody can know what became of a send or create. */
export function isUnknown(error: Error): boolean {
	return (error as { context?: IDataObject }).context?.outcome === 'unknown';
}
