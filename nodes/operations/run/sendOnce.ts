import type { IExecuteFunctions } from 'n8n-workflow';
import { cancellation } from '../../transport/cancellation';
import { NotSentError, UnknownOutcomeError } from '../../transport/errors';
import type { Recipient } from '../combine';
import type { Outcome } from '../outcome';
import { hasOutput, PartlyServedError } from '../outcome';
import type { RunOptions } from '../runOptions';
import type { Claims, ClaimState } from './claims';
import { startClaims } from './claims';
import { keptKeysOf } from './keptKeys';
import type { Call, Plan, Share } from './plan';
import { countsOf } from './plan';
import type { Results } from './results';

/** How many recipients a sentence names before it only counts the rest. */
const MAX_NAMED = 5;

/** Sends to each recipient once for each broadcast name, over all executions of the node. */
export interface SendOnce {
	/**
	 * Claims the recipients of some items of a call, and takes out of it those who got the message before, or of whom nobody
	 * knows. Items without any other recipient get their outcome here.
	 *
	 * @param upcoming the calls that may start next
	 * @returns the items that have somebody left to send to
	 */
	secure(call: Call, shares: Share[], upcoming: () => Iterable<Call>): Promise<Share[]>;
	/** Notes that a request for items is about to go out. */
	begin(shares: Share[]): void;
	/** Notes that items were refused together, and are tried again in other requests. */
	withdraw(shares: Share[]): void;
	sent(shares: Share[]): void;
	unknown(shares: Share[]): void;
	/** Notes that items surely weren't sent. */
	release(shares: Share[]): void;
	/** The outcome of an item with what is known about the recipients who were taken out of it. */
	complete(share: Share, outcome: Outcome): Outcome;
	/** How many recipients n8n keeps for the node, and how many it may. */
	usage(): { kept: number; cap: number };
	/** Stores what is known. @throws NotSentError when n8n couldn't */
	close(): Promise<void>;
}

/** A recipient of an item as their claim names them, and as a sentence does. */
interface Addressee {
	recipient: Recipient;
	key: string;
	words: string;
}

/** Recipients of an item who don't get a message, by the reason. */
type LeftOut = Partial<Record<ClaimState, string[]>>;

const listed = (words: string[]) => {
	const named = words.slice(0, MAX_NAMED).join(', ');
	return words.length > MAX_NAMED ? `${named} and ${words.length - MAX_NAMED} more` : named;
};

/** Whom an item of a call is for. */
function addresseesOf({ operation, request, broadcast }: Call, { item, recipients }: Share): Addressee[] {
	const all = broadcast
		? recipients
		: (operation.combine?.recipients(request) ??
			operation.subjects!(request).map((subject) => ({ subject, identity: subject, value: subject })));
	return all.map((recipient) => ({
		recipient,
		key: JSON.stringify([item.broadcastName, recipient.subject]),
		words: operation.addressee!(recipient.subject),
	}));
}

/** Leaves only some recipients in an item of a call. */
function keepOnly(call: Call, share: Share, addressees: Addressee[]): void {
	const recipients = addressees.map(({ recipient }) => recipient);
	if (call.broadcast) {
		call.size -= share.recipients.length - recipients.length;
		share.recipients = recipients;
	} else if (call.operation.combine && recipients.length > 0) {
		call.request = call.operation.combine.withRecipients(call.request, recipients);
	}
}

/** What an item says whose recipients all have the message. */
function skippedOutput({ item, duplicates }: Share, leftOut: LeftOut, isCombined: boolean): Outcome {
	const { sentBefore = [], sent = [], elsewhere = [] } = leftOut;
	const { broadcastName } = item;
	const isSending = elsewhere.length > 0;
	const skippedReason = isSending
		? `Another execution is sending "${broadcastName}" to ${listed(elsewhere)} right now`
		: `"${broadcastName}" was already sent to ${listed([...sentBefore, ...sent])}`;
	const counts = isCombined ? { itemsInRequest: 0, ...countsOf(item, 0, duplicates) } : {};
	const skippedRecipients = [...sentBefore, ...sent, ...elsewhere];
	return { output: [{ skipped: true, skippedReason, broadcastName, skippedRecipients, ...counts }] };
}

