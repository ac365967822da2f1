/** Reports recipients who don't get a message, or may already have it. */

import type { IDataObject } from 'n8n-workflow';
import { NotSentError, UnknownOutcomeError } from '../../transport/errors';
import type { AnyOperation } from '../defineOperation';
import type { Outcome } from '../outcome';
import { PartlyServedError } from '../outcome';
import type { ClaimState } from './claims';
import type { Share } from './plan';
import { countsOf, hasCounts } from './plan';

/** How many recipients a sentence lists before it only counts the rest. */
const MAX_NAMED = 5;
/** The fraction of the cap from which the user is warned. */
const NEARLY_FULL = 0.8;

/** Recipients of an item who don't get a message, by reason. */
export type LeftOut = Partial<Record<ClaimState, string[]>>;

const listed = (words: string[]) => {
	const named = words.slice(0, MAX_NAMED).join(', ');
	return words.length > MAX_NAMED ? `${named} and ${words.length - MAX_NAMED} more` : named;
};

/** Recipients of an item who have the message or are getting it. */
export function skippedRecipients({ sentBefore = [], sent = [], elsewhere = [] }: LeftOut): string[] {
	return [...sentBefore, ...sent, ...elsewhere];
}

/** The output of an operation for a message that wasn't sent: the usual fields without values. */
export function unsentOutput({ output }: AnyOperation): IDataObject {
	return output?.({} as never, {} as never) as IDataObject;
}

/** The outcome of an item whose recipients all have the message. */
export function skippedOutput({ item, duplicates }: Share, leftOut: LeftOut): Outcome {
	const { broadcastName, operation } = item;
	const { elsewhere } = leftOut;
	const all = skippedRecipients(leftOut);
	const skippedReason = elsewhere
		? `Another execution is sending "${broadcastName}" to ${listed(elsewhere)} right now`
		: `"${broadcastName}" was already sent to ${listed(all)}`;
	const counts = hasCounts(operation) ? { requestItemCount: 0, ...countsOf(item, 0, duplicates) } : {};
	const skipped = { status: 'skipped', broadcastName, skippedReason, skippedRecipients: all };
	return { output: [{ ...unsentOutput(operation), ...skipped, ...counts }] };
}

/** The error for the recipients that were removed from an item; undefined if they have the message. */
export function errorOf(
	{ item: { broadcastName } }: Share,
	{ unknown = [], full = [] }: LeftOut,
	cap: number,
	isPartlySent: boolean,
): Error | undefined {
	if (unknown.length > 0) {
		return new UnknownOutcomeError(
			`It's unknown whether ${listed(unknown)} got "${broadcastName}": an earlier attempt has no stored result`,
			'Look it up in the service. To send it again, run this item once more with Broadcast > Send Unknown Again.',
		);
	}
	if (full.length === 0) return undefined;
	const KnownError = isPartlySent ? PartlyServedError : NotSentError;
	return new KnownError(
		`Kept Recipients is used up, so "${broadcastName}" wasn't sent to ${listed(full)}: n8n keeps ${cap} recipients for this node`,
		'Raise Broadcast > Kept Recipients. A copy of the node starts without kept recipients, so it would send earlier messages again.',
	);
}

/** Warns before Kept Recipients is full; undefined while there is room. */
export function warning(kept: number, cap: number): string | undefined {
	if (kept < cap * NEARLY_FULL) return undefined;
	return `n8n keeps ${kept} recipients for this node, and Kept Recipients allows ${cap}. Beyond that, new recipients get no message. Raise <b>Broadcast > Kept Recipients</b>, or copy the node: a copy starts without kept recipients, so it would send earlier messages again.`;
}
