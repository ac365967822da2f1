/** What Stryker knows about the running test. Only there in mutation tests. */
interface Stryker {
	currentTestId?: string;
}

/** Loads modules during a test without their constants counting as reached by it: all tests of other files reach them, too. */
export function outsideTests(load: () => void): void {
	const stryker: Stryker = (globalThis as { __stryker__?: Stryker }).__stryker__ ?? {};
	const { currentTestId } = stryker;
	stryker.currentTestId = undefined;
	load();
	stryker.currentTestId = currentTestId;
}
