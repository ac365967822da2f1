/**
 * Does the work for each entry of a list, in order, for at most `count` entries at a time.
 *
 * @param isOver once it returns true, no further work is started
 */
export async function inParallel<T>(
	list: T[],
	count: number,
	work: (entry: T, index: number) => Promise<void>,
	isOver: () => boolean,
): Promise<void> {
	const entries = list.entries();
	const worker = async () => {
		for (const [index, entry] of entries) {
			if (isOver()) return;
			await work(entry, index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(count, list.length) }, worker));
}
