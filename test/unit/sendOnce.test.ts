import type { IExecuteFunctions } from 'n8n-workflow';
import { combineTargets } from '../../nodes/NativeMsg/message/combineTargets';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import type { Outcome } from '../../nodes/operations/outcome';
import { PartlyServedError } from '../../nodes/operations/outcome';
import { createPlan } from '../../nodes/operations/run/plan';
import type { Results } from '../../nodes/operations/run/results';
import { namesIn, startSendOnce } from '../../nodes/operations/run/sendOnce';
import { NotSentError, UnknownOutcomeError } from '../../nodes/transport/errors';
import { useHandTime } from '../support/handSleep';
import { keysInMemory } from '../support/keysInMemory';

useHandTime();

const operation = {
	endpoint: 'POST /messages',
	combine: combineTargets,
	addressee: (subject: string) => subject,
	output: () => ({ requestId: null }),
} as unknown as AnyOperation;

/** The keys that n8n keeps for the recipients of a broadcast name. */
const keyOf = (phone: string, name = 'sale') => JSON.stringify([name, `phones ${phone}`]);
const claimed = (...phones: string[]) => phones.map((phone) => `c:${keyOf(phone)}`);
const open = (...phones: string[]) => phones.map((phone) => `o:${keyOf(phone)}`);

interface Item {
	phones: string[];
	/** The broadcast name; none if null. */
	name?: string | null;
	text?: string;
}

interface Given {
	items: Item[];
	/** What n8n keeps for the node. */
	kept?: string[];
	cap?: number;
	isCombined?: boolean;
	/** Whether the operation messages people. */
	isMessage?: boolean;
	/** Whether the run ends while recipients are claimed. */
	endsEarly?: boolean;
}

/** Distinct, because executions of one node share their claims. */
let workflows = 0;

/** Plans items, and starts to send each recipient one message per name. */
function start(given: Given) {
	const { items, kept = [], cap = 100, isCombined = true, isMessage = true, endsEarly = false } = given;
	const plan = createPlan(isCombined ? 500 : undefined);
	for (const [itemIndex, { phones, name = 'sale', text = 'Hi' }] of items.entries()) {
		const targets = [{ targetType: 'phones', phones, channelId: 601 }];
		const broadcastName = name ?? undefined;
		plan.add({ itemIndex, operation, request: { body: { text, targets } }, broadcastName } as never);
	}
	const memory = keysInMemory(...kept);
	const database = { fails: false };
	const marks: string[][] = [];
	const log: string[] = [];
	const id = `workflow ${workflows++}`;
	const stored = async <T>(work: () => Promise<T>) => {
		if (database.fails) throw new Error('The disk is full');
		return await work();
	};
	const context = {
		customData: { set: (name: string, value: string) => marks.push([name, value]) },
		getExecutionCancelSignal: () => undefined,
		getWorkflow: () => ({ id }),
		getNode: () => ({ id: 'node' }),
		helpers: {
			checkProcessedAndRecord: (keys: string[]) =>
				stored(async () => ({ new: [...(await memory.keys.record(keys))], processed: [] })),
			removeProcessed: (keys: string[]) => stored(() => memory.keys.remove(keys)),
			getProcessedDataCount: () => stored(() => memory.keys.count()),
		},
		logger: { warn: (message: string) => log.push(message) },
	};
	const outcomes: Array<[how: string, itemIndex: number, outcome: Outcome]> = [];
	const noting = (how: string) => (itemIndex: number, outcome: Outcome) =>
		outcomes.push([how, itemIndex, outcome]);
	const results = {
		set: noting('set'),
		note: noting('note'),
		remember: noting('remember'),
		isOver: () => endsEarly,
	} as unknown as Results;
	const claimRules = isMessage ? { claimsUnknown: false, cap } : undefined;
	const startIn = (other: object = context) =>
		startSendOnce(
			other as IExecuteFunctions,
			plan,
			{ claimRules, concurrency: 5, broadcast: { summary: false }, entered: {} },
			results,
		);
	const once = startIn();
	const [call] = plan.calls;
	/** Claims the recipients of a call. */
	const secure = (one = call, upcoming = () => [] as typeof plan.calls) =>
		once!.secure(one, one.shares, upcoming);
	return { plan, memory, database, marks, log, outcomes, once: once!, context, startIn, call, secure };
}

