import { sleep } from 'n8n-workflow';

/** Lets waiting code react to a canceled execution. */
export interface Cancellation {
	/** Resolves when the execution is canceled, if it ever is. */
	happened: Promise<void>;
	/** Resolves after this many ms, or when the execution is canceled. */
	wait(ms: number): Promise<void>;
}

/**
 * Many waits may depend on one execution. If each added its own listener to the signal, Node.js would warn of a leak, so
 * they share one.
 */
export function cancellation(signal: AbortSignal | undefined): Cancellation {
	const happened = new Promise<void>((resolve) => {
		if (signal?.aborted) resolve();
		else signal?.addEventListener('abort', () => resolve());
	});
	return {
		happened,
		async wait(ms) {
			const stop = new AbortController();
			void happened.then(() => stop.abort());
			// It rejects only if it is aborted.
			await sleep(ms, stop.signal).catch(() => {});
		},
	};
}
