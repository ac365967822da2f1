/** Every line that `check` printed. */
export const printed: string[] = [];

/**
 * Prints a claim and whether it holds. If it doesn't, the process fails at its end.
 *
 * @param detail what was seen
 */
export function check(claim: string, holds: boolean, detail?: unknown): void {
	const line = `${holds ? '✔' : '✖'} ${claim}${detail === undefined ? '' : ` (${detail})`}`;
	printed.push(line);
	console.log(line);
	if (!holds) process.exitCode = 1;
}
