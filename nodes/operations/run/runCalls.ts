import { MAX_OPEN } from './claims';
import { runCall } from './narrow';
import type { Call } from './plan';
import type { RequestTools } from './request';

/** What running the calls of a plan needs. */
export interface CallRun extends RequestTools {
	/** How many calls may be under way at a time. */
	concurrency: number;
}

/** How many recipients a call has that are claimed for it. */
function namedSizeOf({ shares, size }: Call): number {
	return shares.some(({ item }) => item.broadcastName !== undefined) ? size : 0;
}

/**
 * Runs the calls side by side, each after those that it has to follow. The first one runs alone: it may have to log in,
 * and a wrong credential is found out with one call. Those of a broadcast go one by one until one of them isn't refused:
 * what is wrong with the content is found out with a few. Of calls with a broadcast name so many are under way that a crash
 * leaves few recipients unknown: a large one goes alone.
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
	/** Recipients of the calls under way that have a broadcast name. */
	let namedUnderWay = 0;
	let isFirstOver = false;

	function* upcoming(): Generator<Call> {
		for (let index = free.length - 1; index >= 0; index--) yield calls[free[index]];
	}

	/** Takes the next call that may start. */
	function takeFree(): number | undefined {
		const isHeld = (call: Call) => {
			const { broadcast } = call;
			if (broadcast && broadcast.underWay > 0 && !broadcast.isProven) return true;
			return namedUnderWay > 0 && namedUnderWay + namedSizeOf(call) > MAX_OPEN;
		};
		let index = free.length - 1;
		while (index >= 0 && isHeld(calls[free[index]])) index--;
		return index < 0 ? undefined : free.splice(index, 1)[0];
	}

	await new Promise<void>((resolve, reject) => {
		const startNext = () => {
			const limit = isFirstOver ? concurrency : 1;
			while (underWay < limit && !results.isOver()) {
				const position = takeFree();
				if (position === undefined) break;
				start(position).catch(reject);
			}
			if (underWay === 0) resolve();
		};
		const start = async (position: number) => {
			const call = calls[position];
			const { broadcast } = call;
			// Recipients who got the message before will be taken out of it.
			const namedSize = namedSizeOf(call);
			if (broadcast) broadcast.underWay++;
			underWay++;
			namedUnderWay += namedSize;
			await runCall(call, { ...run, upcoming });
			underWay--;
			namedUnderWay -= namedSize;
			if (broadcast) broadcast.underWay--;
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
