/** @jest-environment-options {"ownLibraries": true} */
import type { IExecuteFunctions } from 'n8n-workflow';
import { inParallel } from '../../nodes/NativeMsg/message/inParallel';
import { createClient } from '../../nodes/transport/client';

const SENDS = 700;
const PER_MINUTE = 200;
const CONCURRENCY = 20;
/** How long (ms) the simulated service takes for a request. */
const LATENCY_MS = 100;

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Whether a service that counts like this takes a request at a time. */
type Count = () => (now: number) => boolean;

const COUNTS: Array<[name: string, count: Count]> = [
	[
		'in fixed minutes',
		() => {
			let begun = -Infinity;
			let taken = 0;
			return (now) => {
				if (now >= begun + 60_000) [begun, taken] = [now, 0];
				if (taken >= PER_MINUTE) return false;
				taken++;
				return true;
			};
		},
	],
	[
		'in sliding minutes',
		() => {
			let taken: number[] = [];
			return (now) => {
				taken = taken.filter((at) => at > now - 60_000);
				if (taken.length >= PER_MINUTE) return false;
				taken.push(now);
				return true;
			};
		},
	],
	[
		'also what it refuses, in sliding minutes',
		() => {
			let asked: number[] = [];
			return (now) => {
				asked = asked.filter((at) => at > now - 60_000);
				asked.push(now);
				return asked.length <= PER_MINUTE;
			};
		},
	],
];

/** A service that responds with 429 without any header beyond its limit, and a client for it. */
async function simulate(count: Count, signal?: AbortSignal) {
	const takes = count();
	const figures = { accepted: 0, refused: 0 };
	const context = {
		getCredentials: async () => ({ accessToken: 'token', baseUrl: 'https://api.example/v1' }),
		getNode: () => ({ name: 'NativeMsg', credentials: { nativeMsgApi: { id: String(Math.random()) } } }),
		getTimezone: () => 'UTC',
		getExecutionCancelSignal: () => signal,
		logger: { info: () => {} },
		helpers: {
			async httpRequestWithAuthentication() {
				const isTaken = takes(Date.now());
				figures[isTaken ? 'accepted' : 'refused']++;
				await new Promise((resolve) => setTimeout(resolve, LATENCY_MS));
				if (!isTaken) return { statusCode: 429, headers: {}, body: { description: 'Too Many Requests' } };
				return { statusCode: 200, headers: {}, body: { requestId: String(figures.accepted) } };
			},
		},
	} as unknown as IExecuteFunctions;
	const client = await createClient(context);
	const send = () => client.call('POST /messages', { body: { text: 'Hello', targets: [] } } as never);
	return { send, figures };
}

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
afterEach(() => jest.useRealTimers());

test.each(COUNTS)(
	`${SENDS} personal sends all go out to a service that counts ${PER_MINUTE} %s and names no time`,
	async (name, count) => {
		const begun = Date.now();
		const { send, figures } = await simulate(count);
		const errors: unknown[] = [];
		const work = async () => {
			await send().catch((error) => errors.push(error));
		};
		let isOver = false;
		const all = inParallel([...Array(SENDS).keys()], CONCURRENCY, work, () => false).then(() => {
			isOver = true;
		});
		while (!isOver) await jest.advanceTimersByTimeAsync(100);
		await all;
		const seconds = Math.round((Date.now() - begun) / 1_000);
		print(
			`${SENDS} sends, ${PER_MINUTE} a minute, counted ${name}: ${figures.accepted} sent, ${errors.length} failed, ${figures.refused} refused requests, ${seconds} s`,
		);
		expect(errors).toEqual([]);
		expect(figures.accepted).toBe(SENDS);
		expect(figures.refused).toBeLessThan(SENDS / 10);
		// The fastest that such a service allows is 180 s.
		expect(seconds).toBeLessThan(360);
	},
);

test('a canceled execution waits no longer for a service that refuses everything', async () => {
	const execution = new AbortController();
	const { send, figures } = await simulate(() => () => false, execution.signal);
	const sent = expect(send()).rejects.toThrow('The execution was canceled');
	await jest.advanceTimersByTimeAsync(10_000);
	const { refused } = figures;
	execution.abort();
	await sent;
	await jest.advanceTimersByTimeAsync(600_000);
	// After 0, 1, 3 and 7 seconds.
	expect([refused, figures.refused]).toEqual([4, 4]);
});

test('a service that refuses everything for ten minutes no longer gets every request', async () => {
	const { send, figures } = await simulate(() => () => false);
	const first = send().then(
		() => undefined,
		(error: Error) => error,
	);
	await jest.advanceTimersByTimeAsync(700_000);
	expect((await first)?.message).toMatch(/^nativeMsg has refused every request since \d\d:\d\d \(UTC\): /);
	const { refused } = figures;
	await expect(send()).rejects.toMatchObject({ status: 429 });
	expect(figures.refused).toBe(refused);
});
