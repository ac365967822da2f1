const { parseArgs } = require('node:util');
const { dest, src, watch } = require('gulp');

/** What the compiler leaves behind: icons, the nodes' entries in the creator panel, output schemas. */
const FILES = ['{icons,nodes}/**/*.{svg,png}', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
/** `--dist` names another folder to copy them to. gulp has options of its own. */
const options = { dist: { type: 'string', default: 'dist' } };
const { dist } = parseArgs({ options, strict: false }).values;

function assets() {
	return src(FILES, { base: '.', encoding: false }).pipe(dest(dist));
}

exports.default = assets;
exports.watch = () => watch(FILES, { ignoreInitial: false }, assets);
