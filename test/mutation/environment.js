const { join } = require('node:path');
const SharesLibraries = require('../support/environment.js');

// As in test/support/globalSetup.js, but in the copy of the project, which Stryker removes in the end.
process.env.TZ = 'Pacific/Auckland';
process.env.NATIVEMSG_TEST_FOLDER ??= join(__dirname, '../../.n8n', String(process.pid));

/** The full names of the tests in a describe block. */
function namesOf(block, path = []) {
	const inside = block.parent ? [...path, block.name] : path;
	return block.children.flatMap((child) =>
		child.type === 'test' ? [[...inside, child.name].join(' ')] : namesOf(child, inside),
	);
}

/** The libraries stay loaded from mutant to mutant, too. The first failure ends the tests of a file. */
module.exports = class EndsAtFirstFailure extends SharesLibraries {
	constructor(config, context) {
		super(config, context);
		this.mutant = require('./mutant.js');
		this.file = context.testPath;
	}

	handleTestEvent({ name, test, testNamePattern }, state) {
		if (name === 'setup' && testNamePattern) {
			const wanted = this.mutant.wantedIn(testNamePattern);
			state.testNamePattern = { test: (fullName) => wanted.has(fullName) };
		}
		if (name === 'run_start') this.mutant.noteTests(this.file, namesOf(state.rootDescribeBlock));
		if (name === 'test_done' && test.errors.length > 0) this.mutant.kill();
		if (this.mutant.isKilled()) state.testNamePattern = /(?!)/;
	}
};
