/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: [
		'nodes/transport/*.ts',
		'nodes/operations/**/*.ts',
		'nodes/NativeMsgTrigger/{duplicates,keptCredential,receive,signature}.ts',
		'nodes/NativeMsg/message/combineTargets.ts',
	],
	ignorePatterns: ['.cache', 'coverage', 'dist', 'docs', 'examples', 'scripts'],
	buildCommand: 'node --import tsx test/support/buildDist.ts',
	tempDirName: '.cache/stryker',
	testRunner: 'jest',
	jest: { configFile: 'test/mutation/jest.config.js' },
	coverageAnalysis: 'perTest',
	// Many mutants wait for something that never happens.
	timeoutMS: 4_000,
	concurrency: 2,
	incremental: true,
	incrementalFile: '.cache/mutation/incremental.json',
	reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
	htmlReporter: { fileName: '.cache/mutation/report.html' },
	jsonReporter: { fileName: '.cache/mutation/report.json' },
	clearTextReporter: { allowColor: false, logTests: false },
	allowConsoleColors: false,
	thresholds: { high: 95, low: 90, break: 85 },
};
