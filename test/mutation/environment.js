const { TestEnvironment } = require('jest-environment-node');
const { join } = require('node:path');

// In the copy of the project, which Stryker removes in the end.
process.env.NATIVEMSG_TEST_FOLDER ??= join(__dirname, '../../.n8n', String(process.pid));
process.env.JEST_WORKER_ID ??= '1';

const ERRORS = [
	Error,
	TypeError,
	RangeError,
	SyntaxError,
	ReferenceError,
	URIError,
	EvalError,
	AggregateError,
];

/**
 * Runs test files with one copy of all libraries, which stays loaded from file to file and from mutant to mutant: loading
 * n8n-core takes far longer than most tests. The sources and tests are loaded anew for each file. The first failure ends
 * the tests of a file.
 */
module.exports = class KeepsLibraries extends TestEnvironment {
	constructor(...args) {
		super(...args);
		// Not before: Jest transforms what is loaded together with this file.
		require('../support/setup.js');
		this.mutant = require('./mutant.js');
		this.global.requireLibrary = require;
		// An error of a library has to be an Error to the sources, and the other way round.
		for (const type of ERRORS) this.global[type.name] = type;
	}

	handleTestEvent({ name, test }, state) {
		if (name === 'test_done' && test.errors.length > 0) this.mutant.kill();
		if (this.mutant.isKilled()) state.testNamePattern = /(?!)/;
	}
};
