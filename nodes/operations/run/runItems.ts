import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { cancellation } from '../../transport/cancellation';
import { createClient } from '../../transport/client';
import { NotSentError } from '../../transport/errors';
import type { AnyOperation, Catalogue } from '../defineOperation';
import { hasOutput, isSkipped } from '../outcome';
import { createFormReader } from '../form/formReader';
import { createInputFiles } from '../form/inputFile';
import { addresseesOf } from './addressees';
import { judgeGathered } from './gathered';
import { createGivingUp } from './givingUp';
import { addHints } from './hints';
import { earlierTriesOf } from './earlierTries';
import type { Plan, PreparedItem } from './plan';
import { createPlan, recipientsInWords, requestFor } from './plan';
import { previewPlan, previewRefused } from './preview';
import type { ItemReader } from './readItem';
import { operationOf, readItem } from './readItem';
import type { Results } from './results';
import { startResults } from './results';
import type { Foretold } from './foretell';
import { foretell } from './foretell';
import { startSendOnce } from './sendOnce';
import { correctLoans, runPlan } from './runPlan';
import type { RunOptions } from '../runOptions';
import { readRunOptions } from '../runOptions';
import { startAsking } from '../wait/asking';

/** After so many items (read in some tens of ms) n8n may do something else, e.g. cancel the execution. */
const READ_AT_ONCE = 500;
/** How long (ms) calls that are under way when the execution is cancelled have to come to an end. */
const CANCEL_GRACE_MS = 500;

/** What the items of a run are read and sent with. */
interface Tools extends ItemReader {
	context: IExecuteFunctions;
	results: Results;
	/** That of the first item, which decides about what concerns the whole run. */
	operation: AnyOperation;
}

/**
 * Reads all items before the first is sent, so that nobody gets anything of a run that stops at an item that cannot be
 * read. Those that an earlier try has sent come first: the others need not be sent to their recipients.
 */
async function plan(tools: Tools, { recipientsPerCall }: RunOptions): Promise<Plan> {
	const { context, results } = tools;
	const planned = createPlan(recipientsPerCall);
	const isPreview = tools.operation.preview !== undefined;
	const all = [...context.getInputData().keys()];
	const known = all.filter((itemIndex) => results.get(itemIndex) !== undefined);
	/** What items that an earlier try has sent have borrowed from others. */
	const borrowed = new Map<number, PreparedItem>();
	const faulty: number[] = [];
	async function addEach(itemIndexes: number[]): Promise<void> {
		for (const [count, itemIndex] of itemIndexes.entries()) {
			if (count % READ_AT_ONCE === 0) await sleep(0);
			if (results.isOver()) break;
			const outcome = results.get(itemIndex);
			const left = borrowed.get(itemIndex);
			if (left) planned.add(left);
			if (left || (outcome && itemIndexes !== known)) continue;
			try {
				const { item, problems } = readItem(tools, itemIndex);
				results.address(itemIndex, recipientsInWords(item));
				if (problems.length === 0) {
					const rest = planned.add(item, outcome);
					if (rest) borrowed.set(itemIndex, rest);
				} else if (item.preview) {
					faulty.push(itemIndex);
					previewRefused(results, itemIndex, problems, item);
				} else throw new NotSentError(problems.join('; '));
			} catch (error) {
				faulty.push(itemIndex);
				if (isPreview) previewRefused(results, itemIndex, [(error as Error).message], tools);
				else if (!outcome) results.set(itemIndex, { error: error as Error });
			}
		}
	}
	await addEach(known);
	await addEach(all);
	judgeGathered(planned, faulty, isPreview ? undefined : results);
	return planned;
}

/** Does what the operation does once all is sent. */
async function settle(planned: Plan, tools: Tools, { concurrency, entered }: RunOptions): Promise<void> {
	const { context, client, results, operation } = tools;
	if (!operation.settle || results.isOver()) return;
	const requests = new Map(
		planned.calls
			.filter(({ broadcast }) => broadcast === undefined)
			.map(({ shares, request }) => [shares[0].item.itemIndex, request]),
	);
	const sent = [...context.getInputData().keys()].flatMap((itemIndex) => {
		const outcome = results.get(itemIndex);
		const request = requests.get(itemIndex);
		return hasOutput(outcome) && !isSkipped(outcome)
			? [{ itemIndex, output: outcome.output[0], request }]
			: [];
	});
	const { wait } = cancellation(context.getExecutionCancelSignal());
	const addHint = (message: string) => context.addExecutionHints({ message, location: 'outputPane' });
	await operation.settle({ client, results, options: entered, concurrency, sent, addHint, wait });
}

/**
 * Lets the execution wait for the reply, if its item asked somebody just now.
 *
 * @returns what to tell the user about it
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
 * Makes the calls of a plan. A cancelled execution ends with what was done until shortly after.
 *
 * @returns what to tell the user about it
 */
