const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

/** Not in Stryker's copy of the project before its first run. */
const NAMES = join(__dirname, '../../.cache/mutation/names.json');

/** The mutant that a test has failed for. One failure kills it. */
let killed;
/** The full names of the tests of each file that has run, by its path. */
const namesByFile = new Map(existsSync(NAMES) ? JSON.parse(readFileSync(NAMES, 'utf8')) : []);

/** Stryker's number of the mutant that is switched on, if any is. */
const activeMutant = () => process.env.__STRYKER_ACTIVE_MUTANT__;

const isKilled = () => killed !== undefined && killed === activeMutant();

function kill() {
	killed = activeMutant();
}

/** The first run, without a mutant, has all files, so later test processes know the names from the beginning. */
function noteTests(file, names) {
	if (namesByFile.has(file)) return;
	namesByFile.set(file, names);
	mkdirSync(dirname(NAMES), { recursive: true });
	writeFileSync(NAMES, JSON.stringify([...namesByFile]));
}

/**
 * The names of the tests that Stryker wants, from its pattern `(name)|(name)`. As a pattern, hundreds of names would take
 * seconds for each mutant, and include tests with longer names.
 */
const wantedIn = (pattern) =>
	new Set(
		pattern
			.slice(1, -1)
			.split(')|(')
			.map((name) => name.replace(/\\(.)/gs, '$1')),
	);

/** Whether a file has one of these tests; of a file that has not run yet it isn't known. */
const mayHave = (file, wanted) => namesByFile.get(file)?.some((name) => wanted.has(name)) ?? true;

module.exports = { isKilled, kill, mayHave, noteTests, wantedIn };
