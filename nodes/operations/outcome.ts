import type { IDataObject, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { FailedOutcome } from '../transport/errors';
import { hasStatus, NotSentError, readable, RequestError, UnknownOutcomeError } from '../transport/errors';

/** What became of one input item: its output items, or why there are none. */
export type Outcome =
	| {
			output: IDataObject[];
			/** Identities of the recipients whom the item itself brought; absent when it brought all that it names. */
			served?: string[];
	  }
	| { error: Error };

/** Whether an item was carried out. */
export function hasOutput(outcome: Outcome | undefined): outcome is Extract<Outcome, { output: unknown }> {
	return outcome !== undefined && 'output' in outcome;
}

/** Whether an item was left out, because its recipients have the message. */
export function isSkipped(outcome: Outcome | undefined): boolean {
	return hasOutput(outcome) && outcome.output[0]?.skippedReason !== undefined;
}

/** Whether an item was held back, because it is a quiet hour for its recipients. */
export function isHeld(outcome: Outcome | undefined): boolean {
	return hasOutput(outcome) && outcome.output[0]?.held === true;
}

/** Whether an item failed, or nobody knows whether it did. */
export function hasFailed(outcome: Outcome | undefined): outcome is Extract<Outcome, { error: Error }> {
	return outcome !== undefined && 'error' in outcome;
}

/** Tells n8n what kind of trouble a status is; its own errors do so. */
function failureCause(status: number) {
	if (status === 429) return { cause: 'rate-limited' as const };
	if (status === 401) return { cause: 'credential-invalid' as const };
	return status >= 500 ? { cause: 'temporarily-unavailable' as const } : undefined;
}

/**
 * Any failure as one of the two errors that n8n shows well.
 *
 * @param itemIndex named in the message, as n8n's guidelines ask for; items that share a request share its failure, each
 *   with its own number. Absent where there is no item, such as for a webhook.
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

/** What a failed item says about itself beside the sentence, for workflows to branch on. */
export type ErrorDetails = {
	outcome: FailedOutcome;
	/** HTTP status of the response; null when there was none. */
	status: number | null;
	/** The service's own code for the error, where it tells more than the status; else null. */
	code: string | null;
	/** The ID that the service gave the request; null when there is none. */
	requestId: string | null;
};

/** The details of a failure; undefined for one that is a fault of the node itself. */
export function detailsOf(error: Error): ErrorDetails | undefined {
	const { outcome, status = null, code = null, requestId = null } = error as Error & Partial<ErrorDetails>;
	return outcome && { outcome, status, code, requestId };
}

/**
 * Statuses that can be about one recipient of many: a contact who was deleted (404, 410), who opted out (403), who can't be
 * served in their state (409), a value (400, 422), too many of them (413, 416). All other ones concern the request as a
 * whole, whoever it is for: the credential (401), the balance (402), the endpoint or the format (405, 406, 415, 421).
 */
const REFUSALS = [400, 403, 404, 409, 410, 413, 416, 422];

/** Whether the service refused the request as it was, so that parts of it may still be accepted. */
export function isRefusal(error: unknown): error is RequestError {
	return hasStatus(error, ...REFUSALS) && !(error instanceof UnknownOutcomeError);
}

/** Whether nobody can know if an item was sent. */
export function isInDoubt(outcome: Outcome | undefined): outcome is { error: UnknownOutcomeError } {
	return hasFailed(outcome) && outcome.error instanceof UnknownOutcomeError;
}

/** What an item says of which some recipients have the message. */
export const PARTLY = 'Only some recipients of this item were sent the message';

/** Some recipients of an item were served before the others were refused, so it must not be repeated as a whole. */
export class PartlyServedError extends UnknownOutcomeError {
	override get outcome(): FailedOutcome {
		return 'partlySent';
	}
}

/** An item whose recipients weren't all tried, because the run ended before. The next try serves the others. */
export class CutShortError extends PartlyServedError {}

/** An item that wasn't tried, because it would have failed like those before it. */
export class NotTriedError extends NotSentError {
	/** @param cause how those before it failed; its words end the message */
	constructor(why: string, cause: RequestError) {
		super(
			`${why}: ${cause.message}`,
			['Nothing was sent for this item.', cause.description].filter(Boolean).join(' '),
		);
	}
}
