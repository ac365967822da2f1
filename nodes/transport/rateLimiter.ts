import type { Answer } from './answer';
import { headerOf } from './answer';
import { retryAfterMs } from './retry';

/**
 * The longest (ms) that a service can close the way to an account: what it asks for may be nonsense, such as
 * milliseconds in place of seconds, and the way would stay closed until n8n is restarted.
 */
const MAX_CLOSED_MS = 3_600_000;

/** The way to one account of a service, which all its requests share, so that a limit stops all of them together. */
export interface Lane {
	/** ms until the next request may go out; 0 when it may go now. */
	pause(now?: number): number;
	/** Resolves when what the service said is left is more than what is under way; the request then counts as under way. */
	enter(): Promise<void>;
	/** Takes note that a request is over, and of the limits that its answer tells. */
	leave(answer?: Answer, now?: number): void;
}

/**
 * When the account may send again by the headers of an answer, as a time of this machine's clock: the service's clock
 * may differ, so its `Date` header is what `X-RateLimit-Reset` (Unix seconds) is measured against.
 */
function resumesAt(answer: Answer, now: number): number | undefined {
	const wished = retryAfterMs(headerOf(answer, 'retry-after'), now);
	if (wished !== undefined) return now + wished;
	const reset = Number(headerOf(answer, 'x-ratelimit-reset') ?? Number.NaN) * 1000;
	if (Number.isNaN(reset)) return undefined;
	const serverNow = Date.parse(headerOf(answer, 'date') ?? '');
	return Number.isNaN(serverNow) ? reset : now + Math.max(0, reset - serverNow);
}

/** A lane without anything known about its limits yet. */
export function createLane(): Lane {
	let closedUntil = 0;
	/** How many requests the service still allows, as far as the last answer told. */
	let left = Infinity;
	let underWay = 0;
	let waiting: Array<() => void> = [];

	function heed(answer: Answer, now: number): void {
		const remaining = Number(headerOf(answer, 'x-ratelimit-remaining') ?? Number.NaN);
		// At 0 the pause decides, and what is left after it is not known.
		left = remaining > 0 ? remaining : Infinity;
		if (remaining !== 0 && answer.statusCode !== 429) return;
		const resumes = Math.min(resumesAt(answer, now) ?? 0, now + MAX_CLOSED_MS);
		closedUntil = Math.max(closedUntil, resumes);
	}

	return {
		pause: (now = Date.now()) => Math.max(0, closedUntil - now),
		async enter() {
			while (underWay >= left) await new Promise<void>((resolve) => waiting.push(resolve));
			underWay++;
		},
		leave(answer, now = Date.now()) {
			underWay--;
			if (answer) heed(answer, now);
			const woken = waiting;
			waiting = [];
			for (const wake of woken) wake();
		},
	};
}

const MAX_LANES = 100;
const lanes = new Map<string, Lane>();

/**
 * The lane of an account in this process. Executions that run side by side with one credential share it; n8n's worker
 * processes each have their own, and hear of each other through the service's headers.
 *
 * @param key names the account, e.g. the base URL and the id of the credential
 */
export function laneFor(key: string): Lane {
	const lane = lanes.get(key) ?? createLane();
	// The one used last goes to the end, so that the map can be kept small by dropping from its start.
	lanes.delete(key);
	lanes.set(key, lane);
	if (lanes.size > MAX_LANES) lanes.delete(lanes.keys().next().value!);
	return lane;
}
