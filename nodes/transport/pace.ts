/** Of the last minute before a refusal, what was accepted tells the pace. */
const LOOK_BACK_S = 60;
/** A pace that was learned from little, e.g. while somebody else used up the limit, is not to slow a run down for long. */
const LEAST_PER_MINUTE = 20;
/** By how many requests a minute the pace grows in each minute. */
const GROWTH = 10;

/** How fast an account may be asked, where the service states no limit. */
export interface Pace {
	/** Notes that a request was accepted. */
	accepted(now: number): void;
	/** Notes that a request was refused, after requests were accepted. */
	refused(now: number): void;
	/** Notes that the request which was sent at this time was the first to be accepted again. */
	resumed(sentAt: number): void;
	/** ms from one request to the next; 0 while no limit was met. */
	interval(now: number): number;
}

/**
 * Learns from each refusal. What was accepted in the minute before it, divided by the time from the first of these requests
 * until the service accepted again, is what the service surely takes: 200 requests in 2 s, and 61 s of refusals, are a
 * request every 315 ms. Spread like that, requests do not run into the limit again, whether the service counts by fixed or
 * by sliding minutes. From there on the pace grows slowly until the next refusal, as network protocols do it (additive
 * increase): the limit may have been raised, or shared with others who are gone.
 *
 * @param second its length in ms
 */
export function createPace(second: number): Pace {
	const minute = 60 * second;
	let accepted: number[] = [];
	/** What was accepted in the minute before the last refusal. */
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
