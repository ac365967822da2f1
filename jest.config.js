const { join } = require('node:path');
const fromSources = require('./test/support/fromSources');

/** Whether the run measures coverage, as `npm test` does. */
const measures = process.argv.includes('--coverage');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
	// Where coverage is measured, all tests count for the same lines.
	moduleNameMapper: measures ? fromSources : {},
	transform: {
		'\\.ts$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } } },
		],
	},
	dependencyExtractor: '<rootDir>/test/support/dependencies.js',
	setupFiles: ['<rootDir>/test/support/setup.js'],
	globalSetup: '<rootDir>/test/support/globalSetup.js',
	globalTeardown: '<rootDir>/test/support/globalTeardown.js',
	testTimeout: 30_000,
	collectCoverageFrom: ['{nodes,credentials}/**/*.ts'],
	coverageReporters: [join(__dirname, 'test/support/coverageByFolder.js')],
	coverageThreshold: { global: { lines: 95, branches: 90 } },
};
