import type { IDataObject } from 'n8n-workflow';
import type { ApiClient } from '../../transport/client';
import { RequestError, UnknownOutcomeError } from '../../transport/errors';
import { isRefusal, PartlyServedError } from '../outcome';
import type { Call, Share } from './plan';
import { countsOf, requestFor } from './plan';
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
	if (!isCombined) {
		const records = answer.slice(0, item.limit);
		return item.isSimplified ? records.map(operation.simplify!) : records;
	}
	const output = length > 1 ? operation.combine!.share(answer[0]) : answer[0];
	const counts = countsOf(item, recipients.length, duplicates);
	return [{ ...output, ...item.earlier?.output, itemsInRequest: length, ...counts }];
}

/** An item of which a part was sent before must not be repeated as a whole. */
function errorFor({ earlier }: Share['item'], error: Error): Error {
	if (!earlier?.output) return error;
	const PartError = error instanceof UnknownOutcomeError ? UnknownOutcomeError : PartlyServedError;
	return new PartError(
		`Only some of the recipients of this item were served: ${error.message}`,
		(error as RequestError).description,
	);
}

/** Whom an item itself brought, where others brought the rest. */
function servedBy({ item, recipients, duplicates }: Share): string[] | undefined {
	if (duplicates === 0 && !item.earlier) return undefined;
	return [...(item.earlier?.served ?? []), ...recipients.map(({ identity }) => identity)];
}

/** Makes a call for some of its items; halves it where the service refuses it, to find the items at fault. */
async function runShares(call: Call, shares: Share[], run: CallRun): Promise<void> {
	const { client, results } = run;
	const { operation } = call;
	const request = requestFor(call, shares);
	const note = operation.endpoint.startsWith('GET ') ? results.set : results.remember;
	for (const { item } of shares) results.begin(item.itemIndex);
	try {
		const answer = await client.call(operation.endpoint, request);
		const output = [operation.output?.(answer, request) ?? (answer as unknown as IDataObject)].flat();
		for (const share of shares) {
			const outcome = { output: outputOf(call, shares, share, output), served: servedBy(share) };
			note(share.item.itemIndex, outcome);
		}
	} catch (error) {
		if (shares.length > 1 && isRefusal(error)) {
			for (const { item } of shares) results.withdraw(item.itemIndex);
			return await runHalves(call, shares, run);
		}
		if (error instanceof RequestError) error.adviseWith(operation.remedies);
		for (const { item } of shares) note(item.itemIndex, { error: errorFor(item, error as Error) });
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
	/** How many calls each has still to wait for, and which ones wait for it. */
	const open = calls.map(({ after }) => after.size);
	const dependents = calls.map((): number[] => []);
	for (const [position, { after }] of calls.entries()) {
		for (const before of after) dependents[before].push(position);
	}
	/** What may start; the last one is the first in the order of the items. */
	const free = [...calls.keys()].filter((position) => open[position] === 0).reverse();
	let underWay = 0;
	let isFirstOver = false;

	await new Promise<void>((resolve, reject) => {
		const startNext = () => {
			const limit = isFirstOver ? concurrency : 1;
			while (free.length > 0 && underWay < limit && !results.isOver()) {
				start(free.pop()!).catch(reject);
			}
			if (underWay === 0) resolve();
		};
		const start = async (position: number) => {
			underWay++;
			await runShares(calls[position], calls[position].shares, run);
			underWay--;
			isFirstOver = true;
			for (const dependent of dependents[position]) {
				if (--open[dependent] > 0) continue;
				let index = free.length;
				while (free[index - 1] < dependent) index--;
				free.splice(index, 0, dependent);
			}
			startNext();
		};
		startNext();
	});
}
