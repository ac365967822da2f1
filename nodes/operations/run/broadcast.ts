import type { RequestError } from '../../transport/errors';

/** What is known about requests that differ only in recipients, over all rounds of a run. */
export interface Broadcast {
	/** Whether items borrow recipients from each other. Only then is it noted who was served. */
	hasLoans: boolean;
	/** Identities of the recipients who were served. */
	served: Set<string>;
	/** Identities of recipients whose request has an unknown outcome or is in flight, each with the item that brought it. */
	inDoubt: Map<string, number>;
	/** Whether the service accepted any of the requests. */
	wasAccepted: boolean;
	/** How many requests in a row were refused with the same status and words. */
	sameRefusals: number;
	lastRefusal?: RequestError;
	/** The refusal that every item gets, so the others aren't tried. */
	refusalOfAll?: RequestError;
	/** Whether a request ended without being refused. Until then its calls go out one by one: all of it may be refused. */
	isProven: boolean;
	/** How many of its calls are under way. */
	underWay: number;
	/** Settled when nobody looks into a refusal. */
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

/** Notes that the service accepted a request, or that it failed for a reason that says nothing about its content. */
export function noteUnrefused(broadcast: Broadcast, isAccepted: boolean): void {
	broadcast.isProven = true;
	broadcast.wasAccepted ||= isAccepted;
	broadcast.sameRefusals = 0;
	broadcast.lastRefusal = undefined;
	if (isAccepted) broadcast.refusalOfAll = undefined;
}

/** Notes that the service refused a request for its content. */
export function noteRefusal(broadcast: Broadcast, refusal: RequestError): void {
	const { lastRefusal } = broadcast;
	const isSame = lastRefusal?.status === refusal.status && lastRefusal?.message === refusal.message;
	broadcast.sameRefusals = isSame ? broadcast.sameRefusals + 1 : 1;
	broadcast.lastRefusal = refusal;
}
