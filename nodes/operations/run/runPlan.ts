import type { Outcome } from '../outcome';
import { UnknownOutcomeError } from '../../transport/errors';
import { hasFailed, hasOutput, PartlyServedError } from '../outcome';
import type { Loan, Plan, PreparedItem } from './plan';
import { countsOf, createPlan } from './plan';
import type { Results } from './results';
import type { CallRun } from './runCalls';
import { runCalls } from './runCalls';

interface PlanRun extends CallRun {
	/** How many recipients a call may have; undefined leaves each item its own call. */
	recipientsPerCall?: number;
}

/** Whether an item was refused with what the last call for it brought. */
function isRefused(outcome: Outcome | undefined): boolean {
	if (!hasFailed(outcome)) return false;
	return !(outcome.error instanceof UnknownOutcomeError) || outcome.error instanceof PartlyServedError;
}

/** The item once more, for those of its recipients who got nothing because the item that brought them was refused. */
function remainderOf({ item, borrowed, duplicates }: Loan, results: Results): PreparedItem | undefined {
	const left = borrowed.filter(({ origin }) => isRefused(results.get(origin)));
	if (left.length === 0) return undefined;
	const own = results.get(item.itemIndex);
	const before = hasOutput(own) ? own.output[0] : item.earlier?.output;
	return {
		...item,
		request: item.operation.combine!.withRecipients(
			item.request,
			left.map(({ recipient }) => recipient),
		),
		earlier: {
			output: before,
			served: (hasOutput(own) ? own.served : item.earlier?.served) ?? [],
			duplicates: duplicates - left.length + (item.earlier?.duplicates ?? 0),
		},
	};
}

/** Gives an item without recipients of its own the outcome of those that bring its recipients. */
function follow({ item, borrowed, duplicates }: Loan, results: Results): void {
	const outcomes = borrowed.map(({ origin }) => results.get(origin));
	const decisive = outcomes.find((outcome) => !hasOutput(outcome)) ?? outcomes[0];
	if (decisive === undefined) return;
	if (hasFailed(decisive)) return results.remember(item.itemIndex, decisive);
	const counts = countsOf(item, 0, duplicates);
	const { output: before, served = [] } = item.earlier ?? {};
	results.remember(item.itemIndex, { output: [{ ...decisive.output[0], ...before, ...counts }], served });
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
