/** The pace is derived from what was accepted in this many seconds before a refusal. */
const LOOK_BACK_S = 60;
/**
 * A pace learned from few requests, for example while another client used up the limit, shouldn't slow a run down for
 * long.
 */
const LEAST_PER_MINUTE = 20;
/** How many requests per minute the pace grows by each minute. */
const GROWTH = 10;

/** How fast requests may go out if the service doesn't state a limit. */
export interface Pace {
	/** Notes that a request was accepted. */
	accepted(now: number): void;
	/** Notes that a request was refused after others were accepted. */
	refused(now: number): void;
	/** Notes that the request sent at this time was the first to be accepted again. */
	resumed(sentAt: number): void;
	/** ms between requests; 0 as long as no limit was reached. */
	interval(now: number): number;
}

/**
 * Learns from each refusal. The requests accepted in the minute before it, divided by the time from the first of them
 * until the service accepted again, are what the service can definitely take: 200 requests in 2 s and 61 s of refusals
 * make one request every 315 ms. At that rate, requests don't reach the limit again, whether the service counts by fixed
 * or sliding minutes. From there, the pace grows slowly until the next refusal, as in network protocols (additive
 * increase), because the limit may have been raised, or shared with clients that have stopped.
 *
 * @param second length of a second in ms
 */
export function createPace(second: number): Pace {
	const minute = 60 * second;
	let accepted: number[] = [];
	/** Times of the requests accepted in the minute before the last refusal. */
	let before: number[] = [];
	let perMinute = Infinity;
	let learnedAt = 0;

	return {
		accepted(now) {
			while (accepted[0] < now - LOOK_BACK_S * second) accepted.shift();
			accepted.push(now);
		},
		refused(now) {
			before = accepted.filter((at) => at >= now - LOOK_BACK_S * second);
			accepted = [];
		},
		resumed(sentAt) {
			if (before.length === 0) return;
			perMinute = Math.max(LEAST_PER_MINUTE, (before.length * minute) / (sentAt - before[0]));
			learnedAt = sentAt;
		},
		interval: (now) => minute / (perMinute + (GROWTH * (now - learnedAt)) / minute),
	};
}
