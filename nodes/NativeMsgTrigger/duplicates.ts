import { RecentMap } from '../transport/recentMap';
import type { Identity } from './identity';

/** How many events n8n keeps with the workflow. They are written at each delivery, so they must stay few. */
const KEPT_IN_WORKFLOW = 500;
/** How many events one process keeps for each webhook. */
const KEPT_IN_MEMORY = 100_000;

/** What one process knows of a webhook's events; exact, and aware of deliveries that arrive side by side. */
interface Memory {
	/** When each was first seen, by the key of its identity; ms since 1970. */
	seen: RecentMap<number>;
	/** Those that are kept with the workflow as well, as lines of a key and its time; the oldest first. */
	latest: string[];
	/** The workflow's memory as this process read or wrote it last. */
	stored?: string;
}

const memories = new RecentMap<Memory>(100);

function memoryOf(webhook: string): Memory {
	const memory = memories.get(webhook) ?? { seen: new RecentMap<number>(KEPT_IN_MEMORY), latest: [] };
	memories.set(webhook, memory);
	return memory;
}

const timeOf = (line: string) => Number(line.split(' ')[1]);

/** Takes over what other processes, or this one before it was restarted, have written; mostly it is known already. */
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
 * Takes note of an event in this process and says whether it is the first time, as far as this process and the workflow
 * know.
 *
 * @param webhook names the webhook within this process
 * @param stored the workflow's memory, from `memoryToStore`, which other webhook processes and a restarted n8n share
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
 * The workflow's memory with what this process knows: one text, because n8n wraps whatever else it keeps with a workflow,
 * which takes longer than all the rest of a delivery. n8n saves it as a whole, so that of two deliveries side by side in
 * two processes the later one takes away what the earlier one wrote; the next delivery of that process brings it back.
 */
export function memoryToStore(webhook: string): string {
	const memory = memoryOf(webhook);
	memory.latest.splice(0, memory.latest.length - KEPT_IN_WORKFLOW);
	memory.stored = memory.latest.join('\n');
	return memory.stored;
}
