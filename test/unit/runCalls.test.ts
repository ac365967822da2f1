import fc from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import type { Outcome } from '../../nodes/operations/outcome';
import { newBroadcast } from '../../nodes/operations/run/broadcast';
import { createGivingUp } from '../../nodes/operations/run/givingUp';
import type { Call } from '../../nodes/operations/run/plan';
import type { Results } from '../../nodes/operations/run/results';
import { runCalls } from '../../nodes/operations/run/runCalls';
import type { ApiClient } from '../../nodes/transport/client';
import { RequestError } from '../../nodes/transport/errors';

const operation = { endpoint: 'POST /messages' } as AnyOperation;

const clientOf = (call: unknown) => ({ call, service: 'nativeMsg' }) as unknown as ApiClient;

/** A call for a single item, which waits for others. */
const callAfter = (after: number[], itemIndex: number): Call => ({
	operation,
	request: { body: itemIndex } as never,
	shares: [{ item: { itemIndex, operation }, recipients: [], duplicates: 0 }],
	size: 0,
	after: new Set(after),
});

function resultsInto(outcomes: Map<number, Outcome>, isOver = () => false): Results {
	return {
		set: (itemIndex: number, outcome: Outcome) => outcomes.set(itemIndex, outcome),
		begin: () => {},
		withdraw: () => {},
		remember: (itemIndex: number, outcome: Outcome) => outcomes.set(itemIndex, outcome),
		isOver,
	} as unknown as Results;
}

interface Run {
	begun: number[];
	peak: number;
	outcomes: Map<number, Outcome>;
}

/** Runs calls, each of which takes this many turns of the event loop. */
async function run(
	calls: Call[],
	turns: number[],
	concurrency: number,
	isOver?: () => boolean,
): Promise<Run> {
	const outcomes = new Map<number, Outcome>();
	const begun: number[] = [];
	let underWay = 0;
	let peak = 0;
	const call = async (_endpoint: string, { body }: { body: number }) => {
		for (const before of calls[body].after) expect([...outcomes.keys()]).toContain(before);
		if (begun.length > 0) expect(outcomes.size).toBeGreaterThan(0);
		begun.push(body);
		peak = Math.max(peak, ++underWay);
		for (let left = turns[body % turns.length]; left > 0; left--) await turn();
		underWay--;
		return { requestId: String(body) };
	};
	const results = resultsInto(outcomes, isOver);
	await runCalls(calls, {
		client: clientOf(call),
		givingUp: createGivingUp('nativeMsg'),
		concurrency,
		results,
	});
	expect(underWay).toBe(0);
	return { begun, peak, outcomes };
}

const turnsOfCalls = fc.array(fc.nat(4), { minLength: 1, maxLength: 10 });
const concurrency = fc.integer({ min: 1, max: 6 });

test('every request is sent once, after those that it follows, the first one alone, and never too many at a time', async () => {
	const plans = fc.array(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 3 }), {
		maxLength: 15,
	});
	await fc.assert(
		fc.asyncProperty(plans, turnsOfCalls, concurrency, async (befores, turns, limit) => {
			const calls = befores.map((shares, index) =>
				callAfter(index === 0 ? [] : shares.map((share) => Math.floor(share * index)), index),
			);
			const { begun, peak, outcomes } = await run(calls, turns, limit);
			expect([...begun].sort((a, b) => a - b)).toEqual([...calls.keys()]);
			expect(peak).toBeLessThanOrEqual(limit);
			for (const index of calls.keys()) {
				expect(outcomes.get(index)).toEqual({ output: [{ requestId: String(index) }], served: undefined });
			}
		}),
	);
});

test('requests that follow nothing start in the order of the items, and use all available concurrency', async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 15 }), concurrency, async (count, limit) => {
			const calls = Array.from({ length: count }, (_, index) => callAfter([], index));
			const { begun, peak } = await run(calls, [3], limit);
			expect(begun).toEqual([...calls.keys()]);
			expect(peak).toBe(Math.max(1, Math.min(limit, count - 1)));
		}),
	);
});

