import type { IDataObject } from 'n8n-workflow';
import type { RequestError } from '../../transport/errors';
import { UnknownOutcomeError } from '../../transport/errors';
import type { Outcome } from '../outcome';
import {
	CutShortError,
	hasFailed,
	hasOutput,
	isHeld,
	isInDoubt,
	PARTLY,
	PartlyServedError,
} from '../outcome';
import type { Broadcast } from './broadcast';
import type { Loan, Plan, PreparedItem } from './plan';
import { countsOf, createPlan } from './plan';
import type { Results } from './results';
import type { CallRun } from './runCalls';
import { runCalls } from './runCalls';

interface PlanRun extends CallRun {
	/** Maximum number of recipients per request; if undefined, each item gets its own request. */
	recipientsPerCall?: number;
}

/** Whether no recipient of the last request for an item got anything. */
function isRefused(outcome: Outcome | undefined): boolean {
	return (hasFailed(outcome) && !isInDoubt(outcome)) || isHeld(outcome);
}

/** The item again, for the recipients who got nothing because the item that contributed them was refused. */
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

/** Output fields of an item with a broadcast name whose recipients get the message through other items. */
function skippedInRun({ broadcastName, operation }: PreparedItem, subjects: string[]): IDataObject {
	if (broadcastName === undefined) return {};
	const skippedReason = `"${broadcastName}" goes to its recipients through other items of this run`;
	const skippedRecipients = subjects.map(operation.addressee!);
	return { status: 'skipped', broadcastName, skippedReason, skippedRecipients };
}

/** Gives an item without its own recipients the outcome of the items that contribute them. */
function follow({ item, borrowed, duplicates }: Loan, results: Results): void {
	const outcomes = borrowed.map(({ origin }) => results.get(origin));
	const decisive = outcomes.find((outcome) => !hasOutput(outcome)) ?? outcomes[0];
	if (decisive === undefined) return;
	if (hasFailed(decisive)) return results.remember(item.itemIndex, decisive);
	const counts = countsOf(item, 0, duplicates);
	const { output: before, served = [] } = item.earlier ?? {};
	const subjects = borrowed.map(({ recipient }) => recipient.subject);
	const skipped = before ? {} : skippedInRun(item, subjects);
	const output = { ...decisive.output[0], ...before, ...skipped, ...counts };
	results.remember(item.itemIndex, { output: [output], served });
}

/**
 * Runs the calls of a plan. If an item is refused, recipients that other items name as well are served for those, after
 * all other calls. Only in this case may someone get the texts of two items in a different order.
 */
export async function runPlan(plan: Plan, run: PlanRun): Promise<void> {
	const { results } = run;
	await runCalls(plan.calls, run);
	const next = createPlan(run.recipientsPerCall, plan.broadcasts);
	for (const loan of plan.loans) {
		const own = results.get(loan.item.itemIndex);
		if (loan.hasOwn && (!hasOutput(own) || isHeld(own))) continue;
		const remainder = remainderOf(loan, results);
		if (remainder) next.add(remainder);
		else if (!loan.hasOwn) follow(loan, results);
	}
	if (next.calls.length > 0 && !results.isOver()) await runPlan(next, run);
}

/** The error of an item whose own request didn't fail, or failed differently; undefined if its outcome is already right. */
function correctionOf(
	identities: string[],
	{ served, inDoubt }: Broadcast,
	outcome: Outcome,
): Error | undefined {
	if (isInDoubt(outcome)) return undefined;
	const left = identities.filter((identity) => !served.has(identity));
	const doubtful = left.find((identity) => inDoubt.has(identity));
	const error = hasFailed(outcome) ? outcome.error : undefined;
	if (doubtful !== undefined) {
		return new UnknownOutcomeError(
			`It's unknown whether all recipients of this item were sent the message: some are also recipients of item ${inDoubt.get(doubtful)}, and its outcome is unknown`,
			'Look them up in the service before you send to them again, so that no one gets the message twice.',
		);
	}
	if (isHeld(outcome)) {
		return left.length < identities.length ? new PartlyServedError(`${PARTLY}: it is held`) : undefined;
	}
	if (!error) return left.length > 0 ? new CutShortError(`${PARTLY} before the run ended`) : undefined;
	if (left.length === identities.length) return undefined;
	const { description, status } = error as Partial<RequestError>;
	return new PartlyServedError(`${PARTLY}: ${error.message}`, description, status);
}

/**
 * Corrects the outcomes of items that share recipients, once all calls are finished: an item succeeds only if all its
 * recipients were served, no matter through which item.
 */
export function correctLoans({ calls, loans }: Plan, results: Results): void {
	const correct = (itemIndex: number, identities: string[], broadcast: Broadcast) => {
		const outcome = results.get(itemIndex);
		const error = outcome && correctionOf(identities, broadcast, outcome);
		if (error instanceof CutShortError) results.update(itemIndex, { error });
		else if (error) results.remember(itemIndex, { error });
	};
	const borrowers = new Set(loans.map(({ item }) => item.itemIndex));
	for (const { item, identities, broadcast } of loans) correct(item.itemIndex, identities, broadcast);
	for (const { broadcast, shares } of calls) {
		if (!broadcast?.hasLoans) continue;
		for (const { item, recipients } of shares) {
			if (borrowers.has(item.itemIndex)) continue;
			const identities = recipients.map(({ identity }) => identity);
			correct(item.itemIndex, identities, broadcast);
		}
	}
}
