/** The mutant that a test has failed for. One failure kills it. */
let killed;
/** The full names of the tests of each file that has run, by its path. */
const namesByFile = new Map();

/** Stryker's number of the mutant that is switched on, if any is. */
const activeMutant = () => process.env.__STRYKER_ACTIVE_MUTANT__;

const isKilled = () => killed !== undefined && killed === activeMutant();

function kill() {
	killed = activeMutant();
}

function noteTests(file, names) {
	namesByFile.set(file, names);
}

/** Whether a file has a test whose name fits; of a file that has not run yet it isn't known. */
function mayHave(file, namePattern) {
	const names = namesByFile.get(file);
	if (!names || !namePattern) return true;
	const pattern = new RegExp(namePattern);
	return names.some((name) => pattern.test(name));
}

module.exports = { isKilled, kill, mayHave, noteTests };