test('a request that had to wait starts before later ones and after earlier ones', async () => {
	const calls = [[], [0], [0], [], [], []].map(callAfter);
	expect((await run(calls, [1], 1)).begun).toEqual([0, 1, 2, 3, 4, 5]);
	const others = [[], [], [], [0, 1], [], [1]].map(callAfter);
	expect((await run(others, [1], 1)).begun).toEqual([0, 1, 2, 3, 4, 5]);
});

test.each<[sizes: number[], peak: number]>([
	[[1, 49, 50], 2],
	[[1, 49, 51], 1],
	[[1, 100, 1], 1],
	[[1, 33, 33, 33, 1], 3],
])('of requests with a broadcast name to %j recipients, at most %i run at a time', async (sizes, peak) => {
	const calls = sizes.map((size, index) => {
		const { shares, ...call } = callAfter([], index);
		const [share] = shares;
		return { ...call, size, shares: [{ ...share, item: { ...share.item, broadcastName: 'sale' } }] };
	});
	expect((await run(calls, [3], 9)).peak).toBe(peak);
});

test('runCalls starts nothing once the run is over', async () => {
	const begun: number[] = [];
	const calls = Array.from({ length: 5 }, (_, index) => callAfter([], index));
	const outcome = await run(calls, [0], 1, () => begun.length > 0 || begun.push(0) > 1);
	expect(outcome.begun).toEqual([0]);
});

test('an error in the node itself is not lost', async () => {
	const results = {
		...resultsInto(new Map()),
		begin: () => {
			throw new Error('Bug');
		},
	};
	const running = runCalls([callAfter([], 0)], {
		client: clientOf(() => {}),
		givingUp: createGivingUp('nativeMsg'),
		concurrency: 1,
		results,
	});
	await expect(running).rejects.toThrow('Bug');
});

describe('a request that several items share', () => {
	const identities = ['a', 'b', 'c', 'd', 'e'];
	const combining = {
		endpoint: 'POST /messages',
		remedies: { 404: 'Look' },
		combine: {
			withRecipients: (_request: unknown, recipients: Array<{ identity: string }>) => ({
				body: recipients.map(({ identity }) => identity),
			}),
			share: ({ requestId }: { requestId: string }) => ({ requestId }),
		},
	} as unknown as AnyOperation;
	const refusal = () => new RequestError('No', '', 422);

	/** Runs one call for five items; the service refuses any request with certain recipients. */
	async function share(isBad: (sent: string[]) => Error | undefined, isOver = () => false) {
		const requests: string[][] = [];
		const outcomes = new Map<number, Outcome>();
		const notes: string[] = [];
		const call = async (_endpoint: string, { body }: { body: string[] }) => {
			requests.push(body);
			const error = isBad(body);
			if (error) throw error;
			return { requestId: body.join(''), other: 1 };
		};
		const results = {
			...resultsInto(outcomes, isOver),
			begin: (itemIndex: number) => notes.push(`begin ${itemIndex}`),
			withdraw: (itemIndex: number) => notes.push(`withdraw ${itemIndex}`),
		};
		const shares = identities.map((identity, itemIndex) => ({
			item: { itemIndex, operation: combining },
			recipients: [{ identity, subject: identity, value: identity }],
			duplicates: itemIndex === 4 ? 2 : 0,
		}));
		const one = {
			operation: combining,
			request: {} as never,
			shares,
			size: 5,
			broadcast: newBroadcast(),
			after: new Set<number>(),
		};
		await runCalls([one], {
			client: clientOf(call),
			givingUp: createGivingUp('nativeMsg'),
			concurrency: 1,
			results,
		});
		return { requests, outcomes, notes };
	}

	test('reports its part to each item', async () => {
		const { requests, outcomes } = await share(() => undefined);
		expect(requests).toEqual([identities]);
		const output = { requestId: 'abcde', requestItemCount: 5, recipientCount: 1, duplicateCount: 0 };
		expect(outcomes.get(0)).toEqual({ output: [output], served: undefined });
		expect(outcomes.get(4)).toEqual({ output: [{ ...output, duplicateCount: 2 }], served: ['e'] });
	});

	test('is halved when the service refuses it, until the items at fault are alone', async () => {
		const { requests, outcomes, notes } = await share((sent) => (sent.includes('d') ? refusal() : undefined));
		expect(requests.map((sent) => sent.join(''))).toEqual(['abcde', 'abc', 'de', 'd', 'e']);
		expect([...outcomes].filter(([, outcome]) => 'error' in outcome).map(([index]) => index)).toEqual([3]);
		// Alone, it is the whole response; the request of three gives each of them only the shared part.
		expect(outcomes.get(4)).toMatchObject({ output: [{ requestId: 'e', other: 1, requestItemCount: 1 }] });
		expect(outcomes.get(1)).toEqual({
			output: [{ requestId: 'abc', requestItemCount: 3, recipientCount: 1, duplicateCount: 0 }],
			served: undefined,
		});
		const all = [0, 1, 2, 3, 4];
		expect(notes.slice(0, 10)).toEqual([...all.map((i) => `begin ${i}`), ...all.map((i) => `withdraw ${i}`)]);
	});

	test('is not halved further once the run is over', async () => {
		const { requests } = await share(
			(sent) => (sent.includes('a') ? refusal() : undefined),
			() => true,
		);
		expect(requests.map((sent) => sent.join(''))).toEqual([]);
		let left = 3;
		const { requests: some } = await share(refusal, () => --left < 0);
		expect(some.map((sent) => sent.join(''))).toEqual(['abcde', 'abc', 'de']);
	});

	test('reports what its operation knows better about the status', async () => {
		const { outcomes } = await share(
			() => new RequestError('Gone', (special) => special?.[404] ?? 'Wait', 404),
		);
		for (const outcome of outcomes.values()) {
			expect(outcome).toMatchObject({ error: { message: 'Gone', description: 'Look' } });
		}
	});

	test('fails for all items if it fails for another reason', async () => {
		const { requests, outcomes } = await share(() => new Error('Down'));
		expect(requests).toHaveLength(1);
		for (const outcome of outcomes.values()) expect(outcome).toEqual({ error: new Error('Down') });
		expect(outcomes.size).toBe(5);
	});
});

