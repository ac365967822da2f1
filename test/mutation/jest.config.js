const { join } = require('node:path');
const jest = require('../../jest.config');
const fromSources = require('../support/fromSources');

/** What takes long to load. */
const LIBRARIES = '[/\\\\]node_modules[/\\\\](n8n-|@n8n[/\\\\]|fast-check|openapi-backend|undici|yaml|zod)';

/** @type {import('jest').Config} */
module.exports = {
	...jest,
	rootDir: join(__dirname, '../..'),
	runner: join(__dirname, 'runner.js'),
	testEnvironment: join(__dirname, 'environment.js'),
	moduleNameMapper: fromSources,
	transform: { ...jest.transform, [LIBRARIES]: '<rootDir>/test/mutation/libraryTransform.js' },
	transformIgnorePatterns: [],
	setupFiles: ['<rootDir>/test/mutation/setup.js'],
	globalSetup: undefined,
	globalTeardown: undefined,
};