const itemsOf = (shares: Array<{ item: { itemIndex: number } }>) => shares.map(({ item }) => item.itemIndex);
const phonesOf = (shares: Array<{ recipients: Array<{ subject: string }> }>) =>
	shares.map(({ recipients }) => recipients.map(({ subject }) => subject.replace('phones ', '')));

describe('a run', () => {
	test('is marked with its distinct broadcast names, up to the length that n8n keeps', () => {
		const items = ['sale', 'news', 'sale', null].map((name, index) => ({ phones: [String(index)], name }));
		const { marks, plan } = start({ items });
		expect(namesIn(plan)).toEqual(['sale', 'news']);
		expect(marks).toEqual([['broadcastName', 'sale, news']]);
		const long = start({ items: [{ phones: ['1'], name: 'x'.repeat(300) }] });
		expect(long.marks).toEqual([['broadcastName', 'x'.repeat(255)]]);
	});

	test('needs no mark, which older n8n versions do not offer', () => {
		const { context, startIn } = start({ items: [{ phones: ['1'] }] });
		expect(startIn({ ...context, customData: undefined })).toBeDefined();
	});

	test.each<[what: string, given: Partial<Given>]>([
		['has no broadcast name', { items: [{ phones: ['1'], name: null }] }],
		['messages no one', { isMessage: false }],
		['has no items', { items: [] }],
	])('that %s keeps and marks nothing', (_what, given) => {
		const { once, marks } = start({ items: [{ phones: ['1'] }], ...given });
		expect([once, marks]).toEqual([undefined, []]);
	});
});

