/**
 * Deduplicates recipients and batches items: decides which requests a run makes, for whom, and in what order.
 *
 * For example, three items have the same text:
 *
 *     item 0 to Ann and Bob     item 1 to Bob and Cem     item 2 to Bob
 *
 * They become one request: to Ann and Bob for item 0, and to Cem for item 1. Bob is a duplicate in items 1 and 2, which
 * borrow him from item 0, his origin. So item 1 contributes one recipient and has a loan, and item 2 has only a loan.
 *
 * The service refuses the request because Ann's number doesn't exist. `runCalls` sends it again for each half of the
 * items: item 0 is refused, item 1 is accepted. Now Bob has no message, although items 1 and 2 name him and are valid. So
 * `runPlan` makes a second plan from the loans whose origin was refused. There, item 1 comes first and contributes Bob,
 * and item 2 borrows him again, this time from item 1. In the end, Bob and Cem got the message once. Item 0 reports that
 * only some of its recipients were served, item 1 counts two recipients, and item 2 counts none and one duplicate.
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

/** An input item with the request read from its form. */
export interface PreparedItem {
	itemIndex: number;
	operation: AnyOperation;
	request: RequestOf<Endpoint>;
	/** No one gets a message under the same name twice; undefined if the user gave none. */
	broadcastName?: string;
	/** Maximum number of list entries; undefined for all. */
	limit?: number;
	/** Whether the user wants simplified records. */
	isSimplified?: boolean;
	/** The question of an operation that waits for a reply. */
	question?: Question;
	/** The cost per recipient, if known. */
	cost?: MessageCost;
	/** The time zones of its recipients, if there are quiet hours. */
	zones?: string[];
	/** Whether its request is part of one that is sent as a whole. */
	isGathered?: boolean;
	/** What a preview shows about it. */
	preview?: Previewed;
	/** What an earlier request of the same run did for the item. */
	earlier?: { output?: IDataObject; served: string[]; duplicates: number };
}

/** One item's share of a call. */
export interface Share {
	item: Omit<PreparedItem, 'request'>;
	recipients: Recipient[];
	/** How many of the item's recipients were dropped because they already get the same message. */
	duplicates: number;
	/** The item's part of a request that is sent as a whole. */
	part?: RequestOf<Endpoint>;
	/** Reasons not to send that request. */
	problems?: string[];
	/** Whether its outcome is known or in progress. An item may be sent alone before its call's turn. */
	isTaken?: boolean;
}

/** One planned request. If the service refuses it, it is sent again in parts. */
export interface Call {
	operation: AnyOperation;
	/** Without recipients if items are combined; `requestFor` adds them. */
	request: RequestOf<Endpoint>;
	shares: Share[];
	/** Number of recipients. */
	size: number;
	/** The broadcast that it belongs to; undefined if items aren't combined. */
	broadcast?: Broadcast;
	/** Positions of the calls that have to finish first. */
	after: Set<number>;
}

/** Recipients of an item that another item contributes. */
export interface Loan {
	/** Its request is without recipients. */
	item: PreparedItem;
	borrowed: Array<{ recipient: Recipient; origin: number }>;
	duplicates: number;
	/** Whether the item also contributes recipients itself. */
	hasOwn: boolean;
	/** Identities of all its recipients, including its own. */
	identities: string[];
	broadcast: Broadcast;
}

/** All calls for the items of a run, in the order in which they may start. */
export interface Plan {
	calls: Call[];
	loans: Loan[];
	/** By what their requests have in common. */
	broadcasts: Map<string, Broadcast>;
	/**
	 * Adds the next item.
	 *
	 * @param done its outcome in an earlier try: the recipients it served need no other request
	 * @returns the item with the recipients it didn't contribute before, if any, to be added in its turn
	 */
	add(item: PreparedItem, done?: Outcome): PreparedItem | undefined;
}

/** A broadcast within one plan. */
interface Round {
	broadcast: Broadcast;
	/** Position of the call that still has room for recipients. */
	open?: number;
	/** The item that contributed each recipient, by the recipient's identity. */
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

/** The recipient counts in an item's output, including those of an earlier request for it. */
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

/**
 * The recipients of an item in words, such as `+12015550123, +12015550124`; undefined if the operation doesn't message
 * people.
 */
export function recipientsInWords(item: PreparedItem): string | undefined {
	const { addressee } = item.operation;
	return addressee && [...new Set(subjectsOf(item))].map(addressee).join(', ');
}

/** The recipients of an item. With a broadcast name, a recipient is the same on every channel. */
function recipientsOf({ operation, request, broadcastName }: PreparedItem): Recipient[] {
	const all = operation.combine!.recipients(request);
	if (broadcastName === undefined) return all;
	return all.map((recipient) => ({ ...recipient, identity: recipient.subject }));
}

/** The subjects of an item. */
function subjectsOf({ operation, request }: PreparedItem): string[] {
	const { subjects, combine } = operation;
	if (subjects) return subjects(request);
	if (combine) return combine.recipients(request).map(({ subject }) => subject);
	return Object.values(request.path ?? {}).map(String);
}

/**
 * Plans the requests of a run.
 *
 * An item may join an open call only if none of its recipients is in a later one, so that everyone gets their messages in
 * item order.
 *
 * @param recipientsPerCall maximum number of recipients per request; if undefined, each item gets its own request
 * @param broadcasts what an earlier plan of the run knows about them; this plan adds to it
 */
export function createPlan(
	recipientsPerCall: number | undefined,
	broadcasts: Plan['broadcasts'] = new Map(),
): Plan {
	const calls: Call[] = [];
	const loans: Loan[] = [];
	const rounds = new Map<string, Round>();
	/** Position of the call that is sent as a whole, by its target. */
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
		// A value without JSON must fail its own item, not the request that all items share.
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
