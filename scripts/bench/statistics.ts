/**
 * @typedef {object} Spread what several rounds of one measurement came to
 * @property {number} median
 * @property {number} min
 * @property {number} max
 */

/** @param {number[]} values at least one */
export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @param {number[]} values at least one
 * @returns {Spread}
 */
export function spreadOf(values) {
	return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * How many times `a` is `b`: the median of the ratios within each round, since a busy moment of the machine changes both.
 *
 * @param {(number | undefined)[]} a by round
 * @param {(number | undefined)[]} b by round
 * @returns {number | undefined} when there is no round with both
 */
export function pairedRatio(a, b) {
	const ratios = a.map((value, round) => value / b[round]).filter((ratio) => !Number.isNaN(ratio));
	return ratios.length > 0 ? median(ratios) : undefined;
}
