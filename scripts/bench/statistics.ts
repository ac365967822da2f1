/** The figures of several rounds of one measurement. */
export interface Spread {
	median: number;
	min: number;
	max: number;
}

/** @param values at least one */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param values at least one */
export function spreadOf(values: number[]): Spread {
	return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** The spread of a measurement that not every system offers; null unless each round has it. */
export function spreadIfMeasured(values: Array<number | null>): Spread | null {
	const measured = values.filter((value) => value !== null);
	return measured.length === values.length ? spreadOf(measured) : null;
}

/**
 * How many times `a` is `b`: the median of the ratios within each round, since a busy moment of the machine changes both.
 *
 * @param a by round, as `b`; undefined where a round doesn't count
 * @returns undefined when there is no round with both
 */
export function pairedRatio(a: Array<number | undefined>, b: Array<number | undefined>): number | undefined {
	const ratios = a
		.map((value, round) => Number(value) / Number(b[round]))
		.filter((ratio) => !Number.isNaN(ratio));
	return ratios.length > 0 ? median(ratios) : undefined;
}
