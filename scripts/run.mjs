/**
 * Runs one of the scripts in this folder: `node scripts/run.mjs demo --once`. Plain Node without imports from npm, so
 * that it works on a fresh clone: it first installs the development dependencies if they are missing or differ from the
 * lock file. All other scripts are TypeScript, run by tsx, and may use libraries.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** npm is a .cmd file on Windows, which only a shell can start. */
const shell = process.platform === 'win32';

/** Whether the packages that npm recorded in node_modules match the lock file, regardless of timestamps. */
function isInstalled() {
	const packagesOf = (path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')).packages;
	try {
		const installed = packagesOf('node_modules/.package-lock.json');
		return Object.entries(packagesOf('package-lock.json')).every(([path, { version, optional }]) => {
			const found = installed[path];
			// Optional packages of other platforms are not installed.
			return path === '' || (found === undefined ? optional : found.version === version);
		});
	} catch (error) {
		if (error.code === 'ENOENT') return false;
		throw error;
	}
}

function npm(...args) {
	const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
	const { status, stderr } = spawnSync('npm', [...args, ...quiet], { cwd: ROOT, encoding: 'utf8', shell });
	return { installed: status === 0, stderr };
}

/** Ends the process with npm's own message if the installation fails. */
function install() {
	process.stderr.write('Installing the development dependencies (about a minute) ...\n');
	let { installed, stderr } = npm('ci');
	// A lock file may list packages for other platforms that a company's registry doesn't have.
	if (!installed && stderr.includes('EUSAGE')) ({ installed, stderr } = npm('install', '--no-save'));
	if (installed) return;
	process.stderr.write(stderr);
	process.exit(1);
}

// Some development dependencies are ES modules that others load with require, which Node supports since then.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
	console.error(`Development needs Node.js 20.19 or newer, but this is ${process.versions.node}.`);
	process.exit(1);
}

const [name, ...args] = process.argv.slice(2);
if (!isInstalled()) install();
const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts', `${name}.ts`), ...args], {
	cwd: ROOT,
	stdio: 'inherit',
});
// Ctrl+C reaches both; this process waits for the script to end.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
