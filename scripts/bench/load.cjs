// A process of its own: how long n8n takes to load a package's nodes and credentials, in ms.
const { createRequire } = require('node:module');
const { basename, join } = require('node:path');

const [folder] = process.argv.slice(2);
const requireThere = createRequire(join(folder, 'package.json'));
const { n8n } = requireThere('./package.json');
// Does not count, since n8n has it loaded already; so it must be the copy that the package gets.
requireThere('n8n-workflow');

const startedAt = performance.now();
for (const file of [...n8n.nodes, ...n8n.credentials]) {
	const name = basename(file).split('.')[0];
	new (requireThere(`./${file}`)[name])();
}
console.log(performance.now() - startedAt);
