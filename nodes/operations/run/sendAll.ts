import { sleep } from 'n8n-workflow';
import { cancellation } from '../../transport/cancellation';
import { NotSentError } from '../../transport/errors';
import { hasOutput, isHeld, isSkipped } from '../outcome';
import { addresseesOf } from './addressees';
import { createGivingUp } from './givingUp';
import { costRemarks, idleLimit } from './hints';
import type { RunSize } from './limits';
import { refusalOf } from './limits';
import type { Plan } from './plan';
import type { Results } from './results';
import { correctLoans, runPlan } from './runPlan';
import { namesIn, startSendOnce } from './sendOnce';
import { summaryOf, toldOf, withSummary } from './summary';
import type { Tools } from './tools';

/** How long (ms) running calls may take to finish after the execution is canceled. */
const CANCEL_GRACE_MS = 500;

const REFUSED_REMEDY =
	'Check the items that came in. If they are right, raise the limit under Broadcast, or send them in several runs.';

/** Runs the operation's `settle` once everything is sent. */
async function settle(planned: Plan, tools: Tools): Promise<void> {
	const { context, client, results, operation } = tools;
	const { concurrency, entered } = tools.options;
	if (!operation.settle || results.isOver()) return;
	const requests = new Map(
		planned.calls
			.filter(({ broadcast }) => broadcast === undefined)
			.map(({ shares, request }) => [shares[0].item.itemIndex, request]),
	);
	const sent = [...context.getInputData().keys()].flatMap((itemIndex) => {
		const outcome = results.get(itemIndex);
		const request = requests.get(itemIndex);
		return hasOutput(outcome) && !isSkipped(outcome) && !isHeld(outcome)
			? [{ itemIndex, output: outcome.output[0], request }]
			: [];
	});
	const { wait } = cancellation(context.getExecutionCancelSignal());
	const addHint = (message: string) => context.addExecutionHints({ message, location: 'outputPane' });
	await operation.settle({ client, results, options: entered, concurrency, sent, addHint, wait });
}

/**
 * Puts the execution to wait for the reply if its item has just asked someone.
 *
 * @returns hints for the user
 */
async function waitForReply({ calls }: Plan, { context, asking, results }: Tools): Promise<string[]> {
	const [call] = calls;
	const { question, itemIndex } = call?.shares[0].item ?? {};
	if (itemIndex === undefined || !question) return [];
	const outcome = results.get(itemIndex);
	if (results.isOver() || !hasOutput(outcome) || isSkipped(outcome)) return [];
	const recipients = addresseesOf(call, call.shares[0]).map(({ words }) => words);
	const failure = await asking.share(question, recipients);
	if (failure !== undefined) context.logger.warn(`${context.getNode().name}: ${failure}`);
	await asking.wait(question, results.jsonOf(itemIndex)[0]);
	return failure === undefined ? [] : [failure];
}

/**
 * Runs the calls of a plan. A canceled execution ends shortly after, with what was done until then.
 *
 * @returns hints for the user
 */
export async function sendAll(planned: Plan, tools: Tools): Promise<string[]> {
	const { context, client, results, options, quiet } = tools;
	const { messagesPerMinute } = options.broadcast;
	const refusal = refusalOf(planned.calls, options.broadcast);
	if (refusal !== undefined) return refuseAll(planned, results, refusal);
	const tally: RunSize = { recipients: 0 };
	let isOver = false;
	const cancelled = cancellation(context.getExecutionCancelSignal()).happened.then(async () => {
		// n8n stores a canceled execution immediately, before the node has ended.
		if (!isOver) results.keep();
		await sleep(CANCEL_GRACE_MS);
	});
	const givingUp = createGivingUp(client.service);
	const once = startSendOnce(context, planned, options, results);
	const pacing = { quiet, messagesPerMinute, tally };
	const sending = runPlan(planned, { ...options, client, results, givingUp, once, ...pacing });
	await Promise.race([sending, cancelled]).finally(async () => await once?.close());
	isOver = true;
	results.abandon();
	correctLoans(planned, results);
	await settle(planned, tools);
	const told = await waitForReply(planned, tools);
	return [...told, ...sumUp(planned, tools, tally), ...(once?.hints() ?? [])];
}

/** Fails all items of a plan with the reason why the run was refused as a whole. */
function refuseAll({ calls, loans }: Plan, results: Results, refusal: string): string[] {
	const shared = calls.flatMap(({ shares }) => shares);
	for (const { item } of [...shared, ...loans]) {
		results.set(item.itemIndex, { error: new NotSentError(refusal, REFUSED_REMEDY) });
	}
	return [];
}

/** Summarizes the run if it has Broadcast settings. */
function sumUp(
	planned: Plan,
	{ context, results, options, reader, startedAt }: Tools,
	tally: RunSize,
): string[] {
	const remarks = [...costRemarks(planned.calls), ...idleLimit(planned.calls, options.broadcast)];
	const isBroadcast = Object.keys((reader.get('broadcast', 0) ?? {}) as object).length > 0;
	if (!isBroadcast) return remarks;
	const outcomes = [...context.getInputData().keys()].map(results.get);
	const summary = summaryOf(outcomes, tally, Date.now() - startedAt);
	const last = outcomes.map(hasOutput).lastIndexOf(true);
	if (options.broadcast.summary && last >= 0) {
		results.update(last, withSummary(outcomes[last], summary)!);
	}
	return [toldOf(summary, namesIn(planned)), ...remarks];
}
