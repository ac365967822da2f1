const { join } = require('node:path');
const fromSources = require('./test/support/fromSources');

/** What takes longer to load than most tests take. */
const LIBRARIES =
	'[/\\\\]node_modules[/\\\\](n8n-|@n8n[/\\\\]|fast-check|openapi-backend|undici|yaml|zod).*\\.[cm]?js$';

/** Whether the run measures coverage, as `npm test` does. */
const measures = process.argv.includes('--coverage');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: '<rootDir>/test/support/environment.js',
	// What is shared has to outlive a test file.
	testEnvironmentOptions: { globalsCleanup: 'off' },
	maxWorkers: '100%',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
	// Where coverage is measured, all tests count for the same lines.
	moduleNameMapper: measures ? fromSources : {},
	transform: {
		'\\.ts$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } } },
		],
		[LIBRARIES]: '<rootDir>/test/support/libraryTransform.js',
	},
	transformIgnorePatterns: [],
	dependencyExtractor: '<rootDir>/test/support/dependencies.js',
	setupFiles: ['<rootDir>/test/support/setup.js'],
	globalSetup: '<rootDir>/test/support/globalSetup.js',
	globalTeardown: '<rootDir>/test/support/globalTeardown.js',
	testTimeout: 30_000,
	collectCoverageFrom: ['{nodes,credentials}/**/*.ts'],
	coverageReporters: [join(__dirname, 'test/support/coverageByFolder.js')],
	coverageThreshold: { global: { lines: 95, branches: 90 } },
};
