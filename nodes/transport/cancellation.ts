import { sleep } from 'n8n-workflow';

/** What those who wait for something can know about the end of their execution. */
export interface Cancellation {
	/** Resolves when the execution is cancelled, if it ever is. */
	happened: Promise<void>;
	/** Resolves after so many ms, or when the execution is cancelled. */
	wait(ms: number): Promise<void>;
}

/**
 * Many may wait for the end of an execution. With a listener of each at its signal, Node.js would warn of a leak, so
 * there is one for all.
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
			// It fails when it is stopped, and only then.
			await sleep(ms, stop.signal).catch(() => {});
		},
	};
}
