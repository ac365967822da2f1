const { join } = require('node:path');
const jest = require('../../jest.config');

/** The quickest tests that notice most. */
const TESTS = [
	'unit/*',
	'node/broadcast/{combine,stopping,cancel,retryOnFail,delivery}',
	'node/sendOnce/{sendOnce,store,takenBack}',
	'node/form/{form,hints,lists}',
	'node/ott/{parameters,guide,operations}',
	'node/{preview,badInput,channelLimits,phoneNumbers,operations}',
	'trigger/*',
];

/** @type {import('jest').Config} */
module.exports = {
	...jest,
	rootDir: join(__dirname, '../..'),
	testMatch: TESTS.map((name) => `<rootDir>/test/${name}.test.ts`),
	// It loads its own copies of libraries, which takes long.
	testPathIgnorePatterns: ['/paceSimulation\\.test\\.ts$'],
	testEnvironment: join(__dirname, 'environment.js'),
	runner: join(__dirname, 'runner.js'),
	globalSetup: undefined,
	globalTeardown: undefined,
};
