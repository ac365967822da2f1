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

/** How often (ms) a long run is announced in n8n's log. */
const PROGRESS_MS = 10_000;

/**
 * Whether n8n still takes an item for a failed one when it has `details` beside `error`. It does from 2.36 on, which is
 * told by what else came with that version; before, such an item would leave by the success output.
 */
const KEEPS_DETAILS = 'recordConsumedAuth' in n8nWorkflow;

/** What becomes of the items of a run, as it becomes known. */
export interface Results {
	/** Whether the node is to stop at the first failed item. */
	readonly stopsOnError: boolean;
	/** Notes whom an item messages, in words: `to` of its output. Not part of its outcome, which many items share. */
	address(itemIndex: number, to: string | undefined): void;
	/** Notes that an item is about to be sent. */
	begin(itemIndex: number): void;
	/** Notes that an item was refused together with others, and was not sent. */
	withdraw(itemIndex: number): void;
	/** Notes what became of an item; a next try of the execution sends the item again. */
	set(itemIndex: number, outcome: Outcome): void;
	/** Notes what became of an item that was sent; if it was accepted, or nobody knows, a next try does not send it again. */
	remember(itemIndex: number, outcome: Outcome): void;
	/** Notes what became of an item, without ending the run; a next try finds it out again. */
	note(itemIndex: number, outcome: Outcome): void;
	/**
	 * Notes what an earlier try did for an item. It doesn't end the run if that is unknown: the others are sent before the
	 * node stops at it.
	 */
	recall(itemIndex: number, outcome: Outcome): void;
	/** Replaces what became of an item by what followed from it. */
	update(itemIndex: number, outcome: Outcome): void;
	get(itemIndex: number): Outcome | undefined;
	/** The output of an item that was carried out. */
	jsonOf(itemIndex: number): IDataObject[];
	/** True once nothing more is to be sent: an item failed and the node is to stop, or the execution was cancelled. */
	isOver(): boolean;
	/** Takes items in flight for unknown, because the run doesn't wait for them. */
	abandon(): void;
	/** Keeps what was sent so far for a next try. */
	keep(): void;
	/** Ends the run: keeps what was sent if there may be a next try, and forgets it if the run ended well. */
	close(): void;
	/**
	 * The node's output in the order of the items. With "On Error" set to continue, a failed item yields the one shape
	 * (`{ json: { error, details }, pairedItem }`) for which n8n sends the input item, with both added, to the error output.
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
	/** What a next try has to know; the output itself may be updated since. */
	const sent: Array<Outcome | undefined> = [];
	const addressed: Array<string | undefined> = [];
	const inFlight = new Set<number>();
	let done = 0;
	let failed = false;
	/** Until there is output, the node may end by an error. */
	let mayBeRetried = true;
	let announceAt = Date.now() + PROGRESS_MS;

	function announce(): void {
		if (Date.now() < announceAt) return;
		announceAt = Date.now() + PROGRESS_MS;
		context.logger.info(`${node.name} has done ${done} of ${total} items`);
	}

	/** How far the run came, such as `items 0-2 were done; it is unknown whether item 4 was sent`. */
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

	/** n8n keeps no output of a node that stops either, so its error says how far it came. */
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
			// Of an item that was sent in part, the part stays known when the rest is refused.
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
			// n8n keeps no output of a cancelled node, so its log says how far it came.
			if (isCancelled) context.logger.info(`${node.name} was canceled when ${account()}`);
			// An item that was cut short is no reason to stop: another one is.
			const firstFailed = outcomes.findIndex(
				(outcome) => hasFailed(outcome) && !(outcome.error instanceof CutShortError),
			);
			const first = outcomes[firstFailed];
			if (hasFailed(first) && stopsOnError && !isCancelled) {
				throw stoppingError(first.error, firstFailed);
			}
			mayBeRetried = isCancelled || (hasFailed(first) && node.retryOnFail === true);
			// Items of which nothing became are left out.
			return outcomes.flatMap((outcome, itemIndex) => itemsOf(outcome!, itemIndex));
		},
	};
}
