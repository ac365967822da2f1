import { MAX_OPEN } from './claims';
import { runCall } from './narrow';
import type { Call } from './plan';
import type { RequestTools } from './request';

/** What running the calls of a plan needs. */
export interface CallRun extends RequestTools {
	/** Maximum number of running calls. */
	concurrency: number;
}

/** How many recipients of a call are claimed. */
function namedSizeOf({ shares, size }: Call): number {
	return shares.some(({ item }) => item.broadcastName !== undefined) ? size : 0;
}

/**
 * Runs the calls in parallel, each after those it depends on. The first one runs alone: it may have to log in, and a
 * wrong credential then costs only one request. The calls of a broadcast run one by one until one of them isn't refused,
 * so invalid content costs only a few requests. The number of running calls with a broadcast name is limited, so that a
 * crash leaves few recipients unknown; a large call runs alone.
 */
export async function runCalls(calls: Call[], run: CallRun): Promise<void> {
	const { concurrency, results } = run;
	/** How many calls each one still waits for, and which ones wait for it. */
	const open = calls.map(({ after }) => after.size);
	const dependents = calls.map((): number[] => []);
	for (const [position, { after }] of calls.entries()) {
		for (const before of after) dependents[before].push(position);
	}
	/** Calls that may start, in reverse item order. */
	const free = [...calls.keys()].filter((position) => open[position] === 0).reverse();
	let underWay = 0;
	/** Recipients of the running calls that have a broadcast name. */
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
			// Computed up front, because recipients who already have the message are removed from the call.
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
