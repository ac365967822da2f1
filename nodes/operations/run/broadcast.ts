import type { RequestError } from '../../transport/errors';

/** What is known about requests that differ only in recipients, across all rounds of a run. */
export interface Broadcast {
	/** Whether items share recipients. Only then are served recipients tracked. */
	hasLoans: boolean;
	/** Identities of the served recipients. */
	served: Set<string>;
	/**
	 * Identities of recipients whose request is in flight or has an unknown outcome, each with the item that contributed it.
	 */
	inDoubt: Map<string, number>;
	/** Whether the service accepted any of the requests. */
	wasAccepted: boolean;
	/** How many requests in a row were refused with the same status and message. */
	sameRefusals: number;
	lastRefusal?: RequestError;
	/** Set once every item is expected to get this refusal, so the rest aren't tried. */
	refusalOfAll?: RequestError;
	/**
	 * Whether a request ended without being refused. Until then, calls go out one at a time, because all of them may be
	 * refused.
	 */
	isProven: boolean;
	/** How many of its calls are running. */
	underWay: number;
	/** Settled while no refusal is being investigated. */
	lookedInto: Promise<void>;
}

export function newBroadcast(): Broadcast {
	return {
		hasLoans: false,
		served: new Set(),
		inDoubt: new Map(),
		wasAccepted: false,
		sameRefusals: 0,
		isProven: false,
		underWay: 0,
		lookedInto: Promise.resolve(),
	};
}

/** Notes that the service accepted a request, or that the request failed for a reason unrelated to its content. */
export function noteUnrefused(broadcast: Broadcast, isAccepted: boolean): void {
	broadcast.isProven = true;
	broadcast.wasAccepted ||= isAccepted;
	broadcast.sameRefusals = 0;
	broadcast.lastRefusal = undefined;
	if (isAccepted) broadcast.refusalOfAll = undefined;
}

/** Notes that the service refused a request because of its content. */
export function noteRefusal(broadcast: Broadcast, refusal: RequestError): void {
	const { lastRefusal } = broadcast;
	const isSame = lastRefusal?.status === refusal.status && lastRefusal?.message === refusal.message;
	broadcast.sameRefusals = isSame ? broadcast.sameRefusals + 1 : 1;
	broadcast.lastRefusal = refusal;
}
