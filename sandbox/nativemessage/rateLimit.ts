import type { SandboxSettings } from '../settings';

export interface RateReport {
	/** Requests received, including refused ones. */
	requests: number;
	/** Requests refused with 429. */
	limited: number;
	/** The most requests received in one window, including refused ones. */
	maxPerWindow: number;
}

/** Counts requests in windows of a fixed length; a window starts with the first request after the previous one. */
export class RateLimiter {
	private windowStart = -Infinity;
	private inWindow = 0;
	private counts: RateReport = { requests: 0, limited: 0, maxPerWindow: 0 };

	/**
	 * @param settings read at each use
	 * @param now milliseconds since 1970
	 */
	constructor(
		private readonly settings: SandboxSettings,
		private readonly now: () => number,
	) {}

	/** Counts a request. Returns whether it is within the limit, and the headers of its response. */
	count(): { allowed: boolean; headers: Record<string, string> } {
		const { rateLimit, rateWindowMs } = this.settings;
		const now = this.now();
		if (now >= this.windowStart + rateWindowMs) {
			this.windowStart = now;
			this.inWindow = 0;
		}
		this.inWindow += 1;
		const allowed = this.inWindow <= rateLimit;
		this.counts.requests += 1;
		if (!allowed) this.counts.limited += 1;
		this.counts.maxPerWindow = Math.max(this.counts.maxPerWindow, this.inWindow);
		return {
			allowed,
			headers: {
				'X-RateLimit-Limit': String(rateLimit),
				'X-RateLimit-Remaining': String(Math.max(rateLimit - this.inWindow, 0)),
				// Rounded up, so that a client that waits until then is never too early.
				'X-RateLimit-Reset': String(Math.ceil((this.windowStart + rateWindowMs) / 1000)),
			},
		};
	}

	report(): RateReport {
		return { ...this.counts };
	}

	reset(): void {
		this.windowStart = -Infinity;
		this.inWindow = 0;
		this.counts = { requests: 0, limited: 0, maxPerWindow: 0 };
	}
}
