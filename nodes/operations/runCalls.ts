import type { IDataObject } from 'n8n-workflow';
import type { ApiClient } from '../transport/client';
import { inParallel } from './inParallel';
import { isRefusal, UnknownOutcomeError } from './outcome';
import type { Call, Share } from './plan';
import type { Results } from './results';

/** What running the calls of a plan needs. */
export interface CallRun {
	client: ApiClient;
	/** How many calls may be under way at a time. */
	concurrency: number;
	results: Results;
}

/** The output of one item of a call. */
function outputOf({ operation, isCombined }: Call, { length }: Share[], share: Share, answer: IDataObject[]) {
	const { item, recipients, duplicates } = share;
	if (!isCombined) return answer.slice(0, item.limit);
	const { output: before = {}, duplicates: others = 0 } = item.earlier ?? {};
	const output = length > 1 ? operation.combine!.share(answer[0]) : answer[0];
	const counts = {
		itemsInRequest: length,
		recipients: recipients.length + Number(before.recipients ?? 0),
		duplicateRecipients: duplicates + others,
	};
	return [{ ...output, ...before, ...counts }];
}

/** An item of which a part was sent before must not be repeated as a whole. */
function errorFor({ earlier }: Share['item'], error: Error): Error {
	if (!earlier?.output) return error;
	return new UnknownOutcomeError(
		`Only some of the recipients of this item were served: ${error.message}`,
		(error as UnknownOutcomeError).description,
	);
}

/** Makes a call for some of its items; halves it where the service refuses it, to find the items at fault. */
async function runShares(call: Call, shares: Share[], run: CallRun): Promise<void> {
	const { client, results } = run;
	const { operation } = call;
	const recipients = shares.flatMap((share) => share.recipients);
	const request = call.isCombined
		? operation.combine!.withRecipients(call.request, recipients)
		: call.request;
	const purpose = { itemIndex: shares[0].item.itemIndex, remedies: operation.remedies };
	for (const { item } of shares) results.begin(item);
	try {
		const answer = await client.call(operation.endpoint, request, purpose);
		const output = [operation.output?.(answer, request) ?? (answer as unknown as IDataObject)].flat();
		for (const share of shares) {
			results.set(share.item, { output: outputOf(call, shares, share, output) });
		}
	} catch (error) {
		if (shares.length > 1 && isRefusal(error)) {
			for (const { item } of shares) results.withdraw(item);
			return await runHalves(call, shares, run);
		}
		for (const { item } of shares) results.set(item, { error: errorFor(item, error as Error) });
	}
}

async function runHalves(call: Call, shares: Share[], run: CallRun): Promise<void> {
	const middle = Math.ceil(shares.length / 2);
	for (const half of [shares.slice(0, middle), shares.slice(middle)]) {
		if (!run.results.isOver()) await runShares(call, half, run);
	}
}

/**
 * Runs the calls side by side, each after those that it has to follow. The first one runs alone: it may have to log in,
 * and a wrong credential is found out with one call.
 */
export async function runCalls(calls: Call[], run: CallRun): Promise<void> {
	const { concurrency, results } = run;
	const done: Array<Promise<void>> = [];
	const start = (call: Call, position: number) => {
		// They have lower positions, so that they have started.
		const before = Promise.all([...call.after].map((earlier) => done[earlier]));
		done[position] = before.then(async () => {
			if (!results.isOver()) await runShares(call, call.shares, run);
		});
		return done[position];
	};
	const [first, ...others] = calls;
	if (first) await start(first, 0);
	await inParallel(others, concurrency, (call, index) => start(call, index + 1), results.isOver);
}
