/** Numbers from the first to the last, inclusive. */
export type Range = [first: number, last: number];

/** How many ranges a sentence lists before it only counts the rest. */
const MAX_NAMED = 50;

/** Ascending numbers as ranges. */
export function rangesOf(ascending: number[]): Range[] {
	const ranges: Range[] = [];
	for (const number of ascending) {
		const current = ranges.at(-1);
		if (current && current[1] === number - 1) current[1] = number;
		else ranges.push([number, number]);
	}
	return ranges;
}

/** Ranges as text, such as `0-12,14`. */
export function packed(ranges: Range[]): string {
	return ranges.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(',');
}

/** The numbers in a text created by `packed`. */
export function unpacked(text: string): number[] {
	return text.split(',').flatMap((range) => {
		const [first, last = first] = range.split('-').map(Number);
		return Array.from({ length: last - first + 1 }, (_unused, index) => first + index);
	});
}

/** Items as part of a sentence, with their verb: `items 0-12, 14, and 20-31 were`. */
export function itemsWere(ascending: number[]): string {
	if (ascending.length === 1) return `item ${ascending[0]} was`;
	const ranges = rangesOf(ascending);
	const named = ranges.slice(0, MAX_NAMED);
	const parts = named.map((range) => packed([range]));
	const left = ascending.length - named.reduce((sum, [first, last]) => sum + last - first + 1, 0);
	if (left > 0) parts.push(`${left} more`);
	const last = parts.pop()!;
	const comma = parts.length > 1 ? ',' : '';
	return parts.length === 0 ? `items ${last} were` : `items ${parts.join(', ')}${comma} and ${last} were`;
}
