import type { IExecuteFunctions } from 'n8n-workflow';
import { cancellation } from '../../transport/cancellation';
import { UnknownOutcomeError } from '../../transport/errors';
import type { Outcome } from '../outcome';
import { hasOutput } from '../outcome';
import type { RunOptions } from '../runOptions';
import type { Addressee } from './addressees';
import { addresseesOf, isNamed, keepOnly } from './addressees';
import { startClaims } from './claims';
import { keptKeysOf } from './keptKeys';
import type { Call, Plan, Share } from './plan';
import type { Results } from './results';
import type { LeftOut } from './skipped';
import { errorOf, skippedOutput, skippedRecipients, warning } from './skipped';

/** How long a value may be that n8n keeps for filtering executions. */
const MAX_CUSTOM_DATA = 255;

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
	/** Notes what became of an item, with what is known about the recipients who were taken out of it. */
	note(share: Share, outcome: Outcome): void;
	/** Stores what is known. */
	close(): Promise<void>;
	/** What to tell the user at the end. */
	hints(): string[];
}

/** Lets executions be filtered by the names of their broadcasts. */
function markExecution({ customData }: IExecuteFunctions, names: string[]): void {
	// Older n8n has none for nodes.
	customData?.set('broadcastName', names.join(', ').slice(0, MAX_CUSTOM_DATA));
}

/** The broadcast names of the items of a plan, each once. */
export const namesIn = ({ calls }: Plan) => [
	...new Set(calls.flatMap(({ shares }) => shares.flatMap(({ item }) => item.broadcastName ?? []))),
];

/** @returns undefined when no item of the plan has a broadcast name */
export function startSendOnce(
	context: IExecuteFunctions,
	plan: Plan,
	{ claimRules, concurrency }: RunOptions,
	results: Results,
): SendOnce | undefined {
	const names = namesIn(plan);
	if (!claimRules || names.length === 0) return undefined;
	markExecution(context, names);
	const { wait } = cancellation(context.getExecutionCancelSignal());
	const { cap } = claimRules;
	const claims = startClaims(keptKeysOf(context), { ...claimRules, concurrency, wait });
	let notStored: string | undefined;
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
		if (Object.keys(leftOut).length === 0) return;
		leftOuts.set(share, leftOut);
		keepOnly(call, share, [...mine.values()]);
		if (mine.size > 0) return;
		const { itemIndex } = share.item;
		const error = errorOf(share, leftOut, cap, false);
		if (!error) results.note(itemIndex, skippedOutput(share, leftOut));
		else if (error instanceof UnknownOutcomeError) results.note(itemIndex, { error });
		else results.set(itemIndex, { error });
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
		note(share, outcome) {
			const { itemIndex } = share.item;
			const leftOut = leftOuts.get(share);
			const error = leftOut && errorOf(share, leftOut, cap, hasOutput(outcome));
			// The others are sent before the node stops at it.
			if (error) return results.note(itemIndex, { error });
			if (!leftOut || !hasOutput(outcome)) return results.remember(itemIndex, outcome);
			const addition = { skippedRecipients: skippedRecipients(leftOut) };
			const output = outcome.output.map((item) => ({ ...item, ...addition }));
			results.remember(itemIndex, { ...outcome, output });
		},
		async close() {
			try {
				await claims.close();
			} catch (error) {
				notStored = `${(error as Error).message}. A later run takes the last messages of this one for unknown.`;
				context.logger.warn(notStored);
			}
		},
		hints: () => [warning(claims.kept(), cap), notStored].flatMap((hint) => hint ?? []),
	};
}