describe('before a request', () => {
	test('its recipients are claimed, and those of the next ones in the same step', async () => {
		const items = [
			{ phones: ['1', '2'] },
			{ phones: ['3'], text: 'Bye' },
			{ phones: ['4'], name: null, text: 'Bye' },
		];
		const { plan, secure, memory } = start({ items });
		const shares = await secure(plan.calls[0], () => plan.calls.slice(1));
		expect([itemsOf(shares), phonesOf(shares)]).toEqual([[0], [['1', '2']]]);
		expect([...memory.list]).toEqual(
			expect.arrayContaining([...claimed('1', '2', '3'), ...open('1', '2', '3')]),
		);
		expect(memory.checks.flat().filter((key) => key.includes('phones'))).not.toContainEqual(
			expect.stringContaining('phones 4'),
		);
		const checks = memory.checks.length;
		expect(itemsOf(await secure(plan.calls[1]))).toEqual([1]);
		expect(memory.checks).toHaveLength(checks);
	});

	test('an item without a name is sent without a claim', async () => {
		const { secure, memory } = start({
			items: [
				{ phones: ['1'], name: null },
				{ phones: ['2'], text: 'Named' },
			],
		});
		expect(itemsOf(await secure())).toEqual([0]);
		expect(memory.checks).toEqual([]);
	});

	test('recipients who have the message are removed, and the item keeps the others', async () => {
		const items = [{ phones: ['1', '2'] }, { phones: ['3'] }, { phones: ['4'] }];
		const { secure, call, outcomes } = start({ items, kept: claimed('1', '3') });
		const shares = await secure();
		expect([itemsOf(shares), phonesOf(shares)]).toEqual([
			[0, 2],
			[['2'], ['4']],
		]);
		expect(call.size).toBe(2);
		expect(outcomes).toEqual([
			[
				'note',
				1,
				{
					output: [
						expect.objectContaining({
							requestId: null,
							status: 'skipped',
							skippedReason: '"sale" was already sent to phones 3',
							skippedRecipients: ['phones 3'],
						}),
					],
				},
			],
		]);
	});

	test('the request of a single item is left with the others', async () => {
		const { secure, call } = start({
			items: [{ phones: ['1', '2'] }],
			kept: claimed('1'),
			isCombined: false,
		});
		expect(itemsOf(await secure())).toEqual([0]);
		expect(call.request).toMatchObject({ body: { targets: [{ phones: ['2'] }] } });
	});

	test('a recipient named twice in one request gets it once', async () => {
		const items = [{ phones: ['1', '1', '2'] }];
		const { secure, call, once, outcomes } = start({ items, isCombined: false });
		const shares = await secure();
		expect(call.request).toMatchObject({ body: { targets: [{ phones: ['1', '2'] }] } });
		once.note(shares[0], { output: [{ requestId: 'r' }] });
		expect(outcomes).toEqual([
			['remember', 0, { output: [{ requestId: 'r', skippedRecipients: ['phones 1'] }] }],
		]);
	});

	test('an item whose recipients may have the message is unknown, and does not end the run', async () => {
		const { secure, outcomes } = start({
			items: [{ phones: ['1'] }, { phones: ['2'] }],
			kept: [...claimed('1'), ...open('1')],
		});
		expect(itemsOf(await secure())).toEqual([1]);
		const [[how, itemIndex, outcome], ...others] = outcomes;
		expect([how, itemIndex, others]).toEqual(['note', 0, []]);
		expect((outcome as { error: Error }).error).toBeInstanceOf(UnknownOutcomeError);
	});

	test('an item beyond the kept recipients fails', async () => {
		const { secure, outcomes } = start({ items: [{ phones: ['1'] }, { phones: ['2'] }], cap: 1 });
		expect(itemsOf(await secure())).toEqual([0]);
		const [[how, itemIndex, outcome], ...others] = outcomes;
		expect([how, itemIndex, others]).toEqual(['set', 1, []]);
		const { error } = outcome as { error: Error };
		expect(error).toBeInstanceOf(NotSentError);
		expect(error.message).toContain('n8n keeps 1 recipients for this node');
	});

	test('nothing is decided once the run is over', async () => {
		const { secure, outcomes } = start({ items: [{ phones: ['1'] }], endsEarly: true });
		expect([await secure(), outcomes]).toEqual([[], []]);
	});

	test('items that share a recipient with one who was left out know what became of them', async () => {
		const items = [{ phones: ['1', '2', '3', '4'] }, { phones: ['1'] }];
		const given = { items, kept: [...claimed('1', '2'), ...open('2')], cap: 4 };
		const { secure, call } = start(given);
		await secure();
		const { served, inDoubt } = call.broadcast!;
		expect([[...served], [...inDoubt]]).toEqual([['phones 1'], [['phones 2', 0]]]);
		const alone = start({ ...given, items: items.slice(0, 1) });
		await alone.secure();
		const broadcast = alone.call.broadcast!;
		expect([broadcast.served.size, broadcast.inDoubt.size]).toEqual([0, 0]);
	});
});

