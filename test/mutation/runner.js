const { basename, dirname } = require('node:path');
const { default: TestRunner } = require('jest-runner');
const { isKilled, mayHave, wantedIn } = require('./mutant.js');

/** A mutant that the tests of so many files don't notice counts as survived: of 396 that died, 3 took more. */
const MOST_FILES = 6;

/** How much the path of a test is like a source's: its name begins alike, or at least its folder's. */
function likeness(test, source) {
	if (basename(test).startsWith(basename(source, '.ts'))) return 2;
	return basename(dirname(test)).startsWith(basename(dirname(source))) ? 1 : 0;
}

/**
 * Runs only files with tests that reach the mutant: first those whose paths are most like the source's, then those that
 * were quickest last time, and none after the first failure. Stryker can't have Jest do so, which loads every file to
 * look for the tests' names.
 */
module.exports = class EndsAtFirstFailure extends TestRunner {
	async runTests(tests, watcher, options) {
		const { nonFlagArgs, testNamePattern } = this._globalConfig;
		const [source = ''] = nonFlagArgs ?? [];
		const likenessOf = ({ path }) => likeness(path, source);
		const byPreference = (a, b) => likenessOf(b) - likenessOf(a) || (a.duration ?? 0) - (b.duration ?? 0);
		// The run without a pattern finds out which tests reach which mutant, so it needs all.
		const wanted = testNamePattern && wantedIn(testNamePattern);
		const chosen = wanted
			? tests
					.filter(({ path }) => mayHave(path, wanted))
					.sort(byPreference)
					.slice(0, MOST_FILES)
			: tests;
		for (const test of chosen) {
			if (isKilled()) break;
			await super.runTests([test], watcher, options);
		}
	}
};
