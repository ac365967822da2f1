import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { ApiClient } from '../transport/client';
import { createClient } from '../transport/client';
import { NotSentError } from '../transport/errors';
import type { AnyOperation, Catalogue } from './defineOperation';
import { limitOf, readRequest } from './form';
import type { FormReader } from './formReader';
import { createFormReader } from './formReader';
import type { Memo } from './memo';
import { memoOf } from './memo';
import { nodeErrorOf } from './outcome';
import type { Plan, PreparedItem } from './plan';
import { createPlan } from './plan';
import type { Results } from './results';
import { startResults } from './results';
import { runCalls } from './runCalls';
import type { RunOptions } from './runOptions';
import { readRunOptions } from './runOptions';

/** After so many items (read in some tens of ms) n8n may do something else, e.g. cancel the execution. */
const READ_AT_ONCE = 500;
/** How long (ms) calls that are under way when the execution is cancelled have to come to an end. */
const CANCEL_GRACE_MS = 500;

function operationOf(reader: FormReader, catalogue: Catalogue, itemIndex: number): AnyOperation {
	const resource = String(reader.get('resource', itemIndex));
	const key = String(reader.get('operation', itemIndex));
	const operations = Object.hasOwn(catalogue, resource) ? catalogue[resource] : {};
	if (Object.hasOwn(operations, key)) return operations[key];
	throw new NotSentError(`There is no operation "${key}" for the resource "${resource}"`);
}

/** What the items of a run are read and sent with. */
interface Tools {
	context: IExecuteFunctions;
	catalogue: Catalogue;
	client: ApiClient;
	reader: FormReader;
	memo: Memo;
	results: Results;
}

/** Reads one item's form. @throws NotSentError when it cannot be sent */
function prepare({ reader, catalogue, client, memo }: Tools, itemIndex: number): PreparedItem {
	const operation = operationOf(reader, catalogue, itemIndex);
	client.checkService(operation.endpoint);
	const request = readRequest(reader, operation, client.payloadFormat, itemIndex);
	const item = { itemIndex, operation, request, limit: limitOf(reader, operation, itemIndex) };
	return { ...item, payload: memo.payloadOf(item) };
}

/** Reads all items, so that nobody gets anything of a run that stops at an item that cannot be read. */
async function plan(tools: Tools, options: RunOptions): Promise<Plan> {
	const { context, memo, results } = tools;
	const planned = createPlan(options.recipientsPerCall);
	for (const itemIndex of context.getInputData().keys()) {
		if (itemIndex % READ_AT_ONCE === 0) await sleep(0);
		if (results.isOver()) break;
		try {
			const item = prepare(tools, itemIndex);
			const known = memo.recall(item);
			planned.add(item, known !== undefined);
			if (known) results.set({ itemIndex }, known);
		} catch (error) {
			results.set({ itemIndex }, { error: error as Error });
		}
	}
	return planned;
}

/** Gives the items that added nobody new the outcome of the item that they repeat. */
function follow({ followers }: Plan, results: Results): void {
	for (const { item, origin, duplicates } of followers) {
		const outcome = results.get(origin);
		if (outcome === undefined) continue;
		if ('error' in outcome) results.set(item, outcome);
		else {
			const [shared] = outcome.output;
			results.set(item, { output: [{ ...shared, recipients: 0, duplicateRecipients: duplicates }] });
		}
	}
}

/** Resolves when the work is done, or some time after the execution was cancelled. */
async function untilCancelled(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
	if (!signal) return await work;
	const cancelled = new Promise<void>((resolve) => {
		const stop = () => void sleep(CANCEL_GRACE_MS).then(resolve);
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
	await Promise.race([work, cancelled]);
}

/**
 * Runs every input item through the operation chosen for it. Items that differ only in recipients share calls where the
 * operation allows it, calls run side by side, and each output item is paired with its input item. A cancelled execution
 * ends with what was done until then.
 *
 * @throws NodeApiError or NodeOperationError of the first failed item, unless "On Error" is set to continue
 */
export async function runItems(
	context: IExecuteFunctions,
	catalogue: Catalogue,
): Promise<INodeExecutionData[][]> {
	const client = await createClient(context);
	const reader = createFormReader(context);
	const memo = memoOf(context);
	const results = startResults(context, memo, context.getInputData().length);
	const tools = { context, catalogue, client, reader, memo, results };
	const options = optionsOf(tools);
	const planned = await plan(tools, options);
	const { concurrency } = options;
	const work = runCalls(planned.calls, { client, concurrency, results });
	await untilCancelled(work, context.getExecutionCancelSignal());
	follow(planned, results);
	return [results.output()];
}

/** @throws NodeOperationError when the options cannot be read: they are the same for all items */
function optionsOf({ context, reader, catalogue }: Tools): RunOptions {
	try {
		return readRunOptions(reader, operationOf(reader, catalogue, 0));
	} catch (error) {
		throw nodeErrorOf(context.getNode(), error as Error, 0);
	}
}