describe('after a request', () => {
	test('recipients who got the message are kept as such, and skipped from then on', async () => {
		const { secure, once, memory } = start({
			items: [{ phones: ['1', '2'] }, { phones: ['3'], text: 'Bye' }],
		});
		const shares = await secure();
		once.begin(shares);
		once.sent(shares);
		await once.close();
		expect([...memory.list].sort()).toEqual(claimed('1', '2'));
	});

	test('unknown recipients stay open', async () => {
		const { secure, once, memory } = start({ items: [{ phones: ['1'] }] });
		const shares = await secure();
		once.begin(shares);
		once.unknown(shares);
		await once.close();
		expect([...memory.list].sort()).toEqual([...claimed('1'), ...open('1')]);
	});

	test('a request under way at the end leaves its recipients open, a refused one does not', async () => {
		const { secure, once, memory } = start({ items: [{ phones: ['1'] }, { phones: ['2'] }] });
		const [first, second] = await secure();
		once.begin([first, second]);
		once.withdraw([second]);
		await once.close();
		expect([...memory.list].sort()).toEqual([...claimed('1'), ...open('1')]);
	});

	test('released recipients are free, and are claimed again when their item is tried again', async () => {
		const { secure, once, memory } = start({ items: [{ phones: ['1'] }] });
		const shares = await secure();
		once.begin(shares);
		once.release(shares);
		const again = await secure();
		expect(itemsOf(again)).toEqual([0]);
		once.begin(again);
		once.sent(again);
		await once.close();
		expect([...memory.list]).toEqual(claimed('1'));
	});

	test('the outcome of an item from which no one was removed is remembered as it is', async () => {
		const { secure, once, outcomes } = start({ items: [{ phones: ['1'] }] });
		const [share] = await secure();
		const output = { output: [{ requestId: 'r' }] };
		const error = { error: new NotSentError('No') };
		once.note(share, output);
		once.note(share, error);
		expect(outcomes).toEqual([
			['remember', 0, output],
			['remember', 0, error],
		]);
	});

	test('an accepted item lists who was skipped, a refused one does not', async () => {
		const { secure, once, outcomes } = start({ items: [{ phones: ['1', '2'] }], kept: claimed('1') });
		const [share] = await secure();
		const error = { error: new NotSentError('No') };
		once.note(share, { output: [{ requestId: 'r' }, { requestId: 's' }], served: ['phones 2'] });
		once.note(share, error);
		const skippedRecipients = ['phones 1'];
		expect(outcomes).toEqual([
			[
				'remember',
				0,
				{
					output: [
						{ requestId: 'r', skippedRecipients },
						{ requestId: 's', skippedRecipients },
					],
					served: ['phones 2'],
				},
			],
			['remember', 0, error],
		]);
	});

	test('an item fails if others of its recipients may have the message or did not fit', async () => {
		const unknown = start({ items: [{ phones: ['1', '2'] }], kept: [...claimed('1'), ...open('1')] });
		const [share] = await unknown.secure();
		unknown.once.note(share, { output: [{ requestId: 'r' }] });
		const full = start({ items: [{ phones: ['1', '2'] }], cap: 1 });
		const [other] = await full.secure();
		full.once.note(other, { output: [{ requestId: 'r' }] });
		full.once.note(other, { error: new NotSentError('No') });
		const kinds = [...unknown.outcomes, ...full.outcomes].map(([how, itemIndex, outcome]) => [
			how,
			itemIndex,
			(outcome as { error: Error }).error.constructor,
		]);
		expect(kinds).toEqual([
			['note', 0, UnknownOutcomeError],
			['note', 0, PartlyServedError],
			['note', 0, NotSentError],
		]);
	});
});

describe('at the end', () => {
	test('nothing is said while there is room', async () => {
		const { secure, once } = start({ items: [{ phones: ['1'] }] });
		await secure();
		await once.close();
		expect(once.hints()).toEqual([]);
	});

	test('nearly used up room is a hint', async () => {
		const { secure, once } = start({ items: [{ phones: ['1', '2', '3', '4'] }], cap: 5 });
		const shares = await secure();
		once.begin(shares);
		once.sent(shares);
		await once.close();
		expect(once.hints()).toEqual([
			expect.stringContaining('n8n keeps 4 recipients for this node, and Kept Recipients allows 5'),
		]);
	});

	test('what could not be stored is a hint and a warning', async () => {
		const { secure, once, database, log } = start({ items: [{ phones: ['1'] }] });
		const shares = await secure();
		once.begin(shares);
		once.sent(shares);
		database.fails = true;
		await once.close();
		const told =
			"n8n couldn't store who got the last messages (The disk is full). A later run reports their recipients as unknown.";
		expect([once.hints(), log]).toEqual([[told], [told]]);
	});

	test('nothing is said if nothing was sent because nothing could be stored', async () => {
		const { secure, once, database, log } = start({ items: [{ phones: ['1'] }] });
		database.fails = true;
		await expect(secure()).rejects.toThrow('The disk is full');
		await once.close();
		expect([once.hints(), log]).toEqual([[], []]);
	});
});
