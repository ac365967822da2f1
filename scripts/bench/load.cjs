// A separate process that measures how long n8n takes to load a package's nodes and credentials, in ms, and how much of
// that is data and forms.
const Module = require('node:module');
const { basename, join } = require('node:path');

const [folder] = process.argv.slice(2);
const requireThere = Module.createRequire(join(folder, 'package.json'));
const { n8n } = requireThere('./package.json');
// Doesn't count, because n8n has loaded it already; so it must be the same copy that the package gets.
requireThere('n8n-workflow');

function timed(work) {
	const startedAt = performance.now();
	work();
	return performance.now() - startedAt;
}

let dataMs = 0;
const loadJson = Module._extensions['.json'];
Module._extensions['.json'] = (...given) => {
	dataMs += timed(() => loadJson(...given));
};
let formsMs = 0;
const ms = timed(() => {
	for (const file of [...n8n.nodes, ...n8n.credentials]) {
		const Loaded = requireThere(`./${file}`)[basename(file).split('.')[0]];
		formsMs += timed(() => new Loaded());
	}
});
const files = Object.keys(require.cache).filter((path) => path.startsWith(join(folder, 'dist'))).length;
console.log(JSON.stringify({ ms, dataMs, formsMs, files }));
