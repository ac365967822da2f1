import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { combineTargets } from '../../nodes/NativeMsg/message/combineTargets';
import type { AnyOperation, SettleRun } from '../../nodes/operations/defineOperation';
import type { Outcome } from '../../nodes/operations/outcome';
import { earlierTriesOf } from '../../nodes/operations/run/earlierTries';
import { createPlan } from '../../nodes/operations/run/plan';
import { startResults } from '../../nodes/operations/run/results';
import { sendAll } from '../../nodes/operations/run/sendAll';
import type { Tools } from '../../nodes/operations/run/tools';
import { RequestError } from '../../nodes/transport/errors';
import { useHandTime } from '../support/handSleep';

useHandTime();

interface Run {
	/** One text for each item. */
	texts: string[];
	operation?: object;
	/** Whether items with one text share a request. */
	isCombined?: boolean;
	broadcast?: object;
	/** What is entered under Broadcast. */
	entered?: object;
	question?: object;
	/** Fails the link workflow with this. */
	shareFails?: string;
	/** Called with each request. */
	onCall?: (abort: () => void) => Promise<void> | void;
}

/** Sends a text to one phone for each item; the service refuses the text "bad". */
async function run(given: Run) {
	const { texts, isCombined = false, broadcast = {}, entered = {}, question, onCall } = given;
	const operation = {
		endpoint: 'POST /messages',
		combine: combineTargets,
		addressee: (subject: string) => subject,
		...given.operation,
	} as unknown as AnyOperation;
	const plan = createPlan(isCombined ? 500 : undefined);
	for (const [itemIndex, text] of texts.entries()) {
		const targets = [{ targetType: 'phones', phones: [String(itemIndex)], channelId: 601 }];
		plan.add({ itemIndex, operation, request: { body: { text, targets } }, question } as never);
	}
	const controller = new AbortController();
	const log: string[] = [];
	const hints: string[] = [];
	const context = {
		getNode: () => ({ name: 'NativeMsg', type: 'nativeMsg' }) as INode,
		getContext: () => ({}) as IDataObject,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getExecutionCancelSignal: () => controller.signal,
		getInputData: () => texts.map(() => ({})),
		continueOnFail: () => true,
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		logger: { info: () => {}, warn: (message: string) => log.push(message) },
	} as unknown as IExecuteFunctions;
	const results = startResults(context, earlierTriesOf(context), texts.length);
	const sent: string[] = [];
	const call = async (_endpoint: string, { body }: { body: { text: string } }) => {
		sent.push(body.text);
		await onCall?.(() => controller.abort());
		if (body.text === 'bad') throw new RequestError('No', '', 422);
		return { requestId: `r${sent.length}` };
	};
	const asked: unknown[] = [];
	const asking = {
		share(_question: unknown, recipients: string[]) {
			asked.push(recipients);
			return Promise.resolve(given.shareFails);
		},
		wait(_question: unknown, output: IDataObject) {
			asked.push(output);
			return Promise.resolve();
		},
	};
	const options = { entered: {}, broadcast, concurrency: 1, recipientsPerCall: isCombined ? 500 : undefined };
	const reader = { get: () => entered };
	const client = { call, service: 'nativeMsg' };
	const tools = { context, client, results, operation, options, reader, asking, startedAt: Date.now() };
	const told = await sendAll(plan, tools as unknown as Tools);
	const outcomes = texts.map((_text, itemIndex) => results.get(itemIndex));
	return { told, sent, outcomes, hints, log, asked };
}

const outputs = (outcomes: Array<Outcome | undefined>) =>
	outcomes.map((outcome) => outcome && ('output' in outcome ? outcome.output : outcome.error.message));

test('a run beyond a limit of the user fails for every item, and nothing is sent', async () => {
	for (const isCombined of [true, false]) {
		const { sent, outcomes, told } = await run({
			texts: ['a', 'a', 'b'],
			isCombined,
			broadcast: { maxRecipients: 2 },
			entered: { maxRecipients: 2 },
		});
		expect([sent, told]).toEqual([[], []]);
		for (const outcome of outcomes) {
			expect(outcome).toMatchObject({
				error: {
					message: 'This run has 3 recipients, but Recipients at Most is 2, so nothing was sent',
					description:
						'Check the items that came in. If they are right, raise the limit under Broadcast, or send them in several runs.',
				},
			});
		}
	}
});

