import type { RateReport } from './rateLimit';
import type { Tenant } from './state';

/** Counts of received and accepted messages, to check that everyone was served once and within the limit. */
export interface OttReport extends RateReport {
	/** Messages, including failed ones; retries don't count. */
	accepted: number;
	/** Messages per recipient: phone digits without `+`. */
	recipients: Record<string, number>;
	maxPerRecipient: number;
}

export function ottReport({ messages }: Tenant, rate: RateReport): OttReport {
	const recipients: Record<string, number> = {};
	for (const { to } of messages.list()) {
		const digits = to.replace('+', '');
		recipients[digits] = (recipients[digits] ?? 0) + 1;
	}
	return {
		...rate,
		accepted: messages.list().length,
		recipients,
		maxPerRecipient: Object.values(recipients).reduce((most, count) => Math.max(most, count), 0),
	};
}
