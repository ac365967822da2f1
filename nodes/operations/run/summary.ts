import type { IDataObject } from 'n8n-workflow';
import type { Outcome } from '../outcome';
import { hasFailed, hasOutput, isHeld, isInDoubt, isSkipped } from '../outcome';
import type { RunSize } from './limits';

/** How many reasons for failures are told apart. */
const MAX_REASONS = 10;
const OTHERS = 'Other reasons';

/** What became of the items of a run. */
export interface Summary {
	sent: number;
	/** Their recipients have the message. */
	skipped: number;
	/** It is a quiet hour for their recipients. */
	held: number;
	/** Nobody knows whether they were sent. */
	unknown: number;
	failed: number;
	/** How many failed for which reason. */
	failedByReason: Record<string, number>;
	/** How many messages went out. */
	messages: number;
	/** How many parts these took; null where that is not known. */
	smsParts: number | null;
	minutes: number;
}

/** @param tookMs how long the run took */
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

/** The same as a sentence or two. @param names of the broadcasts of the run */
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

/** The outcome of the last item that has output, with the summary in it. */
export function withSummary(outcome: Outcome | undefined, summary: Summary): Outcome | undefined {
	if (!hasOutput(outcome)) return undefined;
	const output = [...outcome.output];
	output.push({ ...output.pop(), summary: summary as unknown as IDataObject });
	return { ...outcome, output };
}
