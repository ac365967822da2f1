/** Every line that `check` printed. */
export const printed = [];

/**
 * Prints a claim and whether it holds; a claim that does not makes the process fail.
 *
 * @param {string} claim
 * @param {boolean} holds
 * @param {unknown} [detail] what was seen
 */
export function check(claim, holds, detail) {
	const line = `${holds ? '✔' : '✖'} ${claim}${detail === undefined ? '' : ` (${detail})`}`;
	printed.push(line);
	console.log(line);
	if (!holds) process.exitCode = 1;
}
