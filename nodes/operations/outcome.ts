import type { IDataObject, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { FailedOutcome } from '../transport/errors';
import { hasStatus, NotSentError, readable, RequestError, UnknownOutcomeError } from '../transport/errors';

/** The outcome of one input item: its output items, or the reason there are none. */
export type Outcome =
	| {
			output: IDataObject[];
			/** Identities of the recipients that the item itself contributed; absent if it contributed all that it names. */
			served?: string[];
	  }
	| { error: Error };

/** Whether an item succeeded. */
export function hasOutput(outcome: Outcome | undefined): outcome is Extract<Outcome, { output: unknown }> {
	return outcome !== undefined && 'output' in outcome;
}

/** Whether an item was skipped because its recipients already have the message. */
export function isSkipped(outcome: Outcome | undefined): boolean {
	return hasOutput(outcome) && outcome.output[0]?.skippedReason !== undefined;
}

/** Whether an item was held because its recipients are in quiet hours. */
export function isHeld(outcome: Outcome | undefined): boolean {
	return hasOutput(outcome) && outcome.output[0]?.held === true;
}

/** Whether an item failed, or its outcome is unknown. */
export function hasFailed(outcome: Outcome | undefined): outcome is Extract<Outcome, { error: Error }> {
	return outcome !== undefined && 'error' in outcome;
}

/** The kind of failure behind a status, in the terms of n8n's own errors. */
function failureCause(status: number) {
	if (status === 429) return { cause: 'rate-limited' as const };
	if (status === 401) return { cause: 'credential-invalid' as const };
	return status >= 500 ? { cause: 'temporarily-unavailable' as const } : undefined;
}

/**
 * Converts any failure to one of the two errors that n8n displays properly.
 *
 * @param itemIndex named in the message, as n8n's guidelines ask. Items that share a request share its failure, each with
 *   its own index. Absent if there is no item, as for a webhook.
 */
export function nodeErrorOf(
	node: INode,
	error: Error,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	const { description } = error as { description?: string };
	const message = readable(error.message) + (itemIndex === undefined ? '' : ` [item ${itemIndex}]`);
	if (!(error instanceof RequestError)) {
		return new NodeOperationError(node, message, { itemIndex, description });
	}
	const { status } = error;
	const failure = failureCause(status ?? 0);
	const httpCode = status?.toString();
	return new NodeApiError(node, { message }, { message, description, itemIndex, httpCode, failure });
}

/** Details of a failed item, for workflows to branch on. */
export type ErrorDetails = {
	outcome: FailedOutcome;
	/** HTTP status of the response; null if there was none. */
	status: number | null;
	/** The service's own error code, if it says more than the status; otherwise null. */
	code: string | null;
	/** The ID that the service assigned to the request; null if there is none. */
	requestId: string | null;
};

/** The details of a failure; undefined for a bug in the node itself. */
export function detailsOf(error: Error): ErrorDetails | undefined {
	const { outcome, status = null, code = null, requestId = null } = error as Error & Partial<ErrorDetails>;
	return outcome && { outcome, status, code, requestId };
}

/**
 * Statuses that can be about one recipient among many: a deleted contact (404, 410), one who opted out (403), a conflict
 * (409), an invalid value (400, 422), or too many recipients (413, 416). All others concern the request as a whole, no
 * matter who it is for: the credential (401), the balance (402), the endpoint or the format (405, 406, 415, 421).
 */
const REFUSALS = [400, 403, 404, 409, 410, 413, 416, 422];

/** Whether the service refused the request as it was, so it may still accept parts of it. */
export function isRefusal(error: unknown): error is RequestError {
	return hasStatus(error, ...REFUSALS) && !(error instanceof UnknownOutcomeError);
}

/** Whether it is unknown if an item was sent. */
export function isInDoubt(outcome: Outcome | undefined): outcome is { error: UnknownOutcomeError } {
	return hasFailed(outcome) && outcome.error instanceof UnknownOutcomeError;
}

/** The message of an item if only some of its recipients have the message. */
export const PARTLY = 'Only some recipients of this item were sent the message';

/** Some recipients of an item were served before the others were refused, so it must not be resent as a whole. */
export class PartlyServedError extends UnknownOutcomeError {
	override get outcome(): FailedOutcome {
		return 'partlySent';
	}
}

/** An item whose recipients weren't all tried because the run ended first. The next try serves the rest. */
export class CutShortError extends PartlyServedError {}

/** An item that wasn't tried because it would have failed like those before it. */
export class NotTriedError extends NotSentError {
	/** @param cause how those before it failed; its message is appended */
	constructor(why: string, cause: RequestError) {
		super(
			`${why}: ${cause.message}`,
			['Nothing was sent for this item.', cause.description].filter(Boolean).join(' '),
		);
	}
}
