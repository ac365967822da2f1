import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { Outcome } from '../outcome';
import { hasOutput } from '../outcome';
import { UnknownOutcomeError } from '../../transport/errors';

/** An item that must not be sent again: it was accepted, or nobody knows. */
interface Remembered {
	output?: IDataObject[];
	served?: string[];
	unknown?: { message: string; description?: string };
}

/** Which items the tries of the same execution before this one have sent. */
export interface EarlierTries {
	recall(itemIndex: number): Outcome | undefined;
	remember(itemIndex: number, outcome: Outcome): void;
}

const NOTHING: EarlierTries = { recall: () => undefined, remember: () => {} };

/**
 * n8n's "Retry On Fail" runs the whole node again, with the same items. What was sent is therefore kept in the node's
 * context, which lives as long as the execution. Without that setting nothing is kept.
 *
 * What an item is sent as does not count: a text may hold the time of each try. As the tool of an AI agent, each try is a
 * run of its own to n8n, so there an item is known by what the agent handed over, and only what nobody knows is kept: the
 * agent may want the same again.
 */
export function earlierTriesOf(context: IExecuteFunctions): EarlierTries {
	const node = context.getNode();
	if (!node.retryOnFail) return NOTHING;
	const isTool = node.type.endsWith('Tool');
	const kept = context.getContext('node') as { run?: number; items?: Record<string, Remembered> };
	const run = isTool ? -1 : (context.getWorkflowDataProxy(0).$runIndex as number);
	// In a loop the node runs again for other items.
	if (kept.run !== run) Object.assign(kept, { run, items: {} });
	const items = kept.items!;

	function keyOf(itemIndex: number): string {
		if (!isTool) return String(itemIndex);
		const handedOver = JSON.stringify(context.getInputData()[itemIndex].json);
		return createHash('sha256').update(handedOver).digest('base64url');
	}

	return {
		recall(itemIndex) {
			const known = items[keyOf(itemIndex)];
			if (known?.output) return { output: known.output, served: known.served };
			if (!known?.unknown) return undefined;
			const { message, description } = known.unknown;
			return { error: new UnknownOutcomeError(message, description) };
		},
		remember(itemIndex, outcome) {
			if (hasOutput(outcome)) {
				const { output, served } = outcome;
				if (!isTool) items[keyOf(itemIndex)] = { output, served };
			} else if (outcome.error instanceof UnknownOutcomeError) {
				const { message, description } = outcome.error;
				items[keyOf(itemIndex)] = { unknown: { message, description } };
			}
		},
	};
}
