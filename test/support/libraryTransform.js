/** Gives a test file the copy of a library that its environment keeps, or one of its own. */
module.exports = {
	process: (source, path) => ({
		code: `if (globalThis.keptLibrary) module.exports = keptLibrary(${JSON.stringify(path)});
else (function () {${source}
}).call(this);`,
	}),
};
