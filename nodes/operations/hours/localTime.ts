const MINUTE_MS = 60_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Formats the local time of a zone. @throws RangeError if there is no such zone */
function clockOf(zone: string): Intl.DateTimeFormat {
	const known = clocks.get(zone);
	if (known) return known;
	const clock = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	});
	clocks.set(zone, clock);
	return clock;
}

/** Whether there is a zone of this name. */
export function isZone(name: string): boolean {
	try {
		clockOf(name);
		return true;
	} catch {
		return false;
	}
}

/** The local time of a zone in ms since 1970, as if it were UTC; whole seconds. */
export function localTime(time: number, zone: string): number {
	const [month, day, year, hour, minute, second] = clockOf(zone).format(time).match(/\d+/g)!.map(Number);
	return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** How far (ms) the local time of a zone is ahead of UTC. */
export function offsetAt(time: number, zone: string): number {
	return localTime(time, zone) - Math.floor(time / 1000) * 1000;
}

/** The first minute after `from`, up to `to`, at which a zone's offset differs from the one at `from`. */
export function changeBetween(from: number, to: number, zone: string): number {
	const before = offsetAt(from, zone);
	let [low, high] = [Math.floor(from / MINUTE_MS), Math.ceil(to / MINUTE_MS)];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (offsetAt(middle * MINUTE_MS, zone) === before) low = middle;
		else high = middle;
	}
	return high * MINUTE_MS;
}
