import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { combineTargets } from '../../nodes/NativeMsg/message/combineTargets';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import type { Outcome } from '../../nodes/operations/outcome';
import { earlierTriesOf } from '../../nodes/operations/run/earlierTries';
import { createGivingUp } from '../../nodes/operations/run/givingUp';
import type { PreparedItem } from '../../nodes/operations/run/plan';
import { createPlan } from '../../nodes/operations/run/plan';
import { startResults } from '../../nodes/operations/run/results';
import { correctLoans, runPlan } from '../../nodes/operations/run/runPlan';
import type { ApiClient } from '../../nodes/transport/client';
import { RequestError } from '../../nodes/transport/errors';

/** A message of one input item. */
export interface Item {
	text: string;
	/** Phones, as digits. */
	people: string[];
	/** What became of it in an earlier try. */
	done?: Outcome;
}

interface Body {
	text: string;
	targets: Array<{ phones: string[] }>;
}

/** How a stand-in for the service fails a request; undefined if it accepts it. */
export type Failing = (people: string[], text: string) => Error | undefined;

const node = { name: 'NativeMsg', type: 'nativeMsg' } as INode;
const operation = { endpoint: 'POST /messages', combine: combineTargets } as unknown as AnyOperation;

const prepared = ({ text, people }: Item, itemIndex: number): PreparedItem => {
	const targets = [{ targetType: 'phones', phones: people, channelId: 601 }];
	return { itemIndex, operation, request: { body: { text, targets } } } as unknown as PreparedItem;
};

export const hello = (...people: string[]): Item => ({ text: 'Hello', people });

export const refusal = (status = 422, message = 'No') => new RequestError(message, '', status);

export const noConnection = (message: string) =>
	Object.assign(new RequestError(message, 'Check the URL.'), { isUnreachable: true });

/** Refuses each request that has one of these people. */
export const refusing =
	(...bad: string[]): Failing =>
	(people) =>
		people.some((person) => bad.includes(person)) ? refusal() : undefined;

interface Settings {
	/** Undefined when items aren't combined. */
	recipientsPerCall?: number;
	continues?: boolean;
	concurrency?: number;
	/** What the try before left in the node's context, and this one leaves there. */
	kept?: IDataObject;
	/** Awaited before the service receives a request. */
	hold?: (people: string[], text: string) => Promise<void> | void;
}

/** Runs items against a stand-in for the service. */
export async function runMessages(items: Item[], failureOf: Failing, settings: Settings = {}) {
	const { continues = true, concurrency = 1, kept = {}, hold } = settings;
	const recipientsPerCall = 'recipientsPerCall' in settings ? settings.recipientsPerCall : 500;
	const delivered: string[] = [];
	const calls: string[][] = [];
	const call = async (_endpoint: string, { body }: { body: Body }) => {
		const people = body.targets.flatMap(({ phones }) => phones);
		calls.push(people);
		await hold?.(people, body.text);
		const failure = failureOf(people, body.text);
		if (failure) throw failure;
		delivered.push(...people.map((person) => `${body.text} to ${person}`));
		return { requestId: `request ${calls.length}` };
	};
	const context = {
		getNode: () => node,
		getContext: () => kept,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => continues,
		logger: { info: () => {} },
	} as unknown as IExecuteFunctions;
	const tries = earlierTriesOf(context);
	const results = startResults(context, tries, items.length);
	const plan = createPlan(recipientsPerCall);
	const before = items.map(({ done }, itemIndex) => done ?? tries.recall(itemIndex));
	const left = items.map((item, itemIndex) => {
		const done = before[itemIndex];
		if (!done) return prepared(item, itemIndex);
		results.recall(itemIndex, done);
		return plan.add(prepared(item, itemIndex), done);
	});
	for (const item of left) if (item) plan.add(item);
	const client = { call, service: 'nativeMsg' } as unknown as ApiClient;
	const givingUp = createGivingUp('nativeMsg');
	await runPlan(plan, { client, concurrency, results, recipientsPerCall, givingUp });
	correctLoans(plan, results);
	results.keep();
	return { delivered, calls, outcomes: items.map((_, itemIndex) => results.get(itemIndex)) };
}
