import type { RateLimiter } from '../../nodes/transport/rateLimiter';

/** What a second is to the rate limiter then, in ms. */
export const SHORT_SECOND_MS = 5;

/**
 * The module of the rate limiter with short seconds, for tests that meet thousands of refusals which name no time to come.
 * The nodes are loaded as they are built, or, where coverage is measured, from their sources: tests mock both.
 */
export function withShortSeconds<Module extends typeof import('../../nodes/transport/rateLimiter')>(
	actual: Module,
): Module {
	const limiters = new Map<string, RateLimiter>();
	const rateLimiterFor = (key: string) => {
		const limiter = limiters.get(key) ?? actual.createRateLimiter(Date.now, SHORT_SECOND_MS);
		limiters.set(key, limiter);
		return limiter;
	};
	return { ...actual, rateLimiterFor };
}
