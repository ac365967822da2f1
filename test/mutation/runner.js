const { default: TestRunner } = require('jest-runner');
const { isKilled } = require('./mutant.js');

const isUnitTest = ({ path }) => Number(/[/\\]unit[/\\]/.test(path));

/** Runs the quickest test files first, and none after the first failure: Stryker can't have Jest bail out. */
module.exports = class EndsAtFirstFailure extends TestRunner {
	async runTests(tests, watcher, options) {
		const sorted = [...tests].sort((a, b) => isUnitTest(b) - isUnitTest(a) || a.path.localeCompare(b.path));
		for (const test of sorted) {
			if (!isKilled()) await super.runTests([test], watcher, options);
		}
	}
};
