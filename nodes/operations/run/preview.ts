import type { IDataObject } from 'n8n-workflow';
import type { Endpoint, RequestOf } from '../../transport/endpoint';
import type { AnyOperation } from '../defineOperation';
import type { Plan, PreparedItem, Share } from './plan';
import { requestFor } from './plan';
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

/** Notes an item that would not be sent, with all that speaks against it and, as far as it can be read, its request. */
export function previewRefused(
	results: Results,
	itemIndex: number,
	problems: string[],
	{ operation, request, preview }: Pick<PreparedItem, 'operation'> & Partial<PreparedItem>,
): void {
	const wire = request ? wireRequest(operation, request) : null;
	const counts = countsFor(operation, 0, 0);
	results.update(itemIndex, { output: [{ problems, ...NO_REQUEST, ...counts, ...preview, request: wire }] });
}

/**
 * Puts out what the calls of a plan would send, without sending it. The first item of each call has the whole request,
 * the others say with whom they share it: ten thousand rows would otherwise hold the same list of recipients each.
 *
 * @param foretold by item, whom Send would skip; only where an item has a broadcast name
 */
export function previewPlan(
	{ calls, loans }: Plan,
	results: Results,
	foretold?: Map<number, Foretold>,
): void {
	const requests = calls.map((call) => requestFor(call, call.shares));
	const counts = calls.map(
		({ operation }, index) => operation.combine?.recipients(requests[index]).length ?? 0,
	);
	const totalRecipientCount = counts.reduce((sum, count) => sum + count, 0);

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
			problems,
			requestNumber: index + 1,
			requestItemCount: shares.length,
			...countsFor(operation, recipientCount, duplicates),
			requestCount: calls.length,
			...(operation.combine && { totalRecipientCount }),
			...(foretold && { ...NOTHING_KNOWN, ...foretold.get(item.itemIndex) }),
			...item.preview,
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
