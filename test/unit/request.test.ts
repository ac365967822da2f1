import type { AnyOperation } from '../../nodes/operations/defineOperation';
import { newBroadcast } from '../../nodes/operations/run/broadcast';
import type { Call, Share } from '../../nodes/operations/run/plan';
import type { RequestRun } from '../../nodes/operations/run/request';
import { request } from '../../nodes/operations/run/request';
import { NotSentError, RequestError, UnknownOutcomeError } from '../../nodes/transport/errors';

const recipient = (name: string) => ({ subject: name, identity: `to ${name}`, value: name });

const combining = {
	endpoint: 'POST /messages',
	addressee: String,
	remedies: { 404: 'Look' },
	combine: {
		recipients: (people: string[]) => people.map(recipient),
		withRecipients: (_request: unknown, recipients: Array<{ subject: string }>) =>
			recipients.map(({ subject }) => subject),
		share: ({ id }: { id: number }, recipients: unknown[]) => ({ id, shared: recipients.length }),
	},
} as unknown as AnyOperation;

/** An item with its own recipients. */
const shareOf = (itemIndex: number, names: string[], others: object = {}, duplicates = 0) =>
	({
		item: { itemIndex, operation: combining, ...others },
		recipients: names.map(recipient),
		duplicates,
	}) as unknown as Share;

/** A combined call for these items. */
function callFor(shares: Share[], hasLoans = false): Call {
	const broadcast = { ...newBroadcast(), hasLoans };
	return {
		operation: combining,
		request: {},
		shares,
		size: 0,
		broadcast,
		after: new Set(),
	} as unknown as Call;
}

const plain = (operation: object, item: object = {}): Call =>
	({
		operation: { endpoint: 'GET /bots', ...operation },
		request: ['Ann', 'Bob'],
		shares: [{ item: { itemIndex: 0, ...item }, recipients: [], duplicates: 0 }],
	}) as unknown as Call;

/** Sends a call, with what the service answers, and records what is noted. */
async function send(
	call: Call,
	answer: object | Error = { id: 7, more: true },
	tools: Partial<RequestRun> = {},
	shares = call.shares,
) {
	const log: string[] = [];
	const outcomes: Record<number, object> = {};
	const note = (how: string) => (itemIndex: number, outcome?: object) => {
		log.push(`${how} ${itemIndex}`);
		if (outcome) outcomes[itemIndex] = outcome;
	};
	const client = {
		call(_endpoint: string, wire: unknown) {
			log.push(`call ${JSON.stringify(wire)}`);
			return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
		},
	};
	const results = {
		isOver: () => false,
		...Object.fromEntries(['set', 'remember', 'note', 'begin', 'withdraw'].map((how) => [how, note(how)])),
	};
	const failures: unknown[] = [];
	const givingUp = { note: (error: unknown) => failures.push(error), reason: () => undefined };
	const run = { client, results, givingUp, upcoming: () => [], ...tools } as unknown as RequestRun;
	const refusal = await request(call, shares, run);
	return { log, outcomes, refusal, failures };
}

/** A stand-in for the claims, which writes down what it is told. */
function claims(kept = (shares: Share[]) => shares) {
	const told: string[] = [];
	const indexes = (shares: Share[]) => shares.map(({ item }) => item.itemIndex).join();
	const note = (what: string) => (shares: Share[]) => void told.push(`${what} ${indexes(shares)}`);
	const once = {
		secure(_call: Call, shares: Share[], upcoming: () => Iterable<Call>) {
			told.push(`secure ${indexes(shares)} before ${[...upcoming()].length}`);
			return Promise.resolve(kept(shares));
		},
		...Object.fromEntries(
			['begin', 'withdraw', 'sent', 'unknown', 'release'].map((what) => [what, note(what)]),
		),
		note: (share: Share, outcome: object) =>
			told.push(`note ${share.item.itemIndex} ${Object.keys(outcome).join()}`),
	};
	return { once: once as unknown as RequestRun['once'], told };
}

