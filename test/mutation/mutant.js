/** The mutant that a test has failed for. One failure kills it. */
let killed;

/** Stryker's number of the mutant that is switched on, if any is. */
const activeMutant = () => process.env.__STRYKER_ACTIVE_MUTANT__;

const isKilled = () => killed !== undefined && killed === activeMutant();

function kill() {
	killed = activeMutant();
}

module.exports = { activeMutant, isKilled, kill };
