import type { IDataObject } from 'n8n-workflow';
import type { ApiClient } from '../../transport/client';
import { RequestError, UnknownOutcomeError } from '../../transport/errors';
import type { Outcome } from '../outcome';
import { isRefusal } from '../outcome';
import { noteRefusal, noteUnrefused } from './broadcast';
import type { GivingUp } from './givingUp';
import type { Call, Share } from './plan';
import { countsOf, hasCounts, requestFor } from './plan';
import type { Results } from './results';
import type { SendOnce } from './sendOnce';

/** What a run makes its requests with. */
export interface RequestTools {
	client: ApiClient;
	results: Results;
	givingUp: GivingUp;
	/** Only where items have a broadcast name. */
	once?: SendOnce;
}

/** What making the requests of a run needs. */
export interface RequestRun extends RequestTools {
	/** The calls that may start but haven't, in their order. */
	upcoming(): Iterable<Call>;
}

/** The output of one item of a call. */
function outputOf(
	{ operation, request, broadcast }: Call,
	{ length }: Share[],
	share: Share,
	answer: IDataObject[],
) {
	const { item, recipients, duplicates } = share;
	if (share.part) return [operation.gather!.share(answer[0], share.part, length)];
	if (!hasCounts(operation)) {
		const records = answer.slice(0, item.limit);
		return item.isSimplified ? records.flatMap<IDataObject>(operation.simplify!) : records;
	}
	const output = length > 1 ? operation.combine!.share(answer[0], recipients) : answer[0];
	const { length: recipientCount } = broadcast ? recipients : operation.combine!.recipients(request);
	const counts = countsOf(item, recipientCount, duplicates);
	return [{ ...output, ...item.earlier?.output, requestItemCount: length, ...counts }];
}

/** Whom an item itself brought, where others brought the rest. */
function servedBy({ item, recipients, duplicates }: Share): string[] | undefined {
	if (duplicates === 0 && !item.earlier) return undefined;
	return [...(item.earlier?.served ?? []), ...recipients.map(({ identity }) => identity)];
}

/** Notes the recipients of some items as in doubt until more is known. */
function noteInFlight({ broadcast }: Call, shares: Share[]): void {
	if (!broadcast?.hasLoans) return;
	for (const { item, recipients } of shares) {
		for (const { identity } of recipients) broadcast.inDoubt.set(identity, item.itemIndex);
	}
}

/** Notes the recipients of some items as not in doubt any more. */
function noteKnown({ broadcast }: Call, shares: Share[], isServed: boolean): void {
	if (!broadcast?.hasLoans) return;
	for (const { identity } of shares.flatMap(({ recipients }) => recipients)) {
		broadcast.inDoubt.delete(identity);
		if (isServed) broadcast.served.add(identity);
	}
}

/** Gives items that aren't tried their outcome. */
export function noteNotTried(shares: Share[], error: Error, { results }: RequestTools): void {
	for (const share of shares) {
		share.isTaken = true;
		results.remember(share.item.itemIndex, { error });
	}
}

/** Claims the recipients of some items. @returns the items that may be sent */
async function secure(call: Call, shares: Share[], run: RequestRun): Promise<Share[]> {
	try {
		return await run.once!.secure(call, shares, run.upcoming);
	} catch (error) {
		noteNotTried(shares, error as Error, run);
		return [];
	}
}

/**
 * Makes one request for some items of a call, and notes what became of them.
 *
 * @returns the error when the service refused the request of several items: some of them may still be accepted, so
 *   nothing is noted about them then
 */
export async function request(call: Call, all: Share[], run: RequestRun): Promise<RequestError | undefined> {
	const { client, results, givingUp, once } = run;
	const { operation, broadcast } = call;
	for (const share of all) share.isTaken = true;
	const shares = once ? await secure(call, all, run) : all;
	if (shares.length === 0) return undefined;
	const wire = requestFor(call, shares);
	const isRead = operation.endpoint.startsWith('GET ');
	const note = (share: Share, outcome: Outcome) => {
		if (once) once.note(share, outcome);
		else if (isRead) results.set(share.item.itemIndex, outcome);
		else results.remember(share.item.itemIndex, outcome);
	};
	if (!isRead) for (const { item } of shares) results.begin(item.itemIndex);
	once?.begin(shares);
	noteInFlight(call, shares);
	try {
		const answer = await client.call(operation.endpoint, wire);
		givingUp.note(undefined);
		if (broadcast) noteUnrefused(broadcast, true);
		once?.sent(shares);
		const output = [operation.output?.(answer, wire) ?? (answer as unknown as IDataObject)].flat();
		noteKnown(call, shares, true);
		for (const share of shares) {
			const outcome = { output: outputOf(call, shares, share, output), served: servedBy(share) };
			note(share, outcome);
		}
	} catch (error) {
		givingUp.note(error);
		if (error instanceof RequestError) error.adviseWith(operation.remedies);
		if (error instanceof UnknownOutcomeError) once?.unknown(shares);
		else noteKnown(call, shares, false);
		if (broadcast && isRefusal(error)) {
			noteRefusal(broadcast, error);
			if (shares.length > 1) {
				once?.withdraw(shares);
				for (const share of shares) {
					share.isTaken = false;
					results.withdraw(share.item.itemIndex);
				}
				return error;
			}
		} else if (broadcast) noteUnrefused(broadcast, false);
		if (!(error instanceof UnknownOutcomeError)) once?.release(shares);
		for (const share of shares) {
			note(share, { error: error as Error });
		}
	}
	return undefined;
}
