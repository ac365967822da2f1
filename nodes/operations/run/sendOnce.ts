import type { IExecuteFunctions } from 'n8n-workflow';
import { cancellation } from '../../transport/cancellation';
import { readable, UnknownOutcomeError } from '../../transport/errors';
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

/** Maximum length of a value that n8n keeps for filtering executions. */
const MAX_CUSTOM_DATA = 255;

/** Sends to each recipient once per broadcast name, across all executions of the node. */
export interface SendOnce {
	/**
	 * Claims the recipients of these items of a call, and removes those who got the message before or may have it. Items
	 * without any other recipients get their outcome here.
	 *
	 * @param upcoming the calls that come next
	 * @returns the items that still have recipients
	 */
	secure(call: Call, shares: Share[], upcoming: () => Iterable<Call>): Promise<Share[]>;
	/** Notes that a request for these items is about to go out. */
	begin(shares: Share[]): void;
	/** Notes that these items were refused together, and that other requests will try them again. */
	withdraw(shares: Share[]): void;
	sent(shares: Share[]): void;
	unknown(shares: Share[]): void;
	/** Notes that these items definitely weren't sent. */
	release(shares: Share[]): void;
	/** Notes the outcome of an item, including what is known about the recipients that were removed from it. */
	note(share: Share, outcome: Outcome): void;
	/** Stores what is known. */
	close(): Promise<void>;
	/** Hints for the user. */
	hints(): string[];
}

/** Makes executions filterable by broadcast name. */
function markExecution({ customData }: IExecuteFunctions, names: string[]): void {
	// Older n8n versions don't offer it to nodes.
	customData?.set('broadcastName', names.join(', ').slice(0, MAX_CUSTOM_DATA));
}

/** The distinct broadcast names of a plan. */
export const namesIn = ({ calls }: Plan) => [
	...new Set(calls.flatMap(({ shares }) => shares.flatMap(({ item }) => item.broadcastName ?? []))),
];

/** @returns undefined if no item of the plan has a broadcast name */
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
	let hasClaimed = false;
	/** The keys held by each item. */
	const held = new Map<Share, string[]>();
	const leftOuts = new Map<Share, LeftOut>();

	function* keysOf(upcoming: Iterable<Call>): Generator<string[]> {
		for (const call of upcoming) {
			const shares = call.shares.filter((share) => isNamed(share) && !held.has(share));
			yield shares.flatMap((share) => addresseesOf(call, share).map(({ key }) => key));
		}
	}

	const heldBy = (shares: Share[]) => shares.flatMap((share) => held.get(share) ?? []);

	/** Removes the recipients from an item that don't get a message. */
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
				hasClaimed = true;
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
			// Noted without ending the run: the other items are sent before the node stops.
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
				// If nothing could be claimed, nothing was sent, and each item says why. Otherwise, the workflow is saved, so it is
				// a database error.
				if (!hasClaimed) return;
				const { message } = (error as { cause: Error }).cause;
				notStored = `n8n couldn't store who got the last messages (${readable(message)}). A later run reports their recipients as unknown.`;
				context.logger.warn(notStored);
			}
		},
		hints: () => [warning(claims.kept(), cap), notStored].flatMap((hint) => hint ?? []),
	};
}
