import type { Outcome } from '../outcome';
import { isUnknown, PartlyServedError } from '../outcome';
import type { Loan, Plan, PreparedItem } from './plan';
import { createPlan } from './plan';
import type { Results } from './results';
import type { CallRun } from './runCalls';
import { runCalls } from './runCalls';

interface PlanRun extends CallRun {
	/** How many recipients a call may have; undefined leaves each item its own call. */
	recipientsPerCall?: number;
}

const hasOutput = (outcome: Outcome | undefined) => outcome !== undefined && 'output' in outcome;

/** Whether an item was refused with what the last call for it brought. */
function isRefused(outcome: Outcome | undefined): boolean {
	if (outcome === undefined || !('error' in outcome)) return false;
	return !isUnknown(outcome.error) || outcome.error instanceof PartlyServedError;
}

/** The item once more, for those of its recipients who got nothing because the item that brought them was refused. */
function remainderOf({ item, borrowed, duplicates }: Loan, results: Results): PreparedItem | undefined {
	const left = borrowed.filter(({ origin }) => isRefused(results.get(origin)));
	if (left.length === 0) return undefined;
	const own = results.get(item.itemIndex);
	const before = own && 'output' in own ? own.output[0] : item.earlier?.output;
	return {
		...item,
		request: item.operation.combine!.withRecipients(
			item.request,
			left.map(({ recipient }) => recipient),
		),
		earlier: {
			output: before,
			served: (own && 'output' in own ? own.served : item.earlier?.served) ?? [],
			duplicates: duplicates - left.length + (item.earlier?.duplicates ?? 0),
		},
	};
}

/** Gives an item without recipients of its own the outcome of those that bring its recipients. */
function follow({ item, borrowed, duplicates }: Loan, results: Results): void {
	const outcomes = borrowed.map(({ origin }) => results.get(origin));
	const decisive = outcomes.find((outcome) => !hasOutput(outcome)) ?? outcomes[0];
	if (decisive === undefined) return;
	if ('error' in decisive) return results.set(item, decisive);
	const { output: before = {}, duplicates: others = 0 } = item.earlier ?? {};
	const counts = { recipients: Number(before.recipients ?? 0), duplicateRecipients: duplicates + others };
	const served = item.earlier?.served ?? [];
	results.set(item, { output: [{ ...decisive.output[0], ...before, ...counts }], served });
}

/**
 * Makes the calls of a plan. When an item is refused, its recipients who are also those of other items are served on
 * behalf of these, after all other calls: in this one case somebody may get the texts of two items in another order.
 */
export async function runPlan(plan: Plan, run: PlanRun): Promise<void> {
	const { results } = run;
	await runCalls(plan.calls, run);
	const next = createPlan(run.recipientsPerCall);
	for (const loan of plan.loans) {
		if (loan.hasOwn && !hasOutput(results.get(loan.item.itemIndex))) continue;
		const remainder = remainderOf(loan, results);
		if (remainder) next.add(remainder);
		else if (!loan.hasOwn) follow(loan, results);
	}
	if (next.calls.length > 0 && !results.isOver()) await runPlan(next, run);
}
