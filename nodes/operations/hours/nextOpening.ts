import { changeBetween, localTime, offsetAt } from './localTime';
import type { QuietHours } from './quietHours';
import { isQuiet } from './quietHours';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The local time (ms, as if it were UTC) at which this quiet period may end, or become quiet for another reason. */
function localEnd({ end }: QuietHours, local: number): number {
	const midnight = Math.floor(local / DAY_MS) * DAY_MS;
	const next = midnight + end * MINUTE_MS;
	return next > local ? next : midnight + DAY_MS;
}

/**
 * When messages may be sent in a zone, at or after a time. Returns the time itself if they may be sent right then.
 * Handles daylight saving time: if quiet hours end within a skipped hour, they end when that hour does, and a repeated
 * hour is quiet both times.
 *
 * @param time ms since 1970, like the result
 */
export function nextOpening(quiet: QuietHours, time: number, zone: string): number {
	let at = time;
	for (;;) {
		const local = localTime(at, zone);
		const date = new Date(local);
		if (!isQuiet(quiet, date.getUTCDay(), date.getUTCHours() * 60 + date.getUTCMinutes())) return at;
		const next = Math.floor(at / 1000) * 1000 + localEnd(quiet, local) - local;
		at = offsetAt(next, zone) === offsetAt(at, zone) ? next : changeBetween(at, next, zone);
	}
}

/** The same for several zones: when messages may be sent in all of them. */
export function nextCommonOpening(quiet: QuietHours, time: number, zones: string[]): number | undefined {
	const until = time + 8 * DAY_MS;
	for (let at = time; at <= until; ) {
		const next = Math.max(...zones.map((zone) => nextOpening(quiet, at, zone)));
		if (next === at) return at;
		at = next;
	}
	return undefined;
}
