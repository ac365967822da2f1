/** When an event was first seen, by its identity; ms since 1970. */
export type Seen = Record<string, number>;

/** How many identities n8n keeps with the workflow. It is written whole at each delivery, so it must stay small. */
const KEPT_IN_WORKFLOW = 500;
/** How many identities one process keeps for each webhook. */
const KEPT_IN_MEMORY = 100_000;
const MAX_WEBHOOKS = 100;

/** What one process knows of a webhook's events; exact, and aware of deliveries that arrive side by side. */
interface Memory {
	/** The oldest comes first. */
	seen: Map<string, number>;
	/** Those of it that are kept with the workflow as well. */
	latest: Array<[identity: string, at: number]>;
}

const memories = new Map<string, Memory>();

function memoryOf(webhook: string): Memory {
	const memory = memories.get(webhook) ?? { seen: new Map<string, number>(), latest: [] };
	memories.delete(webhook);
	memories.set(webhook, memory);
	if (memories.size > MAX_WEBHOOKS) memories.delete(memories.keys().next().value!);
	return memory;
}

/**
 * Takes note of an event in this process and says whether it is the first time, as far as this process and the workflow
 * know.
 *
 * @param webhook names the webhook within this process
 * @param stored the workflow's memory, which other webhook processes and a restarted n8n share
 * @param windowMs for how long a repetition counts as one
 */
export function isFirst(
	identity: string,
	webhook: string,
	stored: Seen,
	windowMs: number,
	now = Date.now(),
): boolean {
	const { seen, latest } = memoryOf(webhook);
	const last = Math.max(seen.get(identity) ?? -Infinity, stored[identity] ?? -Infinity);
	if (now - last < windowMs) return false;
	seen.delete(identity);
	seen.set(identity, now);
	for (const [oldest, at] of seen) {
		if (seen.size <= KEPT_IN_MEMORY && now - at < windowMs) break;
		seen.delete(oldest);
	}
	if (latest.push([identity, now]) > KEPT_IN_WORKFLOW) latest.shift();
	return true;
}

/**
 * The workflow's memory with what this process knows. n8n saves it as a whole, so that of two deliveries side by side in
 * two processes the later one takes away what the earlier one wrote; the next delivery of that process brings it back.
 */
export function withLatest(webhook: string, stored: Seen, windowMs: number, now = Date.now()): Seen {
	const known = [...Object.entries(stored), ...memoryOf(webhook).latest].filter(
		([, at]) => now - at < windowMs,
	);
	const unique = Object.entries(Object.fromEntries(known));
	return Object.fromEntries(unique.sort(([, a], [, b]) => a - b).slice(-KEPT_IN_WORKFLOW));
}
