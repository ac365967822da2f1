import type { IDataObject } from 'n8n-workflow';
import type { Endpoint, RequestOf } from '../../transport/endpoint';
import type { AnyOperation } from '../defineOperation';
import { minutesFor, sizeOf } from './limits';
import type { Plan, PreparedItem, Share } from './plan';
import { requestFor } from './plan';
import type { Held } from './quiet';
import type { Results } from './results';
import type { Foretold } from './foretell';

/** What a preview puts out for an item that would be part of no call. */
const NO_CALL = { call: null, itemsInRequest: 0, recipients: 0, duplicateRecipients: 0 };

const NOTHING_KNOWN: Foretold = { alreadySent: 0, unknown: 0 };

/** What is known of an item whose form could be read. */
type Read = Pick<PreparedItem, 'cost' | 'preview'>;

function wireRequest(operation: AnyOperation, { body }: RequestOf<Endpoint>): IDataObject {
	const [method, path] = operation.endpoint.split(' ');
	return { method, path, body } as IDataObject;
}

/** What is said first of an item: whether it is right, to whom it goes, and what. */
function answerOf({ cost, preview }: Read, refusals: string[]): IDataObject {
	const problems = [...refusals, ...preview!.problems.filter((problem) => !refusals.includes(problem))];
	return { ok: problems.length === 0, ...preview!.first, ...cost?.output, problems };
}

/**
 * What a preview puts out for an item that Send would refuse, with all that speaks against it and, as far as it can be
 * read, its request.
 */
export function refusedOutput(problems: string[], item?: PreparedItem): IDataObject {
	if (!item) return { ok: false, to: null, text: null, problems, ...NO_CALL, request: null };
	const { operation, request, preview } = item;
	return {
		...answerOf(item, problems),
		...NO_CALL,
		...preview!.details,
		request: wireRequest(operation, request),
	};
}

/** Shows an item that Send would hold until its recipients' quiet hours end. */
export function previewHeld(results: Results, item: PreparedItem, held: Held): void {
	const { operation, request, preview, itemIndex } = item;
	const output = {
		...answerOf(item, []),
		...held,
		...NO_CALL,
		...preview!.details,
		request: wireRequest(operation, request),
	};
	results.update(itemIndex, { output: [output] });
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
function totalsOf({ calls }: Plan, messagesPerMinute: number | undefined): IDataObject {
	const { recipients, parts } = sizeOf(calls);
	return {
		callsInRun: calls.length,
		recipientsInRun: recipients,
		...(parts !== undefined && { smsPartsInRun: parts }),
		...(messagesPerMinute !== undefined && { minutesInRun: minutesFor(calls, messagesPerMinute) }),
	};
}

/**
 * Puts out what the calls of a plan would send, without sending it. The first item of each call has the whole request,
 * the others say with whom they share it: ten thousand rows would otherwise hold the same list of recipients each.
 */
export function previewPlan(
	plan: Plan,
	results: Results,
	{ foretold, refusal, messagesPerMinute }: RunPreview = {},
): void {
	const { calls, loans } = plan;
	const requests = calls.map((call) => requestFor(call, call.shares));
	const counts = calls.map(
		({ operation }, index) => operation.combine?.recipients(requests[index]).length ?? 0,
	);
	const inRun = totalsOf(plan, messagesPerMinute);

	/** Which call serves an item. */
	const callOf = new Map<number, number>();

	function put(index: number, item: Share['item'], recipients: number, duplicateRecipients: number): void {
		const { operation, shares } = calls[index];
		const { itemIndex } = shares[0].item;
		const output = {
			...answerOf(item, refusal === undefined ? [] : [refusal]),
			call: index + 1,
			itemsInRequest: shares.length,
			recipients,
			duplicateRecipients,
			...inRun,
			...(foretold && { ...NOTHING_KNOWN, ...foretold.get(item.itemIndex) }),
			...item.preview!.details,
			...(itemIndex === item.itemIndex
				? { request: wireRequest(operation, requests[index]) }
				: { requestOfItem: itemIndex }),
		};
		callOf.set(item.itemIndex, index);
		results.update(item.itemIndex, { output: [output] });
	}

	for (const [index, { shares, broadcast }] of calls.entries()) {
		for (const { item, recipients, duplicates } of shares) {
			put(index, item, broadcast ? recipients.length : counts[index], duplicates);
		}
	}
	for (const { item, duplicates, hasOwn, borrowed } of loans) {
		if (!hasOwn) put(callOf.get(borrowed[0].origin)!, item, 0, duplicates);
	}
}
