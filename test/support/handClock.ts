/** A stopped clock that tests move by hand. */
export interface HandClock {
	/** Milliseconds since 1970. */
	now(): number;
	advance(ms: number): void;
	/** Does nothing if the time is over already. */
	advanceTo(time: number): void;
}

/** Starts at a whole second. */
export function createHandClock(): HandClock {
	let time = Date.parse('2030-01-01T00:00:00Z');
	return {
		now: () => time,
		advance: (ms) => void (time += ms),
		advanceTo: (later) => void (time = Math.max(time, later)),
	};
}
