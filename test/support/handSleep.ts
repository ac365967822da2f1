import * as workflow from 'n8n-workflow';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createHandClock } from './handClock';

/** Controls the time of the whole process: the clock that the nodes read, and their sleeps. */
export const time = createHandClock();

interface Sleep {
	ms: number;
	until: number;
	end: () => void;
}

/** The current sleeps. */
let sleeps: Sleep[] = [];
const asked: Array<() => void> = [];
let isHeld = false;

/** From now on, no sleep ends until `wakeAll`. Otherwise, the clock jumps to the end of a sleep. */
export function holdSleeps(): void {
	isHeld = true;
}

/** Resolves with the lengths (ms) of the current sleeps once there are this many. */
export async function sleeping(count: number): Promise<number[]> {
	while (sleeps.length < count) await new Promise<void>((resolve) => asked.push(resolve));
	return sleeps.map(({ ms }) => ms);
}

/** Lets the time of all sleeps pass. */
export function wakeAll(): void {
	isHeld = false;
	const woken = sleeps;
	sleeps = [];
	for (const { until, end } of woken) {
		time.advanceTo(until);
		end();
	}
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
	if (ms === 0) return void (await nextTurn());
	signal?.throwIfAborted();
	await new Promise<void>((resolve, reject) => {
		const own = { ms, until: time.now() + ms, end: resolve };
		sleeps.push(own);
		signal?.addEventListener('abort', () => {
			sleeps = sleeps.filter((other) => other !== own);
			reject(signal.reason as Error);
		});
		for (const tell of asked.splice(0)) tell();
		if (!isHeld) void nextTurn().then(wakeAll);
	});
}

/** A cast to its run-time type: exports of the library are getters. */
const library = workflow as unknown as { sleep: object };

/** Has the nodes read the time by hand in each test of a file, which passes only while they sleep. */
export function useHandTime(): void {
	let spies: Array<{ mockRestore(): void }> = [];
	beforeEach(() => {
		spies = [
			jest.spyOn(library, 'sleep', 'get').mockReturnValue(sleep),
			jest.spyOn(Date, 'now').mockImplementation(time.now),
		];
	});
	afterEach(() => {
		wakeAll();
		for (const spy of spies) spy.mockRestore();
	});
}
