/**
 * Deduplicates recipients and batches items: which requests a run makes, for whom, and in what order.
 *
 * An example. Three items have the same text:
 *
 *     item 0 to Ann and Bob     item 1 to Bob and Cem     item 2 to Bob
 *
 * They become one request, to Ann and Bob for item 0 and to Cem for item 1. Bob is a duplicate in items 1 and 2: they
 * borrow him from item 0, his origin. So item 1 has one recipient of its own and a loan, item 2 only a loan.
 *
 * The service refuses the request, because Ann's number does not exist. `runCalls` makes it again for each half of the
 * items: item 0 is refused, item 1 accepted. Nobody has sent to Bob now, though items 1 and 2 name him and nothing is wrong
 * with them. So `runPlan` makes a second plan of the loans whose origin was refused. There item 1 comes first and brings
 * Bob, and item 2 borrows him again, this time from item 1. In the end Bob and Cem got the message once, item 0 says that
 * only some of its recipients were served, item 1 counts two recipients, and item 2 none and one duplicate.
 */

import type { IDataObject } from 'n8n-workflow';
import type { Endpoint, RequestOf } from '../../transport/endpoint';
import type { Recipient } from '../combine';
import type { AnyOperation, MessageCost, Previewed } from '../defineOperation';
import type { Outcome } from '../outcome';
import { hasOutput } from '../outcome';
import type { Question } from '../wait/question';
import type { Broadcast } from './broadcast';
import { newBroadcast } from './broadcast';

/** An input item whose request was read from the form. */
export interface PreparedItem {
	itemIndex: number;
	operation: AnyOperation;
	request: RequestOf<Endpoint>;
	/** The name under which nobody gets a message twice; undefined when the user gave none. */
	broadcastName?: string;
	/** How many entries of a list the user wants; undefined for all. */
	limit?: number;
	/** Whether the user wants the most needed fields of each record only. */
	isSimplified?: boolean;
	/** What is asked, by an operation that waits for the reply. */
	question?: Question;
	/** What it costs to each recipient, where that is known. */
	cost?: MessageCost;
	/** The time zones of its recipients, where quiet hours are kept. */
	zones?: string[];
	/** Whether its request is a part of one that is made as a whole. */
	isGathered?: boolean;
	/** What a preview tells about it. */
	preview?: Previewed;
	/** What an earlier call of the same run did for the item. */
	earlier?: { output?: IDataObject; served: string[]; duplicates: number };
}

/** The part that one item has in a call. */
export interface Share {
	item: Omit<PreparedItem, 'request'>;
	recipients: Recipient[];
	/** How many of the item's recipients were left out, because the same message goes to them already. */
	duplicates: number;
	/** The item's part of a request that is made as a whole. */
	part?: RequestOf<Endpoint>;
	/** What speaks against making that request. */
	problems?: string[];
	/** Whether its outcome is known or on the way; it may be sent alone before it is the call's turn. */
	isTaken?: boolean;
}

/** One call to come. */
export interface Call {
	operation: AnyOperation;
	/** For all its recipients: `operation.combine` puts them in. */
	request: RequestOf<Endpoint>;
	shares: Share[];
	/** How many recipients it has. */
	size: number;
	/** The broadcast that it is a part of; undefined when items aren't combined. */
	broadcast?: Broadcast;
	/** Positions of the calls that have to be over before it. */
	after: Set<number>;
}

/** Recipients of an item that another item brings. */
export interface Loan {
	/** Its request is without recipients. */
	item: PreparedItem;
	borrowed: Array<{ recipient: Recipient; origin: number }>;
	duplicates: number;
	/** Whether the item brings recipients of its own. */
	hasOwn: boolean;
	/** Identities of all its recipients, its own included. */
	identities: string[];
	broadcast: Broadcast;
}

