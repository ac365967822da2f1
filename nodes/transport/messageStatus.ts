/** The meaning of the one-letter message statuses in nativeMsg's reference. */
const STATUS_NAMES = new Map<unknown, string>([
	['A', 'accepted'],
	['P', 'pending'],
	['S', 'sent'],
	['D', 'delivered'],
	['F', 'failed'],
	['Q', 'queued'],
	['R', 'read'],
]);

/** The name of a status given as its letter or its name, in any case; undefined for anything else. */
export function statusName(status: unknown): string | undefined {
	const text = String(status).trim();
	const known = STATUS_NAMES.get(text.toUpperCase());
	return known ?? [...STATUS_NAMES.values()].find((name) => name === text.toLowerCase());
}
