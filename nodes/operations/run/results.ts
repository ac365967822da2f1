import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import * as n8nWorkflow from 'n8n-workflow';
import { UNKNOWN, UnknownOutcomeError } from '../../transport/errors';
import type { Outcome } from '../outcome';
import { CutShortError, detailsOf, hasFailed, hasOutput, isInDoubt, nodeErrorOf } from '../outcome';
import type { EarlierTries } from './earlierTries';
import { itemsWere } from './ranges';

/** How often (ms) a long run logs its progress. */
const PROGRESS_MS = 10_000;

/**
 * Whether n8n recognizes a failed item that has `details` next to `error`. It does since 2.36, detected by another export
 * of that version. Before, such an item would go to the success output.
 */
const KEEPS_DETAILS = 'recordConsumedAuth' in n8nWorkflow;

/** Collects the outcomes of a run's items. */
export interface Results {
	/** Whether the node stops at the first failed item. */
	readonly stopsOnError: boolean;
	/** Notes the recipients of an item in words, for `to` in its output. Not part of the outcome, which many items share. */
	address(itemIndex: number, to: string | undefined): void;
	/** Notes that an item is about to be sent. */
	begin(itemIndex: number): void;
	/** Notes that an item was refused together with others and not sent. */
	withdraw(itemIndex: number): void;
	/** Notes the outcome of an item. The next try of the execution processes the item again. */
	set(itemIndex: number, outcome: Outcome): void;
	/** Notes the outcome of a sent item. If it was accepted or is unknown, the next try doesn't send it again. */
	remember(itemIndex: number, outcome: Outcome): void;
	/** Notes the outcome of an item without ending the run. The next try determines it again. */
	note(itemIndex: number, outcome: Outcome): void;
	/**
	 * Notes the outcome of an item in an earlier try. An unknown one doesn't end the run: the other items are sent before
	 * the node stops.
	 */
	recall(itemIndex: number, outcome: Outcome): void;
	/** Replaces the outcome of an item with a later one. */
	update(itemIndex: number, outcome: Outcome): void;
	get(itemIndex: number): Outcome | undefined;
	/** The output of an item that succeeded. */
	jsonOf(itemIndex: number): IDataObject[];
	/** True once nothing more may be sent: an item failed and the node stops on errors, or the execution was canceled. */
	isOver(): boolean;
	/** Marks items in flight as unknown, because the run doesn't wait for them. */
	abandon(): void;
	/** Keeps what was sent so far for the next try. */
	keep(): void;
	/** Ends the run. Keeps what was sent if there may be another try, and deletes it if the run succeeded. */
	close(): void;
	/**
	 * The node's output in item order. With "On Error" set to continue, a failed item has the shape for which n8n sends the
	 * input item, with both fields added, to the error output: `{ json: { error, details }, pairedItem }`.
	 *
	 * @throws NodeApiError or NodeOperationError of the first failed item, if the node stops on errors
	 */
	output(): INodeExecutionData[];
}

