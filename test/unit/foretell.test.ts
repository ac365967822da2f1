import type { IExecuteFunctions } from 'n8n-workflow';
import { combineTargets } from '../../nodes/NativeMsg/message/combineTargets';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import { askFor, foretell } from '../../nodes/operations/run/foretell';
import { createPlan } from '../../nodes/operations/run/plan';
import { keysInMemory } from '../support/keysInMemory';

/** Asks for recipients, with what n8n keeps and what a running execution holds. */
async function ask(recipients: string[], keptBefore: string[], held: string[] = []) {
	const { keys, list, live, checks } = keysInMemory(...keptBefore);
	for (const recipient of held) live.add(recipient);
	const states = await askFor(keys, recipients);
	expect([...list]).toEqual(keptBefore);
	return { states: Object.fromEntries(states), asked: checks.map(({ length }) => length) };
}

test('recipients are told apart by their keys, and what is kept stays the same', async () => {
	const { states } = await ask(
		['new', 'sent', 'unknown', 'elsewhere'],
		['c:sent', 'c:unknown', 'o:unknown', 'c:elsewhere', 'o:elsewhere'],
		['elsewhere', 'sent'],
	);
	expect(states).toEqual({ sent: 'sentBefore', unknown: 'unknown', elsewhere: 'elsewhere' });
});

test('at most 250 recipients are checked at a time, each of them once', async () => {
	const recipients = Array.from({ length: 501 }, (_, index) => `r${index}`);
	const { states, asked } = await ask(recipients, ['c:r0', 'c:r250', 'c:r500']);
	expect(asked).toEqual([500, 500, 2]);
	expect(states).toEqual({ r0: 'sentBefore', r250: 'sentBefore', r500: 'sentBefore' });
	expect((await ask([], [])).asked).toEqual([]);
});

/** What is foretold of items to phones, each with a broadcast name or none, of what n8n keeps. */
async function foretold(items: Array<[name: string | undefined, phones: string[]]>, kept: string[] = []) {
	const { keys } = keysInMemory(...kept);
	const operation = { endpoint: 'POST /messages', combine: combineTargets, addressee: String };
	const plan = createPlan(undefined);
	for (const [itemIndex, [broadcastName, phones]] of items.entries()) {
		const targets = [{ targetType: 'phones', phones, channelId: 601 }];
		const request = { body: { text: 'Hi', targets } };
		plan.add({ itemIndex, operation: operation as unknown as AnyOperation, request, broadcastName } as never);
	}
	const asked: string[][] = [];
	const context = {
		getWorkflow: () => ({ id: expect.getState().currentTestName }),
		getNode: () => ({ id: 'node' }),
		helpers: {
			async checkProcessedAndRecord(list: string[]) {
				asked.push(list);
				return { new: [...(await keys.record(list))] };
			},
			removeProcessed: keys.remove,
		},
	};
	const counts = await foretell(context as unknown as IExecuteFunctions, plan);
	return { counts: counts && Object.fromEntries(counts), asked };
}

const keyOf = (phone: string) => JSON.stringify(['sale', `phones ${phone}`]);

test('of each item with a broadcast name, recipients who have the message and who may have it are counted', async () => {
	const kept = ['c:1', 'c:2', 'c:3', 'o:3'].map((key) => key.replace(/\d/, keyOf));
	const { counts, asked } = await foretold(
		[
			['sale', ['1', '2', '3', '4']],
			[undefined, ['1']],
			['sale', ['4', '3']],
			['news', ['1']],
		],
		kept,
	);
	expect(counts).toEqual({
		0: { alreadySentCount: 2, unknownCount: 1 },
		2: { alreadySentCount: 0, unknownCount: 1 },
		3: { alreadySentCount: 0, unknownCount: 0 },
	});
	expect(asked.map(({ length }) => length)).toEqual([10]);
});

test('nothing is foretold without a broadcast name', async () => {
	expect(await foretold([[undefined, ['1']]])).toEqual({ counts: undefined, asked: [] });
});
