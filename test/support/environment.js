const { TestEnvironment } = require('jest-environment-node');

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
 * Runs test files with one copy of the large libraries, which stays loaded from file to file: loading n8n-core takes longer
 * than most tests. Sources and tests are loaded anew for each file. A test that looks at prototypes or replaces the timers
 * says so in its first lines: `@jest-environment-options {"ownLibraries": true}`.
 */
module.exports = class SharesLibraries extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		if (config.projectConfig.testEnvironmentOptions.ownLibraries) return;
		// Not before: Jest transforms what is loaded together with this file.
		require('./setup.js');
		this.global.keptLibrary = require;
		// An error of a library has to be an Error to the sources, and the other way round.
		for (const type of ERRORS) this.global[type.name] = type;
	}
};
