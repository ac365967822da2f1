import { check } from '../../lib/check';

/**
 * Prints a claim and whether it becomes true in time; if it doesn't, the process fails.
 *
 * @param expectation of Playwright, which waits
 */
export async function checkThat(claim: string, expectation: Promise<void>): Promise<void> {
	const problem = await expectation.then(
		() => undefined,
		(error: Error) => error.message,
	);
	check(claim, problem === undefined, problem);
}