/** All calls for the items of a run, in the order in which they may start. */
export interface Plan {
	calls: Call[];
	loans: Loan[];
	/** By what the requests of each have in common. */
	broadcasts: Map<string, Broadcast>;
	/**
	 * Adds the next item.
	 *
	 * @param done what became of it before: others need not be sent to whom it served
	 * @returns the item with those of its recipients whom it didn't bring before, if there are any, to be added in its turn
	 */
	add(item: PreparedItem, done?: Outcome): PreparedItem | undefined;
}

/** What one plan knows about a broadcast. */
interface Round {
	broadcast: Broadcast;
	/** Position of the call that still takes recipients. */
	open?: number;
	/** The item that brought each recipient, by the recipient's identity. */
	origins: Map<string, number>;
}

/** The whole request of a call, for some or all of its shares. */
export function requestFor({ operation, request, broadcast }: Call, shares: Share[]): RequestOf<Endpoint> {
	if (shares[0].part) return operation.gather!.join(shares.map(({ part }) => part!));
	if (!broadcast) return request;
	return operation.combine!.withRecipients(
		request,
		shares.flatMap(({ recipients }) => recipients),
	);
}

/** Whether the output of an operation counts recipients. A question goes to the people of one item. */
export const hasCounts = ({ combine, ask }: AnyOperation) => combine !== undefined && !ask;

/** What the output of an item tells about its recipients, those of an earlier request for it included. */
export function countsOf(
	{ earlier }: Share['item'],
	recipients: number,
	duplicates: number,
): { recipientCount: number; duplicateCount: number } {
	return {
		recipientCount: recipients + Number(earlier?.output?.recipientCount ?? 0),
		duplicateCount: duplicates + (earlier?.duplicates ?? 0),
	};
}

/** Whom an item messages, in words, such as `+12015550123, +12015550124`; undefined where the operation messages nobody. */
export function recipientsInWords(item: PreparedItem): string | undefined {
	const { addressee } = item.operation;
	return addressee && [...new Set(subjectsOf(item))].map(addressee).join(', ');
}

/** The recipients of an item. With a broadcast name one is the same over whatever channel. */
function recipientsOf({ operation, request, broadcastName }: PreparedItem): Recipient[] {
	const all = operation.combine!.recipients(request);
	if (broadcastName === undefined) return all;
	return all.map((recipient) => ({ ...recipient, identity: recipient.subject }));
}

/** What an item is about. */
function subjectsOf({ operation, request }: PreparedItem): string[] {
	const { subjects, combine } = operation;
	if (subjects) return subjects(request);
	if (combine) return combine.recipients(request).map(({ subject }) => subject);
	return Object.values(request.path ?? {}).map(String);
}

/**
 * Plans the calls for a run.
 *
 * An item may join an open call only if none of its recipients is in a later one, so that everybody gets everything in
 * the order of the items.
 *
 * @param recipientsPerCall how many recipients a call may have; undefined leaves each item its own call
 * @param broadcasts what is known about them from a plan before, which is to be added to
 */
