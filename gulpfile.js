const { Transform } = require('node:stream');
const { dest, series, src } = require('gulp');

/** What the compiler leaves behind: icons, the nodes' entries in the creator panel, output schemas. */
function assets() {
	const files = ['{icons,nodes}/**/*.{svg,png}', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
	return src(files, { base: '.', encoding: false }).pipe(dest('dist'));
}

/** Takes the blanks out of JSON, which nobody reads in the package: some 30 KB. */
function compact() {
	const compacted = new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			file.contents = Buffer.from(JSON.stringify(JSON.parse(file.contents)));
			done(null, file);
		},
	});
	return src('dist/**/*.json').pipe(compacted).pipe(dest('dist'));
}

exports.default = series(assets, compact);
