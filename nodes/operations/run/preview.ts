import type { IDataObject } from 'n8n-workflow';
import type { Endpoint, RequestOf } from '../../transport/endpoint';
import type { AnyOperation } from '../defineOperation';
import { minutesFor, sizeOf } from './limits';
import type { Call, Plan, PreparedItem, Share } from './plan';
import { requestFor } from './plan';
import type { Held } from './quiet';
import type { Results } from './results';
import type { Foretold } from './foretell';

/** The output for an item that wouldn't be part of any request. */
const NO_REQUEST = { requestNumber: null, requestItemCount: 0 };

/** Recipient counts, for operations that have them. */
function countsFor({ combine }: AnyOperation, recipientCount: number, duplicateCount: number) {
	return combine && { recipientCount, duplicateCount };
}

const NOTHING_KNOWN: Foretold = { alreadySentCount: 0, unknownCount: 0 };

function wireRequest(operation: AnyOperation, { body }: RequestOf<Endpoint>): IDataObject {
	const [method, path] = operation.endpoint.split(' ');
	return { method, path, body } as IDataObject;
}

/** An item, possibly only partly read. */
type ReadItem = Pick<PreparedItem, 'operation'> & Partial<PreparedItem>;

/** The first fields of an item's output: whether it is valid, who gets it (filled in later), and what they get. */
function answerOf({ operation, cost, preview }: ReadItem, refusals: string[]): IDataObject {
	const { problems: doubts = [], first } = preview ?? {};
	const problems = refusals.length > 0 ? refusals : doubts;
	const to = operation.addressee && { to: null };
	return { ok: problems.length === 0, ...to, ...first, ...cost?.output, problems };
}

/** The output for an item that wouldn't be part of any request. */
function withoutRequest(item: ReadItem, problems: string[], held?: Held): IDataObject {
	const { operation, request, preview } = item;
	return {
		...answerOf(item, problems),
		...held,
		...NO_REQUEST,
		...countsFor(operation, 0, 0),
		...preview?.details,
		request: request ? wireRequest(operation, request) : null,
	};
}

/** The output for an item that would be refused, with all problems and, if it could be read, its request. */
export function refusedOutput(problems: string[], item: ReadItem): IDataObject {
	return withoutRequest(item, problems);
}

/** Shows an item that Send would hold until its recipients' quiet hours end. */
export function previewHeld(results: Results, item: PreparedItem, held: Held): void {
	results.update(item.itemIndex, { output: [withoutRequest(item, [], held)] });
}

/** What is known about the run as a whole. */
interface RunPreview {
	/** How many recipients Send would skip, by item; only for items with a broadcast name. */
	foretold?: Map<number, Foretold>;
	/** Why Send would refuse the whole run. */
	refusal?: string;
	/** The pace, if one is set. */
	messagesPerMinute?: number;
}

/** Totals of the run. */
function totalsOf(calls: Call[], messagesPerMinute: number | undefined): IDataObject {
	const isCounted = calls.some(({ operation }) => operation.combine);
	if (!isCounted) return { requestCount: calls.length };
	const { recipients, parts } = sizeOf(calls);
	return {
		requestCount: calls.length,
		totalRecipientCount: recipients,
		...(parts !== undefined && { totalSmsParts: parts }),
		...(messagesPerMinute !== undefined && { totalMinutes: minutesFor(calls, messagesPerMinute) }),
	};
}

/**
 * Outputs what the calls of a plan would send, without sending it. The first item of each call has the whole request. The
 * others refer to that item, because otherwise each of ten thousand items would hold the same list of recipients.
 */
export function previewPlan(
	{ calls, loans }: Plan,
	results: Results,
	{ foretold, refusal, messagesPerMinute }: RunPreview = {},
): void {
	const requests = calls.map((call) => requestFor(call, call.shares));
	const counts = calls.map(
		({ operation }, index) => operation.combine?.recipients(requests[index]).length ?? 0,
	);
	const totals = totalsOf(calls, messagesPerMinute);

	/** The call that serves each item. */
	const callOf = new Map<number, number>();

	function put(
		index: number,
		{ item, duplicates, problems = [] }: Pick<Share, 'item' | 'duplicates' | 'problems'>,
		recipientCount: number,
	): void {
		const { operation, shares } = calls[index];
		const { itemIndex } = shares[0].item;
		const whole = () => ({
			...operation.describe?.(requests[index]),
			request: wireRequest(operation, requests[index]),
		});
		const output = {
			...answerOf(item, refusal === undefined ? problems : [...problems, refusal]),
			requestNumber: index + 1,
			requestItemCount: shares.length,
			...countsFor(operation, recipientCount, duplicates),
			...totals,
			...(foretold && { ...NOTHING_KNOWN, ...foretold.get(item.itemIndex) }),
			...item.preview?.details,
			...(itemIndex === item.itemIndex ? whole() : { requestOfItem: itemIndex }),
		};
		callOf.set(item.itemIndex, index);
		results.update(item.itemIndex, { output: [output] });
	}

	for (const [index, { shares, broadcast }] of calls.entries()) {
		for (const share of shares) put(index, share, broadcast ? share.recipients.length : counts[index]);
	}
	for (const { hasOwn, borrowed, ...loan } of loans) {
		if (!hasOwn) put(callOf.get(borrowed[0].origin)!, loan, 0);
	}
}
