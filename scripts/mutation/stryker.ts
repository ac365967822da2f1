import { Stryker } from '@stryker-mutator/core';
import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../lib/root';

/** Where the mutated copies of the project are while they are tested. */
const COPIES = '.cache/stryker';
/** Everything that no test of the groups reads. */
const NOT_NEEDED = ['.cache', 'coverage', 'docs', 'examples', 'icons', 'scripts'];

/** The code that a mutant replaces. */
function codeAt(source, { start, end }) {
	const lines = source.split('\n').slice(start.line - 1, end.line);
	lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
	lines[0] = lines[0].slice(start.column - 1);
	return lines.join('\n');
}

/**
 * Mutates sources and runs tests for each mutant.
 *
 * @param {string[]} sources paths from the root
 * @param {string[]} tests paths from the root
 * @returns {Promise<Array<{ file: string, code: string, change: string, status: string }>>} what became of each mutant
 */
export async function mutate(sources, tests) {
	// Stryker leaves them when it is interrupted, and linters would find them.
	process.once('exit', () => rmSync(join(ROOT, COPIES), { recursive: true, force: true }));
	const stryker = new Stryker({
		mutate: sources,
		ignorePatterns: NOT_NEEDED,
		tempDirName: COPIES,
		testRunner: 'jest',
		coverageAnalysis: 'perTest',
		jest: {
			configFile: 'test/mutation/jest.config.js',
			config: { testMatch: tests.map((path) => `<rootDir>/${path}`) },
			// n8n loads the nodes by their paths in package.json, so Jest does not know which tests need them.
			enableFindRelatedTests: false,
		},
		concurrency: 2,
		// Many mutants wait for what never comes.
		timeoutMS: 4_000,
		reporters: ['progress-append-only'],
		logLevel: 'warn',
		allowConsoleColors: false,
	});
	const mutants = await stryker.runMutationTest();
	const texts = new Map(sources.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
	return mutants.map(({ fileName, location, replacement, status }) => {
		const file = relative(ROOT, fileName).replaceAll('\\', '/');
		return { file, code: codeAt(texts.get(file), location), change: replacement, status };
	});
}