export function createPlan(
	recipientsPerCall: number | undefined,
	broadcasts: Plan['broadcasts'] = new Map(),
): Plan {
	const calls: Call[] = [];
	const loans: Loan[] = [];
	const rounds = new Map<string, Round>();
	/** Position of the call that is made as a whole, by what it is for. */
	const gathered = new Map<string, number>();
	/** Position of the last call about each subject. */
	const last = new Map<string, number>();

	const lastOf = (subject: string) => last.get(subject) ?? -1;

	function enter(position: number, subjects: string[], share: Share): void {
		const call = calls[position];
		for (const subject of subjects) {
			const before = lastOf(subject);
			if (before >= 0 && before !== position) call.after.add(before);
			last.set(subject, position);
		}
		call.shares.push(share);
		call.size += share.recipients.length;
	}

	function start(
		{ operation }: PreparedItem,
		request: RequestOf<Endpoint>,
		subjects: string[],
		share: Share,
		broadcast?: Broadcast,
	): number {
		const call = { operation, request, shares: [], size: 0, broadcast, after: new Set<number>() };
		const position = calls.push(call) - 1;
		enter(position, subjects, share);
		return position;
	}

	function gather({ request, ...item }: PreparedItem): void {
		const { operation } = item;
		const key = JSON.stringify([operation.endpoint, operation.gather!.target(request)]);
		// What has no JSON is the fault of its item, and not of the request that all items share.
		const part = JSON.parse(JSON.stringify(request)) as RequestOf<Endpoint>;
		const share = { item, recipients: [], duplicates: 0, part };
		const subjects = subjectsOf({ request, ...item });
		const position = gathered.get(key);
		if (position === undefined) gathered.set(key, start({ request, ...item }, request, subjects, share));
		else enter(position, subjects, share);
	}

	function startRound(key: string): Round {
		const broadcast = broadcasts.get(key) ?? newBroadcast();
		broadcasts.set(key, broadcast);
		const round = { broadcast, origins: new Map<string, number>() };
		rounds.set(key, round);
		return round;
	}

	function combine(planned: PreparedItem, done: Outcome | undefined): PreparedItem | undefined {
		const { request, ...item } = planned;
		const rule = planned.operation.combine!;
		const base = rule.withRecipients(request, []);
		const key = JSON.stringify([planned.operation.endpoint, base, planned.broadcastName]);
		const round = rounds.get(key) ?? startRound(key);
		const { broadcast, origins } = round;
		const all = recipientsOf(planned);
		if (done) {
			const served = hasOutput(done) && done.served ? new Set(done.served) : undefined;
			const [known, left] = [true, false].map((isKnown) =>
				all.filter(({ identity }) => (served?.has(identity) ?? true) === isKnown),
			);
			for (const { identity } of known) {
				if (!origins.has(identity)) origins.set(identity, item.itemIndex);
				if (hasOutput(done)) broadcast.served.add(identity);
				else broadcast.inDoubt.set(identity, item.itemIndex);
			}
			if (!hasOutput(done) || left.length === 0) return undefined;
			const [output] = done.output;
			const duplicates = Number(output.duplicateCount ?? 0) - left.length;
			const earlier = { output, served: [...served!], duplicates };
			return { ...planned, request: rule.withRecipients(request, left), earlier };
		}
		const fresh: Recipient[] = [];
		const borrowed: Loan['borrowed'] = [];
		for (const recipient of all) {
			const origin = origins.get(recipient.identity);
			if (origin === undefined) fresh.push(recipient);
			else if (origin !== item.itemIndex) borrowed.push({ recipient, origin });
			origins.set(recipient.identity, origin ?? item.itemIndex);
		}
		const duplicates = all.length - fresh.length;
		const hasOwn = fresh.length > 0;
		if (borrowed.length > 0) {
			broadcast.hasLoans = true;
			const identities = [...(planned.earlier?.served ?? []), ...all.map(({ identity }) => identity)];
			loans.push({ item: { ...item, request: base }, borrowed, duplicates, hasOwn, identities, broadcast });
		}
		if (!hasOwn) return undefined;
		const subjects = fresh.map(({ subject }) => subject);
		const share = { item, recipients: fresh, duplicates };
		const { open } = round;
		const mayJoin =
			open !== undefined &&
			calls[open].size + fresh.length <= recipientsPerCall! &&
			subjects.every((subject) => lastOf(subject) < open);
		if (mayJoin) enter(open, subjects, share);
		else round.open = start(planned, base, subjects, share, broadcast);
		return undefined;
	}

	return {
		calls,
		loans,
		broadcasts,
		add(planned, done) {
			if (planned.operation.combine && recipientsPerCall !== undefined) return combine(planned, done);
			if (done) return undefined;
			if (planned.isGathered) {
				gather(planned);
				return undefined;
			}
			const { request, ...item } = planned;
			const share = { item, recipients: [], duplicates: 0 };
			start(planned, request, subjectsOf(planned), share);
			return undefined;
		},
	};
}
