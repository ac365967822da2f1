import type { IExecuteFunctions } from 'n8n-workflow';
import type { AnyOperation } from '../defineOperation';
import { hasOutput } from '../outcome';
import type { Results } from './results';
import type { RunOptions } from '../runOptions';

/** From so many items on, a call for each takes noticeably longer than shared ones. */
const MANY_ITEMS = 1_000;

/** Tells the user beside the output what may be a surprise about it. */
export function addHints(
	context: IExecuteFunctions,
	{ combine }: AnyOperation,
	{ recipientsPerCall, entered }: RunOptions,
	results: Results,
	oddities: string[],
): void {
	for (const message of oddities) context.addExecutionHints({ message, location: 'outputPane' });
	if (!combine) return;
	const indexes = [...context.getInputData().keys()];
	const isSeparate = recipientsPerCall === undefined && !combine.isImpossible?.(entered);
	if (isSeparate && indexes.length >= MANY_ITEMS) {
		context.addExecutionHints({
			message: `Each of the ${indexes.length} items is a call of its own. With <b>Options > Combine Items</b> those that differ only in their recipients share calls, which is much faster.`,
			location: 'outputPane',
		});
	}
	const duplicates = indexes.reduce((sum, itemIndex) => {
		const outcome = results.get(itemIndex);
		const [item] = hasOutput(outcome) ? outcome.output : [];
		return sum + Number(item?.duplicateCount ?? 0);
	}, 0);
	if (duplicates > 0) {
		const remedy = entered.broadcastName
			? 'use different values of <b>Options > Broadcast Name</b>'
			: 'turn off <b>Options > Combine Items</b>';
		context.addExecutionHints({
			message: `Recipients that occur several times get the message once (${duplicates} left out). To send it again on purpose, ${remedy}.`,
			location: 'outputPane',
		});
	}
}
