/**
 * Narrows the refusal of a combined request down to the items at fault, and detects when no single item is.
 *
 * A refused request is sent again for each half of its items, and so on, until the items at fault are alone (binary
 * search). If many items are at fault, that takes up to two requests per item. So if a whole call and both its halves are
 * refused with the same message, a sample of the broadcast's items is sent one by one. As soon as one of them is
 * accepted, or refused with a different message, the halving continues. If all of them get the same refusal, the content
 * is at fault, and the remaining items aren't tried.
 */

import { SERVICE_NAMES } from '../../transport/services';
import { NotTriedError } from '../outcome';
import type { Broadcast } from './broadcast';
import type { Call, Share } from './plan';
import type { RequestRun } from './request';
import { noteNotTried, request } from './request';

/** After this many refusals with the same message (a whole call and its halves), the content may be at fault. */
const SUSPICIOUS = 3;
/**
 * How many items are sent alone to find out. If nine of ten items are at fault, this is wrong in one of five broadcasts.
 */
const PROBES = 16;
/** The same, if the service has already accepted a part of the broadcast. */
const PROBES_IF_ACCEPTED = 48;
/** The fractional parts of its multiples are evenly spread for any count, and don't align with patterns in a list. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** A sample of a list, spread over all of it. */
export function spread<T>(list: T[], count: number): T[] {
	if (list.length <= count) return list;
	const indexes = new Set<number>();
	for (let step = 1; indexes.size < count; step++) {
		indexes.add(Math.floor(((step * GOLDEN_RATIO) % 1) * list.length));
	}
	return [...indexes].map((index) => list[index]);
}

const untried = (shares: Share[]) => shares.filter(({ isTaken }) => !isTaken);

/** Why the items of a call aren't tried; undefined if they are. */
function whyNot({ broadcast }: Call, { givingUp, client }: RequestRun): Error | undefined {
	const refusal = broadcast?.refusalOfAll;
	if (!refusal) return givingUp.reason();
	const name = SERVICE_NAMES[client.service];
	return new NotTriedError(
		`${name} refused the other items that were tried, so this item wasn't tried`,
		refusal,
	);
}

/** Sends a sample of a broadcast's items one by one, to find out whether all of it is refused. */
async function probe(call: Call, broadcast: Broadcast, run: RequestRun): Promise<void> {
	const waiting = [...run.upcoming()].filter((one) => one.broadcast === broadcast);
	const candidates = [call, ...waiting].flatMap((one) =>
		untried(one.shares).map((share) => ({ call: one, share })),
	);
	let left = broadcast.wasAccepted ? PROBES_IF_ACCEPTED : PROBES;
	for (const one of spread(candidates, left)) {
		if (run.results.isOver() || whyNot(call, run)) return;
		// Its call may have started in the meantime.
		if (one.share.isTaken) continue;
		await request(one.call, [one.share], run);
		left--;
		// The count restarts at 0 when an item is accepted, and at 1 when the message differs.
		if (broadcast.sameRefusals < SUSPICIOUS) return;
	}
	// With fewer items than probes, each was sent alone, and there is nothing to conclude.
	if (left === 0) broadcast.refusalOfAll = broadcast.lastRefusal;
}

/** Tries both halves of items that were refused together. @returns the halves that were refused too */
async function tryHalves(call: Call, shares: Share[], run: RequestRun): Promise<Share[][]> {
	const middle = Math.ceil(shares.length / 2);
	const halves = [shares.slice(0, middle), shares.slice(middle)].filter(({ length }) => length > 0);
	const refused: Share[][] = [];
	for (const half of halves) {
		if (run.results.isOver()) break;
		const reason = whyNot(call, run);
		if (reason) noteNotTried(half, reason, run);
		else if (await request(call, half, run)) {
			// A node that stops on errors sends nothing beyond the first item at fault.
			if (run.results.stopsOnError) await narrow(call, half, run);
			else refused.push(half);
		}
	}
	return refused;
}

/** Halves items that were refused together until those at fault are alone. */
async function narrow(call: Call, shares: Share[], run: RequestRun): Promise<void> {
	for (const half of await tryHalves(call, shares, run)) await narrow(call, untried(half), run);
}

/**
 * Finds out what was refused: some items, or the content.
 *
 * @param shares items that were refused together; none if the call has a single item
 */
async function lookInto(call: Call, broadcast: Broadcast, shares: Share[], run: RequestRun): Promise<void> {
	// Calls of one broadcast take turns, so they don't investigate the same refusal in parallel.
	const turn = broadcast.lookedInto;
	let end = () => {};
	broadcast.lookedInto = new Promise((resolve) => (end = resolve));
	await turn;
	const refused = await tryHalves(call, shares, run);
	const isSuspicious = broadcast.sameRefusals >= SUSPICIOUS && !run.results.stopsOnError;
	if (isSuspicious && !whyNot(call, run)) await probe(call, broadcast, run);
	end();
	const reason = whyNot(call, run);
	if (reason) noteNotTried(untried(shares), reason, run);
	else for (const half of refused) await narrow(call, untried(half), run);
}

/** Sends the request of a call, and narrows it down if it is refused. Resolves when none of its items is in flight. */
export async function runCall(call: Call, run: RequestRun): Promise<void> {
	const { broadcast } = call;
	const shares = untried(call.shares);
	const areProbed = shares.length < call.shares.length;
	const reason = whyNot(call, run);
	if (reason) noteNotTried(shares, reason, run);
	else if (shares.length > 0) {
		const refusal = await request(call, shares, run);
		const isSuspicious = broadcast !== undefined && broadcast.sameRefusals >= SUSPICIOUS;
		if (broadcast && (refusal || isSuspicious)) await lookInto(call, broadcast, refusal ? shares : [], run);
	}
	if (areProbed) await broadcast?.lookedInto;
}
