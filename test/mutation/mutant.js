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

/** Whether a file has a test whose name fits; of a file that has not run yet it isn't known. */
function mayHave(file, namePattern) {
	const names = namesByFile.get(file);
	if (!names || !namePattern) return true;
	const pattern = new RegExp(namePattern);
	return names.some((name) => pattern.test(name));
}

module.exports = { isKilled, kill, mayHave, noteTests };
