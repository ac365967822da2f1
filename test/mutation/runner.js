const { default: TestRunner } = require('jest-runner');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { isKilled, activeMutant } = require('./mutant.js');

const isUnitTest = ({ path }) => Number(/[/\\]unit[/\\]/.test(path));

/**
 * Loads no test file in vain: files that have no test that runs the mutated code are left out, as are all after the first
 * failure. What is quick goes first.
 */
module.exports = class LoadsFewFiles extends TestRunner {
	async runTests(tests, watcher, options) {
		const sorted = [...tests].sort((a, b) => isUnitTest(b) - isUnitTest(a) || a.path.localeCompare(b.path));
		const namesFile = join(this._globalConfig.rootDir, '.test-names.json');
		const names = existsSync(namesFile) ? JSON.parse(readFileSync(namesFile, 'utf8')) : {};
		const pattern = new RegExp(this._globalConfig.testNamePattern ?? '');
		const concerned = ({ path }) => names[path]?.some((name) => pattern.test(name)) ?? true;
		this.on('test-file-success', ([{ path }, { testResults }]) => {
			names[path] = testResults.map(({ fullName }) => fullName);
		});
		for (const test of sorted.filter(concerned)) {
			if (!isKilled()) await super.runTests([test], watcher, options);
		}
		// The first run, of everything, tells which tests there are.
		if (activeMutant() === undefined) writeFileSync(namesFile, JSON.stringify(names));
	}
};
