const { default: TestRunner } = require('jest-runner');
const { isKilled, mayHave } = require('./mutant.js');

/**
 * Runs only files with tests that reach the mutant, those first that were quickest last time, and none after the first
 * failure: Stryker can't have Jest do so, which loads every file to look for the tests' names.
 */
module.exports = class EndsAtFirstFailure extends TestRunner {
	async runTests(tests, watcher, options) {
		const { testNamePattern } = this._globalConfig;
		const sorted = tests
			.filter(({ path }) => mayHave(path, testNamePattern))
			.sort((a, b) => (a.duration ?? 0) - (b.duration ?? 0));
		for (const test of sorted) {
			if (!isKilled()) await super.runTests([test], watcher, options);
		}
	}
};
