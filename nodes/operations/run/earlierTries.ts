import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { Outcome } from '../outcome';
import { hasOutput, isInDoubt, PartlyServedError } from '../outcome';
import { UnknownOutcomeError } from '../../transport/errors';
import { packed, rangesOf, unpacked } from './ranges';

/** The outcome of items that must not be sent again: they were accepted, or it is unknown. */
interface Remembered {
	output?: IDataObject[];
	served?: string[];
	unknown?: { message: string; description?: string; status?: number; isPartly?: true };
}

/** The data kept in the node's context. */
interface Kept {
	/** The run index of the node, which matters in a loop. */
	run?: number;
	/** Items grouped by outcome, such as those of one request; `items` holds their indexes: `0-12,14`. */
	sent?: Array<Remembered & { items: string }>;
	/** For the tool of an AI agent: by a hash of the agent's input. */
	handedOver?: Record<string, Remembered>;
}

/** The items that earlier tries of this execution have sent. */
export interface EarlierTries {
	recall(itemIndex: number): Outcome | undefined;
	/** Keeps the outcomes for the next try, replacing what was kept before. */
	keep(outcomes: Iterable<[itemIndex: number, outcome: Outcome]>): void;
	/** Deletes what was kept, because there is no next try. */
	forget(): void;
}

function outcomeOf({ output, served, unknown }: Remembered): Outcome {
	if (!unknown) return { output: output!, served };
	const { message, description, status, isPartly } = unknown;
	const KnownError = isPartly ? PartlyServedError : UnknownOutcomeError;
	return { error: new KnownError(message, description, status) };
}

function rememberedOf(outcome: Outcome): Remembered | undefined {
	if (hasOutput(outcome)) return { output: outcome.output, served: outcome.served };
	if (!isInDoubt(outcome)) return undefined;
	const { message, description, status } = outcome.error;
	const isPartly = outcome.error instanceof PartlyServedError || undefined;
	return { unknown: { message, description, status, isPartly } };
}

/**
 * For the tool of an AI agent, n8n treats each try as a separate run. So an item is identified by the agent's input, and
 * only unknown outcomes are kept, because the agent may want to send the same message again. Nothing is kept without
 * "Retry On Fail".
 */
function triesOfTool(context: IExecuteFunctions, kept: Kept): EarlierTries {
	const keyOf = (itemIndex: number) => {
		const handedOver = JSON.stringify(context.getInputData()[itemIndex].json);
		return createHash('sha256').update(handedOver).digest('base64url');
	};
	return {
		recall(itemIndex) {
			const known = kept.handedOver?.[keyOf(itemIndex)];
			return known && outcomeOf(known);
		},
		keep(outcomes) {
			for (const [itemIndex, outcome] of outcomes) {
				if (!isInDoubt(outcome) || !context.getNode().retryOnFail) continue;
				kept.handedOver = { ...kept.handedOver, [keyOf(itemIndex)]: rememberedOf(outcome)! };
			}
		},
		forget: () => {},
	};
}

/**
 * n8n's "Retry On Fail" runs the whole node again with the same items, and so does the Retry button of a failed
 * execution. So sent items are kept in the node's context, which lasts as long as the execution and is passed on to the
 * one that retries it.
 *
 * Items are recognized by index, not by content: a text may contain the time of each try, and people correct the node
 * before they retry.
 */
export function earlierTriesOf(context: IExecuteFunctions): EarlierTries {
	const kept: Kept = context.getContext('node');
	if (context.getNode().type.endsWith('Tool')) return triesOfTool(context, kept);
	const known = new Map<number, Remembered>();
	const runIndex = () => context.getWorkflowDataProxy(0).$runIndex as number;
	// In a loop, the node runs again for other items.
	if (kept.sent && kept.run === runIndex()) {
		for (const { items, ...remembered } of kept.sent) {
			for (const itemIndex of unpacked(items)) known.set(itemIndex, remembered);
		}
	}
	const forget = () => {
		delete kept.run;
		delete kept.sent;
	};
	return {
		forget,
		recall(itemIndex) {
			const remembered = known.get(itemIndex);
			return remembered && outcomeOf(remembered);
		},
		keep(outcomes) {
			const groups = new Map<string, { remembered: Remembered; itemIndexes: number[] }>();
			for (const [itemIndex, outcome] of outcomes) {
				const remembered = rememberedOf(outcome);
				if (!remembered) continue;
				const key = JSON.stringify(remembered);
				const group = groups.get(key) ?? { remembered, itemIndexes: [] };
				group.itemIndexes.push(itemIndex);
				groups.set(key, group);
			}
			if (groups.size === 0) return forget();
			kept.run = runIndex();
			kept.sent = [...groups.values()].map(({ remembered, itemIndexes }) => ({
				...remembered,
				items: packed(rangesOf(itemIndexes)),
			}));
		},
	};
}
