import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/**
 * Prints the number of hostile cases of each kind, from the tab-separated lines that the tests wrote.
 *
 * @param wanted the required total
 * @returns whether the total was reached
 */
export function printTally(file: string, wanted: number): boolean {
	const lines = parse(readFileSync(file), { delimiter: '\t', quote: null }) as Array<
		[kind: string, count: string]
	>;
	const counts = new Map<string, number>();
	for (const [kind, count] of lines) counts.set(kind, (counts.get(kind) ?? 0) + Number(count));
	const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
	const row = (kind: string, count: number) => console.log(kind.padEnd(44) + String(count).padStart(9));
	for (const [kind, count] of [...counts].sort(([a], [b]) => a.localeCompare(b))) row(kind, count);
	row('all', total);
	if (total < wanted) console.error(`At least ${wanted} cases are required.`);
	return total >= wanted;
}
