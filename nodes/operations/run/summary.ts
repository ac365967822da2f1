import type { IDataObject } from 'n8n-workflow';
import type { Outcome } from '../outcome';
import { hasFailed, hasOutput, isHeld, isInDoubt, isSkipped } from '../outcome';
import type { RunSize } from './limits';

/** How many different failure reasons are listed. */
const MAX_REASONS = 10;
const OTHERS = 'Other reasons';

/** The outcomes of a run in numbers. */
export interface Summary {
	sent: number;
	/** Items whose recipients already have the message. */
	skipped: number;
	/** Items whose recipients are in quiet hours. */
	held: number;
	/** Items that may have been sent. */
	unknown: number;
	failed: number;
	/** Number of failed items by reason. */
	failedByReason: Record<string, number>;
	/** Number of sent messages. */
	messages: number;
	/** Number of SMS parts they took; null if not known. */
	smsParts: number | null;
	minutes: number;
}

/** @param tookMs duration of the run */
export function summaryOf(outcomes: Array<Outcome | undefined>, tally: RunSize, tookMs: number): Summary {
	const counts = { sent: 0, skipped: 0, held: 0, unknown: 0, failed: 0 };
	const reasons = new Map<string, number>();
	for (const outcome of outcomes) {
		if (isInDoubt(outcome)) counts.unknown++;
		else if (isHeld(outcome)) counts.held++;
		else if (hasOutput(outcome)) counts[isSkipped(outcome) ? 'skipped' : 'sent']++;
		if (!hasFailed(outcome) || isInDoubt(outcome)) continue;
		counts.failed++;
		const { message } = outcome.error;
		const reason = reasons.has(message) || reasons.size < MAX_REASONS ? message : OTHERS;
		reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
	}
	return {
		...counts,
		failedByReason: Object.fromEntries(reasons),
		messages: tally.recipients,
		smsParts: tally.parts ?? null,
		minutes: Math.round(tookMs / 600) / 100,
	};
}

const durationOf = (minutes: number) =>
	minutes < 2 ? `${Math.round(minutes * 60)} seconds` : `${Math.round(minutes)} minutes`;

/** The summary as a sentence or two. @param names the broadcast names of the run */
export function toldOf(summary: Summary, names: string[]): string {
	const { sent, skipped, held, unknown, failed, failedByReason, smsParts, minutes } = summary;
	const named = names.length === 1 ? `The broadcast "${names[0]}"` : `${names.length} broadcast names`;
	const reasons = Object.entries(failedByReason).map(([reason, count]) => `${count}: ${reason}`);
	const parts = [
		`${names.length === 0 ? 'This run' : named}: ${sent} sent`,
		...(names.length > 0 ? [`${skipped} skipped because their recipients have it`] : []),
		...(held > 0 ? [`${held} held until their quiet hours end`] : []),
		`${unknown} unknown`,
		`${failed} failed${reasons.length > 0 ? ` (${reasons.join('; ')})` : ''}`,
	];
	const cost = smsParts === null ? '' : ` ${smsParts} SMS parts.`;
	const time = minutes < 0.1 ? '' : ` It took ${durationOf(minutes)}.`;
	const again =
		names.length === 0 ? '' : " You can run it again at any time: recipients who have it don't get it twice.";
	return `${parts.join(', ')}.${cost}${time}${again}`;
}

/** Adds the summary to the outcome of the last item that has output. */
export function withSummary(outcome: Outcome | undefined, summary: Summary): Outcome | undefined {
	if (!hasOutput(outcome)) return undefined;
	const output = [...outcome.output];
	output.push({ ...output.pop(), summary: summary as unknown as IDataObject });
	return { ...outcome, output };
}
