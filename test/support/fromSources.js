const { join } = require('node:path');

const DIST = join(__dirname, '../../dist');
/** The pattern for a path, with whichever slashes. */
const patternOf = (path) =>
	path
		.split(/[/\\]/)
		.map((name) => name.replace(/\W/g, '\\$&'))
		.join('[/\\\\]');

/** Jest's `moduleNameMapper` that makes n8n load the sources instead of the built nodes. */
module.exports = { [`^${patternOf(DIST)}[/\\\\]((nodes|credentials)[/\\\\].+)\\.js$`]: '<rootDir>/$1.ts' };
