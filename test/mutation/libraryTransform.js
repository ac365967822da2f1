/** Gives tests and sources the copy of a library that the environment keeps, in place of one of their own. */
module.exports = {
	process: (_source, path) => ({ code: `module.exports = requireLibrary(${JSON.stringify(path)});` }),
};
