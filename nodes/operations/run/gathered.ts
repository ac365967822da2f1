import { NotSentError } from '../../transport/errors';
import type { Plan } from './plan';
import type { Results } from './results';

/**
 * Records the problems of requests that several items form together. An item at fault also blocks the others, because the
 * request would be a different one without it.
 *
 * @param faulty items that are part of no request because they couldn't be read
 * @param results receives the outcomes; absent for a preview. If the node stops on errors, only items at fault get one,
 *   so that its error names the first of them.
 */
export function judgeGathered({ calls }: Plan, faulty: number[], results?: Results): void {
	for (const { operation, shares } of calls) {
		if (!shares[0].part) continue;
		const indexes = shares.map(({ item }) => item.itemIndex);
		const problems = operation.gather!.problems(
			shares.map(({ part }) => part!),
			indexes,
		);
		const atFault = [...faulty, ...[...problems.keys()].map((position) => indexes[position])];
		if (atFault.length === 0) continue;
		const withheld = `Item ${Math.min(...atFault)} is at fault, and all items go into one request, so nothing is sent`;
		for (const [position, share] of shares.entries()) {
			const own = problems.get(position);
			share.problems = own ?? [withheld];
			if (!results) continue;
			share.isTaken = true;
			if (!own && results.stopsOnError) continue;
			results.set(share.item.itemIndex, { error: new NotSentError(share.problems.join('; ')) });
		}
	}
}
