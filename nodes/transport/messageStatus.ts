/** What the one-letter statuses of a message in nativeMsg's reference stand for. */
export const STATUS_NAMES = new Map<unknown, string>([
	['A', 'accepted'],
	['P', 'pending'],
	['S', 'sent'],
	['D', 'delivered'],
	['F', 'failed'],
	['Q', 'queued'],
	['R', 'read'],
]);
