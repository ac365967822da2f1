import { RecentMap } from '../transport/recentMap';
import type { Identity } from './identity';

/** How many events n8n keeps with the workflow. They are written for each request, so there must be few. */
const KEPT_IN_WORKFLOW = 500;
/** How many events one process keeps for each webhook. */
const KEPT_IN_MEMORY = 100_000;

/** What one process knows about a webhook's events. It is exact, even for requests that arrive simultaneously. */
interface Memory {
	/** When each event was first seen, by the key of its identity; ms since 1970. */
	seen: RecentMap<number>;
	/** The events to keep with the workflow too, as lines of a key and its time, oldest first. */
	latest: string[];
	/** The workflow's memory as last read or written by this process. */
	stored?: string;
}

const memories = new RecentMap<Memory>(100);

function memoryOf(webhook: string): Memory {
	const memory = memories.get(webhook) ?? { seen: new RecentMap<number>(KEPT_IN_MEMORY), latest: [] };
	memories.set(webhook, memory);
	return memory;
}

const timeOf = (line: string) => Number(line.split(' ')[1]);

/** Adds what other processes, or this one before a restart, have written. Most of it is known already. */
function learn(memory: Memory, stored: string): void {
	if (stored === memory.stored) return;
	memory.stored = stored;
	for (const line of stored.split('\n')) {
		const [key] = line.split(' ');
		if (timeOf(line) <= (memory.seen.get(key) ?? -Infinity)) continue;
		memory.seen.set(key, timeOf(line));
		memory.latest.push(line);
	}
	memory.latest.sort((a, b) => timeOf(a) - timeOf(b));
}

/**
 * Notes an event in this process, and returns whether this is its first occurrence, as known to this process and the
 * workflow.
 *
 * @param webhook identifies the webhook within this process
 * @param stored the workflow's memory from `memoryToStore`, shared with other webhook processes and with n8n after a
 *   restart
 */
export function isFirst(
	{ key, windowMs }: Identity,
	webhook: string,
	stored: string | undefined,
	now = Date.now(),
): boolean {
	const memory = memoryOf(webhook);
	if (stored) learn(memory, stored);
	const { seen, latest } = memory;
	if (now - (seen.get(key) ?? -Infinity) < windowMs) return false;
	seen.set(key, now);
	latest.push(`${key} ${now}`);
	return true;
}

/**
 * The workflow's memory with what this process knows. It is one text, because n8n wraps objects in static data, which
 * takes longer than the rest of handling a request. n8n saves it as a whole: if two processes handle requests at the same
 * time, the later one overwrites what the earlier one wrote, until the next request in that process restores it.
 */
export function memoryToStore(webhook: string): string {
	const memory = memoryOf(webhook);
	memory.latest.splice(0, memory.latest.length - KEPT_IN_WORKFLOW);
	memory.stored = memory.latest.join('\n');
	return memory.stored;
}
