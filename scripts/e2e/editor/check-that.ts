import { check } from '../../lib/check';

/**
 * Prints a claim and whether what it says is to be seen in time; a claim that doesn't hold makes the process fail.
 *
 * @param expectation of Playwright, which waits by itself
 */
export async function checkThat(claim: string, expectation: Promise<void>): Promise<void> {
	const problem = await expectation.then(
		() => undefined,
		(error: Error) => error.message,
	);
	check(claim, problem === undefined, problem);
}