describe('the output of an item', () => {
	test('is its share of the response if several are sent together', async () => {
		const shares = [shareOf(0, ['Ann']), shareOf(1, ['Bob', 'Cem'], {}, 2)];
		const { outcomes, log, failures } = await send(callFor(shares));
		const counts = { requestItemCount: 2, recipientCount: 1, duplicateCount: 0 };
		expect(outcomes).toEqual({
			0: { output: [{ id: 7, shared: 1, ...counts }], served: undefined },
			1: {
				output: [{ id: 7, shared: 2, ...counts, recipientCount: 2, duplicateCount: 2 }],
				served: ['to Bob', 'to Cem'],
			},
		});
		expect(log).toEqual(['begin 0', 'begin 1', 'call ["Ann","Bob","Cem"]', 'remember 0', 'remember 1']);
		expect(failures).toEqual([undefined]);
		expect(shares.map(({ isTaken }) => isTaken)).toEqual([true, true]);
	});

	test('adds to what an earlier request for the item did', async () => {
		const earlier = { output: { id: 5, recipientCount: 3 }, served: ['to Dee'], duplicates: 1 };
		const cost = { parts: 2, output: { smsParts: 2 } };
		const { outcomes } = await send(callFor([shareOf(0, ['Ann'], { earlier, cost }, 1)]));
		expect(outcomes[0]).toEqual({
			output: [{ id: 5, more: true, requestItemCount: 1, recipientCount: 4, duplicateCount: 2, smsParts: 2 }],
			served: ['to Dee', 'to Ann'],
		});
		const before = { output: undefined, served: [], duplicates: 0 };
		const { outcomes: again } = await send(callFor([shareOf(0, ['Ann'], { earlier: before })]));
		expect(again[0]).toMatchObject({
			output: [{ recipientCount: 1, duplicateCount: 0 }],
			served: ['to Ann'],
		});
	});

	test('counts the recipients of a request that is not combined', async () => {
		const { outcomes, log } = await send(plain({ ...combining }));
		expect(outcomes[0]).toMatchObject({ output: [{ id: 7, more: true, recipientCount: 2 }] });
		expect(log[1]).toBe('call ["Ann","Bob"]');
	});

	test('is the whole list, a part of it, or its simplified records', async () => {
		const list = [
			{ id: 1, name: 'A' },
			{ id: 2, name: 'B' },
		];
		const simplify = ({ id }: { id: number }) => [{ id }, { copy: id }];
		const outputOf = async (item: object) => (await send(plain({ simplify }, item), list)).outcomes[0];
		expect(await outputOf({})).toEqual({ output: list });
		expect(await outputOf({ limit: 1 })).toEqual({ output: [list[0]] });
		expect(await outputOf({ isSimplified: true, limit: 1 })).toEqual({ output: [{ id: 1 }, { copy: 1 }] });
		const cost = { parts: 1, output: { smsParts: 1 } };
		expect(await outputOf({ cost, limit: 1 })).toEqual({ output: [{ ...list[0], smsParts: 1 }] });
	});

	test('is its part of a request that is sent as a whole', async () => {
		const operation = {
			endpoint: 'PUT /bots/{bot_id}',
			gather: {
				join: (parts: string[]) => parts.join('+'),
				share: (bot: object, part: string, count: number) => ({ ...bot, part, count }),
			},
		};
		const shares = ['a', 'b'].map((part, itemIndex) => ({ item: { itemIndex }, part, recipients: [] }));
		const { outcomes, log } = await send({ ...plain(operation), shares } as unknown as Call);
		expect(log).toContain('call "a+b"');
		expect(outcomes).toMatchObject({
			0: { output: [{ id: 7, part: 'a', count: 2 }] },
			1: { output: [{ id: 7, part: 'b', count: 2 }] },
		});
	});

	test('of a read is not remembered, and nothing is in flight', async () => {
		expect((await send(plain({}), [])).log).toEqual(['call ["Ann","Bob"]', 'set 0']);
		expect((await send(plain({ endpoint: 'DELETE /bots/{bot_id}' }), [])).log).toEqual([
			'begin 0',
			'call ["Ann","Bob"]',
			'remember 0',
		]);
	});
});

