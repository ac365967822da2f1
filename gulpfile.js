const { Transform } = require('node:stream');
const { dest, parallel, src } = require('gulp');
const prettier = require('prettier');

/** The icons, which the compiler leaves behind. */
function icons() {
	return src('{icons,nodes}/**/*.{svg,png}', { base: '.', encoding: false }).pipe(dest('dist'));
}

/**
 * The nodes' entries in the creator panel, output schemas, and in place of what the compiler copied the contracts and
 * tables: without blanks, which nobody reads in the package and which are some 30 KB.
 */
function data() {
	const compact = new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			file.contents = Buffer.from(JSON.stringify(JSON.parse(file.contents)));
			done(null, file);
		},
	});
	return src('nodes/**/*.json', { base: '.' }).pipe(compact).pipe(dest('dist'));
}

/** The compiled code, indented by tabs in place of four blanks, which are some 45 KB. */
function code() {
	const tabbed = new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			prettier
				.format(String(file.contents), { parser: 'babel', useTabs: true, singleQuote: true, printWidth: 120 })
				.then((text) => {
					file.contents = Buffer.from(text);
					done(null, file);
				}, done);
		},
	});
	return src('dist/**/*.js').pipe(tabbed).pipe(dest('dist'));
}

exports.default = parallel(icons, data, code);
