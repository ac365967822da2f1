import type { IExecuteFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { NotSentError } from '../../transport/errors';

/** How often a database operation is retried after an error, and the first pause (ms) before that. */
const RETRIES = 3;
const FIRST_PAUSE_MS = 20;

/** State that the executions of one process share for a node. */
interface Shared {
	/** Settled when the last one in the queue is done. */
	last: Promise<unknown>;
	/** Keys held by a running execution. */
	live: Set<string>;
}

/** By workflow and node. Entries are small, and there are at most as many as nodes. */
const sharedByNode = new Map<string, Shared>();

/** The keys that n8n keeps for a node across executions. n8n reads and writes the list as a whole. */
export interface KeptKeys {
	/** Keys held by a running execution of this process. */
	live: Set<string>;
	/** Runs work on the keys while no other execution of this process does. */
	alone<T>(work: () => Promise<T>): Promise<T>;
	/** Adds distinct keys. @returns those that weren't kept before */
	record(keys: string[]): Promise<Set<string>>;
	remove(keys: string[]): Promise<void>;
	count(): Promise<number>;
}

/**
 * Retries after a database error: several processes may have added the first key at the same time.
 *
 * @throws NotSentError if it keeps failing, caused by the database error
 */
async function persistently<T>(work: () => Promise<T>): Promise<T> {
	let failure: unknown;
	for (let attempt = 0; attempt <= RETRIES; attempt++) {
		if (attempt > 0) await sleep(FIRST_PAUSE_MS * attempt);
		try {
			return await work();
		} catch (error) {
			failure = error;
		}
	}
	const error = new NotSentError(
		`n8n couldn't store who gets the broadcast, so this wasn't sent: ${(failure as Error).message}`,
		'Nothing was sent for this item. If the workflow is new, save it. Otherwise check the database of n8n. Then run the workflow again.',
	);
	throw Object.assign(error, { cause: failure });
}

/** All functions throw a NotSentError if the workflow wasn't saved or n8n's database fails. */
export function keptKeysOf(context: IExecuteFunctions): KeptKeys {
	const { id } = context.getWorkflow();
	const address = `${id} ${context.getNode().id}`;
	const shared = sharedByNode.get(address) ?? { last: Promise.resolve(), live: new Set() };
	sharedByNode.set(address, shared);
	const { helpers } = context;
	const options = { mode: 'entries' } as const;
	return {
		live: shared.live,
		async alone(work) {
			if (!id) {
				throw new NotSentError(
					'Broadcast Name needs a saved workflow, because n8n keeps the recipients with the workflow',
					'Nothing was sent. Save the workflow and run it again.',
				);
			}
			const turn = shared.last.then(work);
			shared.last = turn.catch(() => {});
			return await turn;
		},
		async record(keys) {
			const { new: added } = await persistently(
				async () => await helpers.checkProcessedAndRecord(keys, 'node', options),
			);
			return new Set(added as string[]);
		},
		async remove(keys) {
			if (keys.length === 0) return;
			await persistently(async () => await helpers.removeProcessed(keys, 'node', options));
		},
		count: async () => await persistently(async () => await helpers.getProcessedDataCount('node', options)),
	};
}
