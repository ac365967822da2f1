import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { NotTriedError } from '../../nodes/operations/outcome';
import { spread } from '../../nodes/operations/run/narrow';
import type { Failing } from '../support/planRun';
import { hello, noConnection, refusal, refusing, runMessages } from '../support/planRun';

const ALL = 2_000;
const people = (count: number) => Array.from({ length: count }, (_unused, index) => String(10_000 + index));
const items = (count: number) => people(count).map((person) => hello(person));

/** Bypasses Jest, which would add its stack trace to each line. */
const print = (line: string) => process.stdout.write(`${line}\n`);

/** What became of many items of one person each. */
async function tally(count: number, failing: Failing, settings: Parameters<typeof runMessages>[2] = {}) {
	const { calls, delivered, outcomes } = await runMessages(items(count), failing, settings);
	const errors = outcomes.flatMap((outcome) => (outcome && 'error' in outcome ? [outcome.error] : []));
	const notTried = errors.filter((error) => error instanceof NotTriedError);
	expect(new Set(delivered).size).toBe(delivered.length);
	return {
		requests: calls.length,
		sent: delivered.length,
		refused: errors.length - notTried.length,
		notTried: notTried.length,
		errors,
	};
}

/** A number below 1 that is the same each time for the same index, but follows no pattern. */
const scattered = (index: number) => Math.abs(Math.sin(index + 1) * 10_000) % 1;
const someOf = (count: number, isBad: (index: number) => boolean) => {
	const bad = new Set(people(count).filter((_person, index) => isBad(index)));
	const failing: Failing = (named) => (named.some((one) => bad.has(one)) ? refusal() : undefined);
	return { bad, failing };
};

describe.each([403, 404, 409, 410, 416, 422])('a request refused with HTTP %s', (status) => {
	test('is narrowed down to the one contact at fault', async () => {
		const bad = people(100)[13];
		const failing: Failing = (named) => (named.includes(bad) ? refusal(status, 'Gone') : undefined);
		expect(await tally(100, failing)).toMatchObject({ sent: 99, refused: 1, notTried: 0, requests: 15 });
	});

	test('takes at most twenty requests if everyone is refused with the same message', async () => {
		const failing: Failing = () => refusal(status, 'No access');
		const { requests, sent, refused, notTried, errors } = await tally(ALL, failing, { concurrency: 10 });
		expect([sent, refused + notTried]).toEqual([0, ALL]);
		expect(requests).toBeLessThanOrEqual(20);
		expect(errors.filter((error) => error instanceof NotTriedError)[0].message).toBe(
			"nativeMsg refused the other items that were tried, so this item wasn't tried: No access",
		);
	});
});

test.each([1, 7, 500, 10_000])(
	'a refused text takes at most twenty requests with %i recipients in each',
	async (recipientsPerCall) => {
		for (const concurrency of [1, 10, 50]) {
			const { requests } = await tally(ALL, () => refusal(), { recipientsPerCall, concurrency });
			expect(requests).toBeLessThanOrEqual(20);
		}
	},
);

test('a refused text takes at most ten requests if the node stops', async () => {
	expect(await tally(ALL, () => refusal(), { continues: false })).toMatchObject({ requests: 10, refused: 1 });
});

test('each of several texts is judged on its own', async () => {
	const all = Array.from({ length: 200 }, (_unused, index) => ({
		text: index % 2 ? 'Hello' : 'Forbidden',
		people: [String(10_000 + index)],
	}));
	const { delivered, calls } = await runMessages(
		all,
		(_named, text) => (text === 'Forbidden' ? refusal() : undefined),
		{ recipientsPerCall: 20, concurrency: 10 },
	);
	expect(delivered).toHaveLength(100);
	expect(calls.length).toBeLessThanOrEqual(5 + 20);
});

test('a broadcast that is refused from the middle on, with the same message, is given up as well', async () => {
	let accepted = 0;
	const failing: Failing = () => (accepted++ < 2 ? undefined : refusal(422, 'No credit'));
	const { requests, sent, notTried } = await tally(ALL, failing);
	expect(sent).toBe(1_000);
	expect(requests).toBeLessThanOrEqual(2 + 3 + 48);
	expect(notTried).toBeGreaterThan(900);
});

test('refusals with different messages do not count as the same', async () => {
	const failing: Failing = (named) => refusal(404, `Human #${named[0]} does not exist`);
	const { requests, refused, notTried } = await tally(100, failing);
	expect([refused, notTried]).toEqual([100, 0]);
	expect(requests).toBeLessThanOrEqual(199);
});

test('items that are not combined are refused one by one', async () => {
	const { requests, refused } = await tally(100, () => refusal(), { recipientsPerCall: undefined });
	expect([requests, refused]).toEqual([100, 100]);
});

test.each([undefined, 10])(
	'a refused credential takes one request, with %s recipients in each',
	async (size) => {
		const { requests, errors } = await tally(300, () => refusal(401, 'Expired'), {
			recipientsPerCall: size,
			concurrency: 10,
		});
		expect(requests).toBe(1);
		expect(errors).toHaveLength(300);
		expect(errors.at(-1)?.message).toContain("so this item wasn't tried: Expired");
	},
);

test('a server without connection is tried a few times', async () => {
	const failing: Failing = () => noConnection('Refused the connection');
	for (const concurrency of [1, 10]) {
		const { requests, notTried } = await tally(200, failing, { recipientsPerCall: undefined, concurrency });
		expect(requests).toBeLessThanOrEqual(4 + concurrency);
		expect(notTried).toBe(200 - requests);
	}
});

