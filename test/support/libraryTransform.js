/** Gives a test file the library copy kept by its environment, or its own copy. */
module.exports = {
	process: (source, path) => ({
		code: `if (globalThis.keptLibrary) module.exports = keptLibrary(${JSON.stringify(path)});
else (function () {${source}
}).call(this);`,
	}),
};
