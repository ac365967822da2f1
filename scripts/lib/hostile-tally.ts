import { readFileSync } from 'node:fs';

/**
 * Prints how many hostile cases there were of each kind, from the lines that the tests have written.
 *
 * @param wanted how many there have to be in all
 * @returns whether there were so many
 */
export function printTally(file, wanted) {
	const counts = new Map();
	for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
		const [kind, count] = line.split('\t');
		counts.set(kind, (counts.get(kind) ?? 0) + Number(count));
	}
	const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
	const row = (kind, count) => console.log(kind.padEnd(44) + String(count).padStart(9));
	for (const [kind, count] of [...counts].sort(([a], [b]) => a.localeCompare(b))) row(kind, count);
	row('all', total);
	if (total < wanted) console.error(`There were to be ${wanted} cases at least.`);
	return total >= wanted;
}
