import type { IDataObject } from 'n8n-workflow';
import type { Endpoint, RequestOf } from '../../transport/endpoint';
import type { AnyOperation } from '../defineOperation';
import { minutesFor, sizeOf } from './limits';
import type { Call, Plan, PreparedItem, Share } from './plan';
import { requestFor } from './plan';
import type { Held } from './quiet';
import type { Results } from './results';
import type { Foretold } from './foretell';

/** What a preview puts out for an item that would be part of no request. */
const NO_REQUEST = { requestNumber: null, requestItemCount: 0 };

/** Counts of recipients, where an operation has any. */
function countsFor({ combine }: AnyOperation, recipientCount: number, duplicateCount: number) {
	return combine && { recipientCount, duplicateCount };
}

const NOTHING_KNOWN: Foretold = { alreadySentCount: 0, unknownCount: 0 };

function wireRequest(operation: AnyOperation, { body }: RequestOf<Endpoint>): IDataObject {
	const [method, path] = operation.endpoint.split(' ');
	return { method, path, body } as IDataObject;
}

/** An item as far as it could be read. */
type ReadItem = Pick<PreparedItem, 'operation'> & Partial<PreparedItem>;

/** What is said first of an item: whether it is right, to whom it goes (told later), and what. */
function answerOf({ operation, cost, preview }: ReadItem, refusals: string[]): IDataObject {
	const { problems: doubts = [], first } = preview ?? {};
	const problems = refusals.length > 0 ? refusals : doubts;
	const to = operation.addressee && { to: null };
	return { ok: problems.length === 0, ...to, ...first, ...cost?.output, problems };
}

/** What is said of an item that would be part of no request. */
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

/** An item that would be refused, with all that speaks against it and, as far as it can be read, its request. */
export function refusedOutput(problems: string[], item: ReadItem): IDataObject {
	return withoutRequest(item, problems);
}

/** Shows an item that Send would hold until its recipients' quiet hours end. */
export function previewHeld(results: Results, item: PreparedItem, held: Held): void {
	results.update(item.itemIndex, { output: [withoutRequest(item, [], held)] });
}

/** What is known about the run as a whole. */
interface RunPreview {
	/** By item, whom Send would skip; only where an item has a broadcast name. */
	foretold?: Map<number, Foretold>;
	/** Why Send would refuse all of it. */
	refusal?: string;
	/** The pace, where one is kept. */
	messagesPerMinute?: number;
}

/** What a run would come to. */
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
 * Puts out what the calls of a plan would send, without sending it. The first item of each call has the whole request,
 * the others say with whom they share it: ten thousand rows would otherwise hold the same list of recipients each.
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

	/** Which call serves an item. */
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
