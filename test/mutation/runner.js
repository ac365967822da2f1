const { default: TestRunner } = require('jest-runner');
const { isKilled } = require('./mutant.js');

/** Runs the files that were quickest last time first, and none after the first failure: Stryker can't have Jest bail out. */
module.exports = class EndsAtFirstFailure extends TestRunner {
	async runTests(tests, watcher, options) {
		const sorted = [...tests].sort((a, b) => (a.duration ?? 0) - (b.duration ?? 0));
		for (const test of sorted) {
			if (!isKilled()) await super.runTests([test], watcher, options);
		}
	}
};