async function send(planned: Plan, tools: Tools & { options: RunOptions }): Promise<string[]> {
	const { context, client, results, options } = tools;
	let isOver = false;
	const cancelled = cancellation(context.getExecutionCancelSignal()).happened.then(async () => {
		// n8n stores a cancelled execution at once, before the node has ended.
		if (!isOver) results.keep();
		await sleep(CANCEL_GRACE_MS);
	});
	const givingUp = createGivingUp(client.service);
	const once = startSendOnce(context, planned, options, results);
	const sending = runPlan(planned, { ...options, client, results, givingUp, once });
	await Promise.race([sending, cancelled]).finally(async () => await once?.close());
	isOver = true;
	results.abandon();
	correctLoans(planned, results);
	await settle(planned, tools, options);
	const told = await waitForReply(planned, tools);
	return [...told, ...(once?.hints([...context.getInputData().keys()].map(results.get)) ?? [])];
}

/** Puts out what would be sent. @returns what to tell the user about it */
async function preview(planned: Plan, { context, results }: Tools): Promise<string[]> {
	let foretold: Map<number, Foretold> | undefined;
	const hints: string[] = [];
	try {
		foretold = await foretell(context, planned);
	} catch (error) {
		hints.push((error as Error).message);
	}
	previewPlan(planned, results, foretold);
	if (!foretold) return hints;
	const sum = (name: keyof Foretold) => [...foretold.values()].reduce((total, one) => total + one[name], 0);
	return [
		`Of the recipients, ${sum('alreadySentCount')} already have the message of this broadcast name, and for ${sum('unknownCount')} it isn't known. Send would skip them.`,
	];
}

/** @throws NotSentError when several items come to an operation that waits for one reply */
function checkItems({ ask, option }: AnyOperation, { length }: unknown[]): void {
	if (!ask || length <= 1) return;
	throw new NotSentError(
		`${option.name} takes one item at a time, but ${length} came in`,
		'Nobody was asked. Put a Loop Over Items node with Batch Size 1 before this node, or turn on Execute Once in its settings.',
	);
}

/**
 * What all items are sent with. What goes wrong here concerns every item; it is not thrown when the node is to continue,
 * because n8n would then let all items pass as if they had been sent.
 */
async function prepareTools(
	context: IExecuteFunctions,
	catalogue: Catalogue,
	results: Results,
): Promise<(Tools & { options: RunOptions }) | undefined> {
	try {
		const client = await createClient(context);
		const reader = createFormReader(context);
		const operation = operationOf(reader, catalogue, 0);
		checkItems(operation, context.getInputData());
		const options = readRunOptions(reader, operation);
		const get = (name: string) => reader.get(name, 0);
		const lookedUp = await operation.lookUp?.({ client, options: options.entered, get });
		const asking = startAsking(context);
		const files = createInputFiles(context, client.isPlain);
		return { context, catalogue, client, reader, results, operation, options, lookedUp, asking, files };
	} catch (error) {
		for (const itemIndex of context.getInputData().keys()) {
			results.set(itemIndex, { error: error as Error });
		}
		return undefined;
	}
}

/**
 * Runs every input item through the operation chosen for it. Items that differ only in recipients share calls where the
 * operation allows it, calls run side by side, and each output item is paired with its input item. A cancelled execution
 * ends with what was done until then.
 *
 * A node that throws leaves behind what it sent, so the next try sends the rest.
 *
 * @throws NodeApiError or NodeOperationError of the first failed item, unless "On Error" is set to continue
 */
export async function runItems(
	context: IExecuteFunctions,
	catalogue: Catalogue,
): Promise<INodeExecutionData[][]> {
	// "Retry On Fail" may run a node whose execution was cancelled.
	if (context.getExecutionCancelSignal()?.aborted) return [[]];
	const earlierTries = earlierTriesOf(context);
	const results = startResults(context, earlierTries, context.getInputData().length);
	for (const itemIndex of context.getInputData().keys()) {
		const outcome = earlierTries.recall(itemIndex);
		if (outcome) results.recall(itemIndex, outcome);
	}
	try {
		const tools = await prepareTools(context, catalogue, results);
		if (tools) {
			const planned = await plan(tools, tools.options);
			const { operation } = tools;
			const told = operation.preview ? await preview(planned, tools) : await send(planned, tools);
			const noticed = planned.calls.flatMap(
				(call) => call.operation.hints?.(requestFor(call, call.shares), tools.lookedUp) ?? [],
			);
			addHints(context, operation, tools.options, results, [...tools.client.oddities(), ...told, ...noticed]);
		}
		return [results.output()];
	} finally {
		results.close();
	}
}