describe('the effect of what was sent', () => {
	/** An operation that writes down what it settles. */
	const settling = () => {
		const settled: Array<Omit<SettleRun, 'client' | 'results'>> = [];
		const settle = ({ client: _client, results: _results, ...others }: SettleRun) => {
			others.addHint('Settled');
			settled.push(others);
			return Promise.resolve();
		};
		return { settled, operation: { settle } };
	};

	test('is waited for, for each item that was sent, with its request', async () => {
		const { settled, operation } = settling();
		const { hints } = await run({ texts: ['a', 'bad', 'b'], operation });
		expect(settled).toMatchObject([
			{
				options: {},
				concurrency: 1,
				sent: [
					{ itemIndex: 0, output: { requestId: 'r1' }, request: { body: { text: 'a' } } },
					{ itemIndex: 2, output: { requestId: 'r3' }, request: { body: { text: 'b' } } },
				],
			},
		]);
		expect(hints).toEqual(['Settled']);
	});

	test('is waited for without a request where items share one, and not for skipped or held items', async () => {
		const { settled, operation } = settling();
		const output = ({ requestId }: IDataObject) =>
			({ r1: { requestId }, r2: { skippedReason: 'has it' }, r3: { held: true } })[requestId as string];
		await run({ texts: ['a', 'b', 'c'], operation: { ...operation, output }, isCombined: true });
		expect(settled[0].sent.map(({ itemIndex, request }) => [itemIndex, request])).toEqual([[0, undefined]]);
	});

	test('is not waited for once the run is canceled', async () => {
		const { settled, operation } = settling();
		const { sent } = await run({ texts: ['a', 'b'], operation, onCall: (abort) => abort() });
		expect([sent, settled]).toEqual([['a'], []]);
	});
});

test('a canceled run gives up what is in flight a moment later', async () => {
	const { outcomes } = await run({
		texts: ['a', 'b'],
		onCall(abort) {
			abort();
			return new Promise(() => {});
		},
	});
	expect(outputs(outcomes)).toEqual([expect.stringContaining('the execution was canceled'), undefined]);
});

describe('a run with settings under Broadcast', () => {
	test('is summed up in a hint, and in the last output if the user wants that', async () => {
		const plain = await run({ texts: ['a', 'b', 'bad'] });
		expect(plain.told).toEqual([]);
		const { told, outcomes } = await run({
			texts: ['a', 'b', 'bad'],
			broadcast: { summary: true },
			entered: { summary: true },
		});
		expect(told).toEqual(['This run: 2 sent, 0 unknown, 1 failed (1: No).']);
		const [first, second, third] = outputs(outcomes);
		expect(first).toMatchObject([{ requestId: 'r1' }]);
		expect((first as IDataObject[])[0]).not.toHaveProperty('summary');
		expect(second).toMatchObject([{ requestId: 'r2', summary: { sent: 2, failed: 1, messages: 2 } }]);
		expect(third).toBe('No');
		const silent = await run({
			texts: ['a'],
			entered: { maxRecipients: 5 },
			broadcast: { maxRecipients: 5 },
		});
		expect((outputs(silent.outcomes)[0] as IDataObject[])[0]).not.toHaveProperty('summary');
		const failed = await run({ texts: ['bad'], broadcast: { summary: true }, entered: { summary: true } });
		expect(failed.told).toEqual(['This run: 0 sent, 0 unknown, 1 failed (1: No).']);
	});

	test('says that a limit of SMS parts has no effect', async () => {
		const { told } = await run({ texts: ['a'], broadcast: { maxParts: 3 } });
		expect(told).toEqual([expect.stringContaining('<b>SMS Parts at Most</b> has no effect')]);
	});
});

describe('a question', () => {
	const question = { title: 'Please' };

	test('puts the execution to wait once it was sent, with who was asked', async () => {
		const { asked, told, log } = await run({ texts: ['a'], question });
		expect(asked).toEqual([['phones 0'], expect.objectContaining({ requestId: 'r1' })]);
		expect([told, log]).toEqual([[], []]);
	});

	test('is asked in spite of a link workflow that fails, which is said', async () => {
		const { asked, told, log } = await run({ texts: ['a'], question, shareFails: 'It failed' });
		expect(asked).toHaveLength(2);
		expect([told, log]).toEqual([['It failed'], ['NativeMsg: It failed']]);
	});

	test.each<[what: string, given: Partial<Run>]>([
		['was refused', { texts: ['bad'] }],
		['was skipped', { operation: { output: () => ({ skippedReason: 'has it' }) } }],
		['was canceled', { onCall: (abort) => abort() }],
		['is none', { question: undefined }],
	])('is not waited for if it %s', async (_what, given) => {
		expect((await run({ texts: ['a'], question, ...given })).asked).toEqual([]);
	});

	test('is not waited for if there is no item', async () => {
		expect((await run({ texts: [], question })).asked).toEqual([]);
	});
});