test('the outcome of a read is not remembered for the next try', async () => {
	const noted: string[] = [];
	const results = {
		...resultsInto(new Map()),
		set: () => noted.push('set'),
		remember: () => noted.push('remember'),
	} as unknown as Results;
	const call = async () => ({});
	for (const endpoint of ['GET /bots', 'PUT /bots/{bot_id}', 'POST /messages']) {
		const one = { ...callAfter([], 0), operation: { endpoint } as AnyOperation };
		await runCalls([one], {
			client: clientOf(call),
			givingUp: createGivingUp('nativeMsg'),
			concurrency: 1,
			results,
		});
	}
	expect(noted).toEqual(['set', 'remember', 'remember']);
});

test('an item gets as many entries of a list as it asks for, simplified if it asks for that', async () => {
	const outcomes = new Map<number, Outcome>();
	const listing = {
		endpoint: 'GET /bots',
		simplify: ({ id }: { id: number }) => ({ id }),
	} as unknown as AnyOperation;
	const call = async () => [1, 2, 3].map((id) => ({ id, name: `Bot ${id}` }));
	const items = [{}, { limit: 2 }, { isSimplified: true }].map((wish, itemIndex) => ({
		...callAfter([], itemIndex),
		operation: listing,
		shares: [{ item: { itemIndex, operation: listing, ...wish }, recipients: [], duplicates: 0 }],
	}));
	const results = resultsInto(outcomes);
	await runCalls(items, {
		client: clientOf(call),
		givingUp: createGivingUp('nativeMsg'),
		concurrency: 1,
		results,
	});
	const put = [...outcomes.values()].map((outcome) => (outcome as { output: unknown[] }).output);
	expect(put.map(({ length }) => length)).toEqual([3, 2, 3]);
	expect(put[0][0]).toEqual({ id: 1, name: 'Bot 1' });
	expect(put[2]).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
});
