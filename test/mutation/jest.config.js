const { join } = require('node:path');
const jest = require('../../jest.config');

/** The quickest tests that notice most. */
const TESTS = [
	'unit/*',
	'node/*',
	'node/bots/*',
	'node/broadcast/*',
	'node/form/{countries,expressions,form,hints,listSearch,required}',
	'node/ott/{guide,operations,parameters}',
	'node/sendOnce/{sendOnce,store,takenBack}',
	'node/wait/*',
	'trigger/*',
	'campaigns/broadcast/*',
	'campaigns/hostile/phoneNumbers',
];

/** @type {import('jest').Config} */
module.exports = {
	...jest,
	rootDir: join(__dirname, '../..'),
	testMatch: TESTS.map((name) => `<rootDir>/test/${name}.test.ts`),
	// It has libraries of its own, which take long to load.
	testPathIgnorePatterns: ['/(unit/paceSimulation|node/preview)\\.test\\.ts$'],
	testEnvironment: join(__dirname, 'environment.js'),
	runner: join(__dirname, 'runner.js'),
	// A mutant that makes a test wait for ever is common; no test takes nearly as long, except on a busy machine.
	testTimeout: process.env.HAS_NO_MUTANTS ? jest.testTimeout : 5000,
	globalSetup: undefined,
	globalTeardown: undefined,
};
