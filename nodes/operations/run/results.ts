import type { IExecuteFunctions, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { UNKNOWN, UnknownOutcomeError } from '../../transport/errors';
import type { Outcome } from '../outcome';
import { hasFailed, hasOutput, nodeErrorOf } from '../outcome';
import type { EarlierTries } from './earlierTries';

/** How often (ms) a long run is announced in n8n's log. */
const PROGRESS_MS = 10_000;

/** What becomes of the items of a run, as it becomes known. */
export interface Results {
	/** Notes that an item is about to be sent. */
	begin(itemIndex: number): void;
	/** Notes that an item was refused together with others, and was not sent. */
	withdraw(itemIndex: number): void;
	/** Notes what became of an item; a next try of the execution sends the item again. */
	set(itemIndex: number, outcome: Outcome): void;
	/** Notes what became of an item that was sent; if it was accepted, or nobody knows, a next try does not send it again. */
	remember(itemIndex: number, outcome: Outcome): void;
	/** Replaces what became of an item by what followed from it. */
	update(itemIndex: number, outcome: Outcome): void;
	get(itemIndex: number): Outcome | undefined;
	/** True once nothing more is to be sent: an item failed and the node is to stop, or the execution was cancelled. */
	isOver(): boolean;
	/**
	 * The node's output in the order of the items. With "On Error" set to continue, a failed item yields the one shape
	 * (`{ json: { error }, pairedItem }`) for which n8n sends the input item, with the message added, to the error output.
	 *
	 * @throws NodeApiError or NodeOperationError of the first failed item, when the node is to stop at one
	 */
	output(): INodeExecutionData[];
}

/** Starts noting the results of a run. */
export function startResults(context: IExecuteFunctions, earlierTries: EarlierTries, total: number): Results {
	const node = context.getNode();
	const signal = context.getExecutionCancelSignal();
	const stopsOnError = !context.continueOnFail();
	const outcomes: Array<Outcome | undefined> = [];
	const inFlight = new Set<number>();
	let done = 0;
	let failed = false;
	let announceAt = Date.now() + PROGRESS_MS;

	function announce(): void {
		if (Date.now() < announceAt) return;
		announceAt = Date.now() + PROGRESS_MS;
		context.logger.info(`${node.name} has done ${done} of ${total} items`);
	}

	/** How far the run came, e.g. `3 of 5 items were done; it is not known whether these were sent: 3, 4`. */
	function account(): string {
		const indexes = [...outcomes.keys()];
		const count = outcomes.filter(hasOutput).length;
		const unknown = indexes.filter((itemIndex) => {
			const outcome = outcomes[itemIndex];
			return hasFailed(outcome) && outcome.error instanceof UnknownOutcomeError;
		});
		const doubt =
			unknown.length > 0 ? `; it is not known whether these were sent: ${unknown.join(', ')}` : '';
		return count + unknown.length > 0 ? `${count} of ${total} items were done${doubt}` : '';
	}

	/** n8n keeps no output of a cancelled node, so its log says how far it came. */
	function endCancelled(): void {
		const message = `${UNKNOWN}: the execution was cancelled`;
		for (const itemIndex of inFlight) outcomes[itemIndex] = { error: new UnknownOutcomeError(message) };
		context.logger.info(`${node.name} was cancelled when ${account() || `0 of ${total} items were done`}`);
	}

	/** n8n keeps no output of a node that stops either, so its error says how far it came. */
	function stoppingError(error: Error, itemIndex: number): NodeApiError | NodeOperationError {
		const nodeError = nodeErrorOf(node, error, itemIndex);
		const others = total > 1 ? account() : '';
		if (others) {
			const addition = `Before the node stopped, ${others}. To get a result for each item, set On Error to continue.`;
			nodeError.description = [nodeError.description, addition].filter(Boolean).join(' ');
		}
		return nodeError;
	}

	function itemsOf(outcome: Outcome, itemIndex: number): INodeExecutionData[] {
		const pairedItem = { item: itemIndex };
		if (hasOutput(outcome)) return outcome.output.map((json) => ({ json, pairedItem }));
		return [{ json: { error: nodeErrorOf(node, outcome.error, itemIndex).message }, pairedItem }];
	}

	function set(itemIndex: number, outcome: Outcome): void {
		outcomes[itemIndex] = outcome;
		inFlight.delete(itemIndex);
		if (hasFailed(outcome) && stopsOnError) failed = true;
		done++;
		announce();
	}

	return {
		begin: (itemIndex) => inFlight.add(itemIndex),
		withdraw: (itemIndex) => inFlight.delete(itemIndex),
		set,
		remember(itemIndex, outcome) {
			earlierTries.remember(itemIndex, outcome);
			set(itemIndex, outcome);
		},
		update: (itemIndex, outcome) => {
			outcomes[itemIndex] = outcome;
		},
		get: (itemIndex) => outcomes[itemIndex],
		isOver: () => failed || signal?.aborted === true,
		output() {
			const isCancelled = signal?.aborted === true;
			if (isCancelled) endCancelled();
			const firstFailed = outcomes.findIndex(hasFailed);
			const first = outcomes[firstFailed];
			if (hasFailed(first) && stopsOnError && !isCancelled) {
				throw stoppingError(first.error, firstFailed);
			}
			// Items of which nothing became are left out.
			return outcomes.flatMap((outcome, itemIndex) => itemsOf(outcome!, itemIndex));
		},
	};
}