describe('what is known about the recipients of a broadcast', () => {
	test.each<[answer: object, served: string[], inDoubt: string[]]>([
		[{ id: 7 }, ['to Ann', 'to Bob'], []],
		[new Error('Down'), [], []],
		[new UnknownOutcomeError('Lost', ''), [], ['to Ann', 'to Bob']],
	])('after %j: served %j, in doubt %j', async (answer, served, inDoubt) => {
		const call = callFor([shareOf(0, ['Ann', 'Bob'])], true);
		await send(call, answer);
		expect([...call.broadcast!.served]).toEqual(served);
		expect([...call.broadcast!.inDoubt.keys()]).toEqual(inDoubt);
		expect([...call.broadcast!.inDoubt.values()]).toEqual(inDoubt.map(() => 0));
		const without = callFor([shareOf(0, ['Ann', 'Bob'])]);
		await send(without, answer);
		expect([without.broadcast!.served.size, without.broadcast!.inDoubt.size]).toEqual([0, 0]);
	});

	test.each<[answer: object, broadcast: object]>([
		[{ id: 7 }, { isProven: true, wasAccepted: true, sameRefusals: 0 }],
		[new Error('Down'), { isProven: true, wasAccepted: false, sameRefusals: 0 }],
		[new RequestError('No', '', 422), { isProven: false, wasAccepted: false, sameRefusals: 1 }],
		[new RequestError('No', '', 402), { isProven: true, wasAccepted: false, sameRefusals: 0 }],
	])('after %j: %j', async (answer, broadcast) => {
		const call = callFor([shareOf(0, ['Ann'])]);
		await send(call, answer);
		expect(call.broadcast).toMatchObject(broadcast);
	});
});

describe('a refused request', () => {
	const refusal = () => new RequestError('Gone', (special) => special?.[404] ?? 'Wait', 404);

	test('for several items is tried again in parts, so none of them has an outcome', async () => {
		const shares = [shareOf(0, ['Ann']), shareOf(1, ['Bob'])];
		const { once, told } = claims();
		const error = refusal();
		const { outcomes, refusal: returned, failures } = await send(callFor(shares), error, { once });
		expect(returned).toBe(error);
		expect(failures).toEqual([error]);
		expect(outcomes).toEqual({});
		expect(shares.map(({ isTaken }) => isTaken)).toEqual([false, false]);
		expect(told).toEqual(['secure 0,1 before 0', 'begin 0,1', 'withdraw 0,1']);
	});

	test('for one item is its outcome, with the advice of the operation', async () => {
		const { once, told } = claims();
		const { outcomes, refusal: returned } = await send(callFor([shareOf(0, ['Ann'])]), refusal());
		expect(returned).toBeUndefined();
		expect(outcomes[0]).toMatchObject({ error: { message: 'Gone', description: 'Look' } });
		await send(callFor([shareOf(0, ['Ann'])]), refusal(), { once });
		expect(told.slice(2)).toEqual(['release 0', 'note 0 error']);
	});
});

describe('with a broadcast name', () => {
	test.each<[answer: object, end: string[]]>([
		[{ id: 7 }, ['sent 0', 'note 0 output,served']],
		[new UnknownOutcomeError('Lost', ''), ['unknown 0', 'note 0 error']],
		[new Error('Down'), ['release 0', 'note 0 error']],
	])('the claims are told what became of the request: %j', async (answer, end) => {
		const { once, told } = claims();
		const upcoming = () => [callFor([]), callFor([])];
		const { log } = await send(callFor([shareOf(0, ['Ann'])]), answer, { once, upcoming });
		expect(told).toEqual(['secure 0 before 2', 'begin 0', ...end]);
		expect(log).toEqual(['begin 0', 'call ["Ann"]']);
	});

	test('nothing is sent if no one is left, or if it could not be stored', async () => {
		const nobody = await send(callFor([shareOf(0, ['Ann'])]), {}, { once: claims(() => []).once });
		expect(nobody.log).toEqual([]);
		const error = new NotSentError('Locked');
		const failing = claims(() => {
			throw error;
		});
		const { log, outcomes } = await send(callFor([shareOf(0, ['Ann'])]), {}, { once: failing.once });
		expect(log).toEqual(['remember 0']);
		expect(outcomes[0]).toEqual({ error });
	});
});

