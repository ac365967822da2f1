const { n8n } = require('../../package.json');

/** Modules that hand the built package to n8n, which loads the nodes by their paths in package.json. */
const LOADERS = /[/\\]test[/\\]support[/\\]dist\.ts$/;
const SOURCES = [...n8n.nodes, ...n8n.credentials].map((path) =>
	path.replace(/^dist\/(.+)\.js$/, '../../$1'),
);

/** Jest's `dependencyExtractor`: makes tests that read dist depend on its sources. */
module.exports = {
	extract(code, path, defaultExtract) {
		const found = defaultExtract(code, path);
		return LOADERS.test(path) ? new Set([...found, ...SOURCES]) : found;
	},
	getCacheKey: () => JSON.stringify(SOURCES),
};
