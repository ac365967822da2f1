const { join } = require('node:path');
const jest = require('../../jest.config');

/** The quickest tests that notice most. */
const TESTS = [
	'unit/*',
	'node/broadcast/{combine,stopping,cancel,retryOnFail}',
	'node/{preview,badInput}',
	'trigger/{signature,duplicates,keptCredential,receive,receiveChecks,lifecycle}',
];
/** Libraries that take long to load. */
const LIBRARIES = '[/\\\\]node_modules[/\\\\](n8n-|@n8n[/\\\\]|fast-check|openapi-backend|undici|yaml|zod)';

/** @type {import('jest').Config} */
module.exports = {
	...jest,
	rootDir: join(__dirname, '../..'),
	testMatch: TESTS.map((name) => `<rootDir>/test/${name}.test.ts`),
	// n8n's sleep stays loaded, so that it knows nothing of the clock that this test sets.
	testPathIgnorePatterns: ['/paceSimulation\\.test\\.ts$'],
	testEnvironment: join(__dirname, 'environment.js'),
	runner: join(__dirname, 'runner.js'),
	transform: { ...jest.transform, [LIBRARIES]: '<rootDir>/test/mutation/libraryTransform.js' },
	transformIgnorePatterns: [],
	setupFiles: ['<rootDir>/test/mutation/setup.js'],
	globalSetup: undefined,
	globalTeardown: undefined,
};
