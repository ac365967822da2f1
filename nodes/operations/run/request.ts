import type { IDataObject } from 'n8n-workflow';
import type { ApiClient } from '../../transport/client';
import { RequestError, UnknownOutcomeError } from '../../transport/errors';
import type { Outcome } from '../outcome';
import { isRefusal } from '../outcome';
import { noteRefusal, noteUnrefused } from './broadcast';
import type { GivingUp } from './givingUp';
import type { Call, Share } from './plan';
import { addTo, messagesIn, pauseAfter, type RunSize } from './limits';
import { countsOf, hasCounts, requestFor } from './plan';
import type { Quiet } from './quiet';
import type { Results } from './results';
import type { SendOnce } from './sendOnce';

/** What a run makes its requests with. */
export interface RequestTools {
	client: ApiClient;
	results: Results;
	givingUp: GivingUp;
	/** Only where items have a broadcast name. */
	once?: SendOnce;
	/** Only where quiet hours are kept. */
	quiet?: Quiet;
	/** Only where a pace is kept. */
	messagesPerMinute?: number;
	/** What was sent so far. */
	tally?: RunSize;
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
		if (item.cost) return records.map((record) => ({ ...record, ...item.cost!.output }));
		return item.isSimplified ? records.flatMap<IDataObject>(operation.simplify!) : records;
	}
	const output = length > 1 ? operation.combine!.share(answer[0], recipients) : answer[0];
	const { length: recipientCount } = broadcast ? recipients : operation.combine!.recipients(request);
	const counts = countsOf(item, recipientCount, duplicates);
	return [{ ...output, ...item.earlier?.output, requestItemCount: length, ...counts, ...item.cost?.output }];
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

/** A request that would have gone out in quiet hours. */
class QuietError extends Error {}

/** Takes those out who must not be messaged now. @returns the items that may be sent */
function holdBack(shares: Share[], { quiet, results }: RequestRun): Share[] {
	if (!quiet) return shares;
	return shares.filter(({ item }) => {
		try {
			const held = quiet.check(item);
			if (held) results.note(item.itemIndex, quiet.outcomeOf(item, held));
			return !held;
		} catch (error) {
			results.remember(item.itemIndex, { error: error as Error });
			return false;
		}
	});
}

/** Claims the recipients of some items. @returns the items that may be sent */
async function secure(call: Call, shares: Share[], run: RequestRun): Promise<Share[]> {
	// Who waits for a pace isn't claimed long before.
	const upcoming = run.messagesPerMinute === undefined ? run.upcoming : () => [];
	try {
		return await run.once!.secure(call, shares, upcoming);
	} catch (error) {
		noteNotTried(shares, error as Error, run);
		return [];
	}
}

/**
 * Waits until a request for some items may go out.
 *
 * @returns the items that it is for; none when the run is over, or nobody is left to send to
 */
async function prepare(call: Call, all: Share[], run: RequestRun): Promise<Share[]> {
	const { client, results, once, messagesPerMinute } = run;
	const select = async () => {
		const due = holdBack(all, run);
		return once && due.length > 0 ? await secure(call, due, run) : due;
	};
	if (messagesPerMinute === undefined) return await select();
	const giveBack = await client.takeTurn().catch(() => undefined);
	if (!giveBack) {
		for (const share of all) share.isTaken = false;
		return [];
	}
	const shares = results.isOver() ? [] : await select();
	giveBack(pauseAfter(messagesIn(call, shares), messagesPerMinute));
	return shares;
}

/**
 * Makes one request for some items of a call, and notes what became of them.
 *
 * @returns the error when the service refused the request of several items: some of them may still be accepted, so
 *   nothing is noted about them then
 */
export async function request(call: Call, all: Share[], run: RequestRun): Promise<RequestError | undefined> {
	const { client, results, givingUp, once, quiet, tally } = run;
	const { operation, broadcast } = call;
	for (const share of all) share.isTaken = true;
	const shares = await prepare(call, all, run);
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
	const check = () => {
		if (shares.some(({ item }) => quiet!.check(item))) throw new QuietError();
	};
	try {
		const answer = await (quiet ? client.guarded(check) : client).call(operation.endpoint, wire);
		givingUp.note(undefined);
		if (tally && operation.addressee) addTo(tally, call, shares);
		if (broadcast) noteUnrefused(broadcast, true);
		once?.sent(shares);
		const output = [operation.output?.(answer, wire) ?? (answer as unknown as IDataObject)].flat();
		noteKnown(call, shares, true);
		for (const share of shares) {
			const outcome = { output: outputOf(call, shares, share, output), served: servedBy(share) };
			note(share, outcome);
		}
	} catch (error) {
		if (error instanceof QuietError) {
			noteKnown(call, shares, false);
			once?.release(shares);
			for (const { item } of shares) results.withdraw(item.itemIndex);
			return await request(call, shares, run);
		}
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
