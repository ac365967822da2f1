import { NotSentError } from '../../transport/errors';
import type { Plan } from './plan';
import type { Results } from './results';

/**
 * Notes what speaks against requests that several items make as a whole: what is wrong with an item among the others, and
 * that an item at fault keeps the others from being sent, because the request would be another one without it.
 *
 * @param faulty the items that are part of no request, because they could not be read
 * @param results where the items get their outcome; absent for a preview. If the node is to stop, only items at fault get
 *   one, so that its error names the first of them.
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
