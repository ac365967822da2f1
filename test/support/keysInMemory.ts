import type { KeptKeys } from '../../nodes/operations/run/keptKeys';

/** What n8n keeps for a node, in memory, with everything that was asked for. Only one may use it at a time. */
export function keysInMemory(...initial: string[]) {
	const list = new Set(initial);
	const live = new Set<string>();
	/** The keys of each check. */
	const checks: string[][] = [];
	let last: Promise<unknown> = Promise.resolve();
	const keys: KeptKeys = {
		live,
		async alone(work) {
			const turn = last.then(work);
			last = turn.catch(() => {});
			return await turn;
		},
		record(asked) {
			checks.push(asked);
			const added = asked.filter((key) => !list.has(key));
			for (const key of added) list.add(key);
			return Promise.resolve(new Set(added));
		},
		remove(removed) {
			for (const key of removed) list.delete(key);
			return Promise.resolve();
		},
		count: () => Promise.resolve(initial.length),
	};
	return { list, live, checks, keys };
}