describe('at a pace', () => {
	const client = (turns: Array<number | Error>, isDone = true) =>
		({
			takeTurn: () =>
				isDone ? Promise.resolve((pause: number) => turns.push(pause)) : Promise.reject(new Error('Over')),
			call: () => Promise.resolve({ id: 7 }),
		}) as unknown as RequestRun['client'];

	test('a request waits for its turn, and the next turn follows after its messages', async () => {
		const pauses: number[] = [];
		const { once, told } = claims();
		const tools = { client: client(pauses), messagesPerMinute: 60, once, upcoming: () => [callFor([])] };
		await send(callFor([shareOf(0, ['Ann', 'Bob'])]), {}, tools);
		expect(pauses).toEqual([2_000]);
		// Others are not claimed long before their turn.
		expect(told[0]).toBe('secure 0 before 0');
	});

	test('nothing is sent if the run ends before its turn, and a later try may take the items', async () => {
		const shares = [shareOf(0, ['Ann'])];
		const { log } = await send(callFor(shares), {}, { client: client([], false), messagesPerMinute: 60 });
		expect(log).toEqual([]);
		expect(shares[0].isTaken).toBe(false);
		const pauses: number[] = [];
		const results = { isOver: () => true } as unknown as RequestRun['results'];
		await send(callFor(shares), {}, { client: client(pauses), messagesPerMinute: 60, results });
		expect(pauses).toEqual([0]);
	});

	test('what was sent is counted', async () => {
		const tally = { recipients: 5 };
		await send(callFor([shareOf(0, ['Ann', 'Bob'])]), {}, { tally });
		await send(callFor([shareOf(0, ['Ann'])]), new Error('Down'), { tally });
		await send(plain({}), [], { tally });
		expect(tally).toEqual({ recipients: 7 });
	});
});

describe('in quiet hours', () => {
	const quietFor = (...states: Array<Record<number, boolean>>) => {
		let looks = 0;
		return {
			check: ({ itemIndex }: { itemIndex: number }) => {
				const state = states[Math.min(looks, states.length - 1)][itemIndex];
				if (itemIndex === 1) looks++;
				if (state === undefined) throw new NotSentError('No time suits all');
				return state ? { held: true } : undefined;
			},
			outcomeOf: (_item: object, held: object) => ({ output: [held] }),
		} as unknown as RequestRun['quiet'];
	};
	const guarded = (log: unknown[]) =>
		({
			guarded: (check: () => void) => ({
				call: (_endpoint: string, wire: unknown) => {
					check();
					log.push(wire);
					return Promise.resolve({ id: 7 });
				},
			}),
		}) as unknown as RequestRun['client'];

	test('items are held, and the others are sent', async () => {
		const sent: unknown[] = [];
		const shares = [shareOf(0, ['Ann']), shareOf(1, ['Bob']), shareOf(2, ['Cem'])];
		const quiet = quietFor({ 0: true, 1: false });
		const { outcomes } = await send(callFor(shares), {}, { quiet, client: guarded(sent) });
		expect(sent).toEqual([['Bob']]);
		expect(outcomes).toMatchObject({
			0: { output: [{ held: true }] },
			1: { output: [{ id: 7 }] },
			2: { error: { message: 'No time suits all' } },
		});
	});

	test('an item whose quiet hours begin while its request waits is held after all', async () => {
		const sent: unknown[] = [];
		const shares = [shareOf(0, ['Ann']), shareOf(1, ['Bob'])];
		const { once, told } = claims();
		const quiet = quietFor({ 0: false, 1: false }, { 0: false, 1: true });
		const call = callFor(shares, true);
		const { log, outcomes } = await send(call, {}, { quiet, once, client: guarded(sent) });
		expect(sent).toEqual([['Ann']]);
		expect(log).toEqual(['begin 0', 'begin 1', 'withdraw 0', 'withdraw 1', 'note 1', 'begin 0']);
		expect(outcomes[1]).toEqual({ output: [{ held: true }] });
		expect(told).toContain('release 0,1');
		expect([...call.broadcast!.served]).toEqual(['to Ann']);
		expect(call.broadcast!.inDoubt.size).toBe(0);
	});
});
