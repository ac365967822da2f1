const { dest, src } = require('gulp');

/** What the compiler leaves behind: icons, the nodes' entries in the creator panel, output schemas. */
function assets() {
	const files = ['{icons,nodes}/**/*.{svg,png}', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
	return src(files, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.default = assets;
