import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { Outcome } from '../outcome';
import { hasOutput, isInDoubt, PartlyServedError } from '../outcome';
import { UnknownOutcomeError } from '../../transport/errors';
import { packed, rangesOf, unpacked } from './ranges';

/** What became of items that must not be sent again: they were accepted, or nobody knows. */
interface Remembered {
	output?: IDataObject[];
	served?: string[];
	unknown?: { message: string; description?: string; status?: number; isPartly?: true };
}

/** What is kept in the node's context. */
interface Kept {
	/** In a loop, which run of the node it is about. */
	run?: number;
	/** Items that share an outcome, such as those of one request, by their numbers: `0-12,14`. */
	sent?: Array<Remembered & { items: string }>;
	/** As the tool of an AI agent: by what the agent handed over. */
	handedOver?: Record<string, Remembered>;
}

/** Which items the tries of the same execution before this one have sent. */
export interface EarlierTries {
	recall(itemIndex: number): Outcome | undefined;
	/** Keeps what became of items for the next try, instead of what was kept before. */
	keep(outcomes: Iterable<[itemIndex: number, outcome: Outcome]>): void;
	/** Keeps nothing, because there is no next try. */
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
 * As the tool of an AI agent, each try is a run of its own to n8n. So there an item is known by what the agent handed over,
 * and only what nobody knows is kept: the agent may want the same again. It is kept only with "Retry On Fail".
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
 * n8n's "Retry On Fail" runs the whole node again, with the same items, and so does the Retry button of a failed execution.
 * What was sent is therefore kept in the node's context, which lives as long as the execution and is handed on to the one
 * that retries it.
 *
 * What an item is sent as does not count: a text may hold the time of each try, and people correct the node before they
 * press Retry.
 */
export function earlierTriesOf(context: IExecuteFunctions): EarlierTries {
	const kept: Kept = context.getContext('node');
	if (context.getNode().type.endsWith('Tool')) return triesOfTool(context, kept);
	const known = new Map<number, Remembered>();
	const runIndex = () => context.getWorkflowDataProxy(0).$runIndex as number;
	// In a loop the node runs again for other items.
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
