const { join } = require('node:path');

const DIST = join(__dirname, '../../dist');
/** The pattern for a path, with whichever slashes. */
const patternOf = (path) =>
	path
		.split(/[/\\]/)
		.map((name) => name.replace(/\W/g, '\\$&'))
		.join('[/\\\\]');

/** Jest's `moduleNameMapper` by which n8n, when it loads the built nodes, gets what they were built from. */
module.exports = { [`^${patternOf(DIST)}[/\\\\]((nodes|credentials)[/\\\\].+)\\.js$`]: '<rootDir>/$1.ts' };