/** What went wrong with the recipients who were taken out of an item; undefined when they have the message. */
function errorOf(
	{ item: { broadcastName } }: Share,
	{ unknown = [], full = [] }: LeftOut,
	cap: number,
	isPartlySent: boolean,
): Error | undefined {
	if (unknown.length > 0) {
		return new UnknownOutcomeError(
			`It is not known whether ${listed(unknown)} got "${broadcastName}": an earlier attempt has no stored result`,
			'Look it up in the service. To send it again, run this item once more with Options > Send Unknown Again.',
		);
	}
	if (full.length === 0) return undefined;
	const KnownError = isPartlySent ? PartlyServedError : NotSentError;
	return new KnownError(
		`Kept Recipients is used up, so "${broadcastName}" wasn't sent to ${listed(full)}: n8n keeps ${cap} recipients for this node`,
		'Raise Options > Kept Recipients. A copy of the node starts with no kept recipients, but also knows of no earlier message.',
	);
}

/** @returns undefined when no item of the plan has a broadcast name */
export function startSendOnce(
	context: IExecuteFunctions,
	{ calls }: Plan,
	{ claimRules, concurrency }: RunOptions,
	results: Results,
): SendOnce | undefined {
	const isNamed = ({ item }: Share) => item.broadcastName !== undefined;
	if (!calls.some(({ shares }) => shares.some(isNamed))) return undefined;
	const { wait } = cancellation(context.getExecutionCancelSignal());
	const claims: Claims = startClaims(keptKeysOf(context), { ...claimRules, concurrency, wait });
	/** Keys that each item holds. */
	const held = new Map<Share, string[]>();
	const leftOuts = new Map<Share, LeftOut>();

	function* keysOf(upcoming: Iterable<Call>): Generator<string[]> {
		for (const call of upcoming) {
			const shares = call.shares.filter((share) => isNamed(share) && !held.has(share));
			yield shares.flatMap((share) => addresseesOf(call, share).map(({ key }) => key));
		}
	}

	const heldBy = (shares: Share[]) => shares.flatMap((share) => held.get(share) ?? []);

	/** Takes those recipients out of an item who don't get a message. */
	function divide(call: Call, share: Share): void {
		const mine = new Map<string, Addressee>();
		const leftOut: LeftOut = {};
		for (const addressee of addresseesOf(call, share)) {
			const state = mine.has(addressee.key) ? 'sent' : claims.stateOf(addressee.key)!;
			if (state === 'claimed') mine.set(addressee.key, addressee);
			else (leftOut[state] ??= []).push(addressee.words);
			if (!call.broadcast?.hasLoans) continue;
			const { identity } = addressee.recipient;
			if (state === 'unknown') call.broadcast.inDoubt.set(identity, share.item.itemIndex);
			else if (state !== 'claimed' && state !== 'full') call.broadcast.served.add(identity);
		}
		held.set(share, [...mine.keys()]);
		keepOnly(call, share, [...mine.values()]);
		if (Object.keys(leftOut).length > 0) leftOuts.set(share, leftOut);
		if (mine.size > 0) return;
		const { itemIndex } = share.item;
		const error = errorOf(share, leftOut, claimRules.cap, false);
		if (!error) results.remember(itemIndex, skippedOutput(share, leftOut, call.broadcast !== undefined));
		else if (error instanceof UnknownOutcomeError) results.recall(itemIndex, { error });
		else results.remember(itemIndex, { error });
	}

	return {
		async secure(call, shares, upcoming) {
			const fresh = shares.filter((share) => isNamed(share) && !held.has(share));
			if (fresh.length > 0) {
				const keys = fresh.flatMap((share) => addresseesOf(call, share).map(({ key }) => key));
				await claims.secure(keys, keysOf(upcoming()));
				if (results.isOver()) return [];
				for (const share of fresh) divide(call, share);
			}
			return shares.filter((share) => !isNamed(share) || heldBy([share]).length > 0);
		},
		begin: (shares) => claims.begin(heldBy(shares)),
		withdraw: (shares) => claims.withdraw(heldBy(shares)),
		sent: (shares) => claims.sent(heldBy(shares)),
		unknown: (shares) => claims.unknown(heldBy(shares)),
		release(shares) {
			claims.release(heldBy(shares));
			for (const share of shares) held.delete(share);
		},
		complete(share, outcome) {
			const leftOut = leftOuts.get(share);
			if (!leftOut) return outcome;
			const error = errorOf(share, leftOut, claimRules.cap, hasOutput(outcome));
			if (error) return { error };
			if (!hasOutput(outcome)) return outcome;
			const { sentBefore = [], sent = [], elsewhere = [] } = leftOut;
			const skippedRecipients = [...sentBefore, ...sent, ...elsewhere];
			return { ...outcome, output: outcome.output.map((item) => ({ ...item, skippedRecipients })) };
		},
		usage: () => ({ kept: claims.kept(), cap: claimRules.cap }),
		close: claims.close,
	};
}