const PATTERNS: Array<[name: string, isBad: (index: number, share: number, count: number) => boolean]> = [
	['scattered', (index, share) => scattered(index) < share],
	['at the beginning', (index, share, count) => index < share * count],
	['at the end', (index, share, count) => index >= (1 - share) * count],
	['at regular intervals', (index, share) => (index * share) % 1 < share - 1e-9],
];

describe.each(PATTERNS)('contacts at fault %s', (name, isBad) => {
	test.each([0.01, 0.1, 0.5])('are the only ones that fail if their share is %d', async (share) => {
		for (const [count, recipientsPerCall] of [
			[ALL, 500],
			[600, 100],
			[300, 1],
		]) {
			const { bad, failing } = someOf(count, (index) => isBad(index, share, count));
			const settings = { recipientsPerCall, concurrency: 10 };
			const { sent, refused, notTried } = await tally(count, failing, settings);
			expect([sent, refused + notTried]).toEqual([count - bad.size, bad.size]);
			// Where all of the rest is refused in a row, some of it needn't be tried.
			if (!name.startsWith('at the')) expect(notTried).toBe(0);
		}
	});
});

describe('while people are tried one by one, the next request starts', () => {
	/** Resolves after anything else that can happen has happened. */
	async function idle(): Promise<void> {
		for (let turn = 0; turn < 50; turn++) await nextTurn();
	}

	/**
	 * Greets six people, two in a request. The request to 2 and 3 is refused, so 4 is tried alone. Meanwhile, the news to 6
	 * is delivered, and the request to 4 and 5 starts without 4. The last message is to 4.
	 *
	 * @param hold awaited before the service receives a greeting of this one person
	 */
	async function greet(bad: string[], hold: (person: string) => Promise<void>) {
		let begin = () => {};
		const isTried = new Promise<void>((resolve) => (begin = resolve));
		const greetings = ['0', '1', '2', '3', '4', '5'].map((person) => hello(person));
		const items = [
			...greetings.slice(0, 4),
			{ text: 'News', people: ['6'] },
			...greetings.slice(4),
			{ text: 'Bye', people: ['4'] },
		];
		return await runMessages(items, refusing(...bad), {
			recipientsPerCall: 2,
			concurrency: 2,
			async hold([person, other], text) {
				if (text === 'News') await isTried;
				if (text !== 'Hello' || other !== undefined) return;
				if (person === '4') begin();
				await hold(person);
			},
		});
	}

	test('and who is in both gets their next message only after that', async () => {
		const { delivered } = await greet(['2', '3'], async (person) => {
			if (person === '4') await idle();
		});
		expect(delivered.slice(-3)).toEqual(['Hello to 5', 'Hello to 4', 'Bye to 4']);
	});

	test('and who is in it is not tried as well', async () => {
		let begin = () => {};
		const isSent = new Promise<void>((resolve) => (begin = resolve));
		const { calls } = await greet(['2', '3', '4'], async (person) => {
			if (person === '4') await isSent;
			if (person !== '5') return;
			begin();
			await idle();
		});
		expect(calls.filter((named) => named.includes('5'))).toEqual([['5']]);
	});
});

test('exactly those at fault fail, no matter who they are and how many share a request', async () => {
	const fates = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 });
	const sizes = fc.integer({ min: 1, max: 60 });
	await fc.assert(
		fc.asyncProperty(fates, sizes, fc.integer({ min: 1, max: 5 }), async (isBad, size, concurrency) => {
			// With more at fault in a row it may be given up, which the shares above are too small for.
			fc.pre(isBad.filter(Boolean).length <= 15);
			const { bad, failing } = someOf(isBad.length, (index) => isBad[index]);
			const result = await tally(isBad.length, failing, { recipientsPerCall: size, concurrency });
			expect(result).toMatchObject({ sent: isBad.length - bad.size, refused: bad.size, notTried: 0 });
			const calls = Math.ceil(isBad.length / size);
			const halvings = Math.ceil(Math.log2(size));
			expect(result.requests).toBeLessThanOrEqual(2 * calls + bad.size * (2 * halvings + 1));
		}),
		{ numRuns: 500 },
	);
});

test('the requests for each hundred items are printed for several mixes', async () => {
	const mixes: Array<[name: string, failing: Failing]> = [
		['all accepted', () => undefined],
		...[0.01, 0.1, 0.5, 0.9].map((share): [string, Failing] => [
			`${share * 100} % refused`,
			someOf(ALL, (index) => scattered(index) < share).failing,
		]),
		['all refused with one message', () => refusal()],
		['all refused with different messages', (named) => refusal(404, `No ${named[0]}`)],
		['credential refused', () => refusal(401)],
		['no connection', () => noConnection('Down')],
	];
	print(
		`\n${ALL} items, 500 in a request`.padEnd(40) + 'requests for 100 items   sent   refused   not tried',
	);
	for (const [name, failing] of mixes) {
		const { requests, sent, refused, notTried } = await tally(ALL, failing, { concurrency: 10 });
		const cells = [((requests / ALL) * 100).toFixed(2).padStart(23), sent, refused, notTried];
		print(name.padEnd(39) + cells.map((cell) => String(cell).padStart(8)).join(' '));
		expect(requests).toBeLessThan(2 * ALL);
	}
});

test('entries are spread over a list of any length, each once', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 48 }), (length, count) => {
			const list = Array.from({ length }, (_unused, index) => index);
			const chosen = spread(list, count);
			expect(new Set(chosen).size).toBe(Math.min(length, count));
			if (length < 100 || count < 16) return;
			const sorted = [-1, ...chosen.sort((a, b) => a - b), length];
			const gaps = sorted.slice(1).map((entry, index) => entry - sorted[index]);
			expect(Math.max(...gaps) / length).toBeLessThan(0.13);
		}),
	);
});
