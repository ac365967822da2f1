import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { createClient } from '../../transport/client';
import { NotSentError } from '../../transport/errors';
import type { AnyOperation, Catalogue } from '../defineOperation';
import { createFormReader } from '../form/formReader';
import { createInputFiles } from '../form/inputFile';
import { judgeGathered } from './gathered';
import { addHints, costRemarks } from './hints';
import { earlierTriesOf } from './earlierTries';
import { refusalOf } from './limits';
import type { Plan, PreparedItem } from './plan';
import { createPlan, recipientsInWords, requestFor } from './plan';
import { previewHeld, previewPlan, refusedOutput } from './preview';
import { startQuiet } from './quiet';
import { operationOf, readItem } from './readItem';
import type { Results } from './results';
import { startResults } from './results';
import type { Foretold } from './foretell';
import { foretell } from './foretell';
import { readRunOptions } from '../runOptions';
import { startAsking } from '../wait/asking';
import { sendAll } from './sendAll';
import type { Tools } from './tools';

/** After this many items (some tens of ms), n8n gets a chance to do something else, such as cancel the execution. */
const READ_AT_ONCE = 500;

/** Whether an item must not be sent now. Notes its time zones and outcome. */
function isHeldBack({ quiet, results }: Tools, item: PreparedItem): boolean {
	if (!quiet) return false;
	item.zones = quiet.zonesOf(item);
	if (results.get(item.itemIndex) !== undefined) return false;
	const held = quiet.check(item);
	if (!held) return false;
	if (item.preview) previewHeld(results, item, held);
	else results.note(item.itemIndex, quiet.outcomeOf(item, held));
	return true;
}

/**
 * Reads all items before the first is sent, so a run that stops at an invalid item sends nothing. Items that an earlier
 * try sent come first, because their recipients need no other request.
 */
async function plan(tools: Tools): Promise<Plan> {
	const { context, results } = tools;
	const { recipientsPerCall } = tools.options;
	const planned = createPlan(recipientsPerCall);
	const isPreview = tools.operation.preview !== undefined;
	const all = [...context.getInputData().keys()];
	const known = all.filter((itemIndex) => results.get(itemIndex) !== undefined);
	/** Items of an earlier try with the recipients that they borrowed from other items, still to be sent. */
	const borrowed = new Map<number, PreparedItem>();
	const faulty: number[] = [];
	/** Outputs an item that would be refused; if the node has an error output, it goes there. */
	function refuse(itemIndex: number, problems: string[], item?: PreparedItem): void {
		faulty.push(itemIndex);
		if (context.getNode().onError === 'continueErrorOutput') {
			results.set(itemIndex, { error: new NotSentError(problems.join('; ')) });
		} else results.update(itemIndex, { output: [refusedOutput(problems, item ?? tools)] });
	}
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
					if (isHeldBack(tools, item)) continue;
					const rest = planned.add(item, outcome);
					if (rest) borrowed.set(itemIndex, rest);
				} else if (item.preview) refuse(itemIndex, problems, item);
				else throw new NotSentError(problems.join('; '));
			} catch (error) {
				if (isPreview) {
					refuse(itemIndex, [(error as Error).message]);
					continue;
				}
				faulty.push(itemIndex);
				if (!outcome) results.set(itemIndex, { error: error as Error });
			}
		}
	}
	await addEach(known);
	await addEach(all);
	judgeGathered(planned, faulty, isPreview ? undefined : results);
	return planned;
}

/** Outputs what would be sent. @returns hints for the user */
async function preview(planned: Plan, { context, results, options }: Tools): Promise<string[]> {
	let foretold: Map<number, Foretold> | undefined;
	const refusal = refusalOf(planned.calls, options.broadcast);
	const hints = [...(refusal === undefined ? [] : [refusal]), ...costRemarks(planned.calls)];
	try {
		foretold = await foretell(context, planned);
	} catch (error) {
		hints.push((error as Error).message);
	}
	const { messagesPerMinute } = options.broadcast;
	previewPlan(planned, results, { foretold, refusal, messagesPerMinute });
	if (!foretold) return hints;
	const sum = (name: keyof Foretold) => [...foretold.values()].reduce((total, one) => total + one[name], 0);
	return [
		...hints,
		`Of the recipients, ${sum('alreadySentCount')} already have the message of this broadcast name, and for ${sum('unknownCount')} it isn't known. Send would skip them.`,
	];
}

/** @throws NotSentError if an operation that waits for a reply gets several items */
function checkItems({ ask, option }: AnyOperation, { length }: unknown[]): void {
	if (!ask || length <= 1) return;
	throw new NotSentError(
		`${option.name} takes one item at a time, but ${length} came in`,
		'No one was asked. Put a Loop Over Items node with Batch Size 1 before this node, or turn on Execute Once in its settings.',
	);
}

/**
 * Prepares what all items need. An error here concerns every item. It becomes the outcome of each item instead of being
 * thrown, because with "On Error" set to continue, n8n would pass all items on as if they had been sent.
 */
async function prepareTools(
	context: IExecuteFunctions,
	catalogue: Catalogue,
	results: Results,
): Promise<Tools | undefined> {
	const startedAt = Date.now();
	try {
		const client = await createClient(context);
		const reader = createFormReader(context);
		const operation = operationOf(reader, catalogue, 0);
		checkItems(operation, context.getInputData());
		const options = readRunOptions(reader, operation);
		const get = (name: string) => reader.get(name, 0);
		const lookedUp = await operation.lookUp?.({ client, options: options.entered, get });
		const asking = startAsking(context);
		const { quietHours } = options.broadcast;
		const items = context.getInputData();
		const quiet = quietHours && startQuiet(quietHours, reader, (itemIndex) => items[itemIndex].json);
		const files = createInputFiles(context, client.isPlain);
		const reading = { catalogue, client, reader, lookedUp, asking, files };
		return { context, ...reading, results, operation, options, quiet, startedAt };
	} catch (error) {
		for (const itemIndex of context.getInputData().keys()) {
			results.set(itemIndex, { error: error as Error });
		}
		return undefined;
	}
}

/**
 * Runs every input item through the operation chosen for it. Items that differ only in recipients share requests if the
 * operation allows it, requests run in parallel, and each output item is paired with its input item. A canceled
 * execution ends with what was done until then.
 *
 * A node that throws keeps a record of what it sent, so the next try sends only the rest.
 *
 * @throws NodeApiError or NodeOperationError of the first failed item, unless "On Error" is set to continue
 */
export async function runItems(
	context: IExecuteFunctions,
	catalogue: Catalogue,
): Promise<INodeExecutionData[][]> {
	// "Retry On Fail" may run a node after its execution was canceled.
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
			const planned = await plan(tools);
			const { operation } = tools;
			const told = operation.preview ? await preview(planned, tools) : await sendAll(planned, tools);
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