/** Starts collecting the results of a run. */
export function startResults(context: IExecuteFunctions, earlierTries: EarlierTries, total: number): Results {
	const node = context.getNode();
	const signal = context.getExecutionCancelSignal();
	const stopsOnError = !context.continueOnFail();
	const outcomes: Array<Outcome | undefined> = [];
	/** What the next try needs to know. The outcomes themselves may be updated later. */
	const sent: Array<Outcome | undefined> = [];
	const addressed: Array<string | undefined> = [];
	const inFlight = new Set<number>();
	let done = 0;
	let failed = false;
	/** True until there is output, because the node may end with an error. */
	let mayBeRetried = true;
	let announceAt = Date.now() + PROGRESS_MS;

	function announce(): void {
		if (Date.now() < announceAt) return;
		announceAt = Date.now() + PROGRESS_MS;
		context.logger.info(`${node.name} has done ${done} of ${total} items`);
	}

	/** How far the run got, such as `items 0-2 were done; it is unknown whether item 4 was sent`. */
	function account(): string {
		const all = [...outcomes.keys()];
		const done = all.filter((itemIndex) => hasOutput(outcomes[itemIndex]));
		const unknown = all.filter((itemIndex) => isInDoubt(outcomes[itemIndex]));
		const certain = done.length > 0 ? `${itemsWere(done)} done` : 'no item was done';
		return unknown.length > 0 ? `${certain}; it is unknown whether ${itemsWere(unknown)} sent` : certain;
	}

	const cancelledError = () => new UnknownOutcomeError(`${UNKNOWN}: the execution was canceled`);

	function abandon(): void {
		for (const itemIndex of inFlight) sent[itemIndex] = outcomes[itemIndex] = { error: cancelledError() };
		inFlight.clear();
	}

	function* sentSoFar(): Generator<[number, Outcome]> {
		for (let itemIndex = 0; itemIndex < total; itemIndex++) {
			const outcome = inFlight.has(itemIndex) ? { error: cancelledError() } : sent[itemIndex];
			if (outcome) yield [itemIndex, outcome];
		}
	}

	const keep = () => earlierTries.keep(sentSoFar());

	/** n8n discards the output of a node that throws, so its error says how far the run got. */
	function stoppingError(error: Error, itemIndex: number): NodeApiError | NodeOperationError {
		const nodeError = nodeErrorOf(node, error, itemIndex);
		const isAlone = outcomes.every(
			(outcome, index) => index === itemIndex || !(hasOutput(outcome) || isInDoubt(outcome)),
		);
		if (!isAlone) {
			const addition = `Before the node stopped, ${account()}. To get a result for each item, set On Error to continue.`;
			nodeError.description = [nodeError.description, addition].filter(Boolean).join(' ');
		}
		return nodeError;
	}

	function jsonOf(itemIndex: number): IDataObject[] {
		const outcome = outcomes[itemIndex];
		if (!hasOutput(outcome)) return [];
		const to = addressed[itemIndex];
		if (to === undefined) return outcome.output;
		return outcome.output.map((json) => ('to' in json ? { ...json, to } : { to, ...json }));
	}

	function itemsOf(outcome: Outcome, itemIndex: number): INodeExecutionData[] {
		const pairedItem = { item: itemIndex };
		if (hasOutput(outcome)) return jsonOf(itemIndex).map((json) => ({ json, pairedItem }));
		const error = nodeErrorOf(node, outcome.error, itemIndex).message;
		const details = KEEPS_DETAILS ? detailsOf(outcome.error) : undefined;
		return [{ json: { error, ...(details && { details }) }, pairedItem }];
	}

	function note(itemIndex: number, outcome: Outcome): void {
		if (!outcomes[itemIndex]) done++;
		outcomes[itemIndex] = outcome;
		inFlight.delete(itemIndex);
		announce();
	}

	function set(itemIndex: number, outcome: Outcome): void {
		if (hasFailed(outcome) && stopsOnError) failed = true;
		note(itemIndex, outcome);
	}

	return {
		stopsOnError,
		address: (itemIndex, to) => {
			addressed[itemIndex] = to;
		},
		begin: (itemIndex) => inFlight.add(itemIndex),
		withdraw: (itemIndex) => inFlight.delete(itemIndex),
		set,
		note,
		remember(itemIndex, outcome) {
			// If only a part of an item was sent, that part stays known even if the rest is refused.
			if (hasOutput(outcome) || isInDoubt(outcome)) sent[itemIndex] = outcome;
			set(itemIndex, outcome);
		},
		recall(itemIndex, outcome) {
			sent[itemIndex] = outcome;
			note(itemIndex, outcome);
		},
		update: (itemIndex, outcome) => {
			outcomes[itemIndex] = outcome;
		},
		get: (itemIndex) => outcomes[itemIndex],
		jsonOf,
		isOver: () => failed || signal?.aborted === true,
		abandon,
		keep,
		close() {
			if (mayBeRetried) keep();
			else earlierTries.forget();
		},
		output() {
			const isCancelled = signal?.aborted === true;
			// n8n discards the output of a canceled node, so the log says how far the run got.
			if (isCancelled) context.logger.info(`${node.name} was canceled when ${account()}`);
			// An item that was cut short isn't why the node stops; another item is.
			const firstFailed = outcomes.findIndex(
				(outcome) => hasFailed(outcome) && !(outcome.error instanceof CutShortError),
			);
			const first = outcomes[firstFailed];
			if (hasFailed(first) && stopsOnError && !isCancelled) {
				throw stoppingError(first.error, firstFailed);
			}
			mayBeRetried = isCancelled || (hasFailed(first) && node.retryOnFail === true);
			// Items without an outcome are skipped.
			return outcomes.flatMap((outcome, itemIndex) => itemsOf(outcome!, itemIndex));
		},
	};
}
