import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../lib/command';
import { freePort, signalTree, stopper } from '../lib/process';
import { createClient, poll, type N8nClient } from './client';
import type { N8nInstallation } from './install';
import { zoneAtNoon } from './zone';

const READY_TIMEOUT = 180_000;
const READY_INTERVAL = 200;
/** Modules that connect to external hosts or take time to load, and that no workflow here needs. */
const DISABLED_MODULES =
	'mcp-registry,mcp,chat-hub,instance-ai,agents,insights,breaking-changes,quick-connect,workflow-builder,' +
	'external-secrets,source-control,ldap,sso-oidc,sso-saml,otel,log-streaming,token-exchange';

/** A running process of n8n. */
export interface N8nProcess {
	/** For example http://127.0.0.1:40123. */
	url: string;
	pid: number;
	/** Everything n8n printed. */
	logFile: string;
	/** Ends the process; may be called more than once. */
	stop(): Promise<void>;
	/** Ends the process like a power failure: it has no time to save anything. */
	kill(): void;
}

export interface N8nServer extends N8nProcess {
	/** Not signed in yet. */
	client: N8nClient;
}

export interface N8nServerOptions {
	/** Database, keys, and installed packages are kept in its `.n8n`; created if missing. */
	userFolder: string;
	/** Tarballs of community packages to install the way users do. */
	packages?: string[];
	/** Default: any free port. */
	port?: number;
	/** Additional settings, such as EXECUTIONS_MODE. */
	env?: NodeJS.ProcessEnv;
}

export interface N8nProcessOptions {
	/** The user folder; in queue mode, all processes share it. */
	folder: string;
	/** Of n8n's CLI, for example `['worker', '--concurrency=5']`. */
	command: string[];
	/** Of its log file in the folder. */
	name?: string;
	/** Default: any free port. */
	port?: number;
	/** Additional settings. */
	env?: NodeJS.ProcessEnv;
}

/**
 * Starts n8n: one process, SQLite, quiet, no external connections, listening on 127.0.0.1 only. Workflows may read and
 * write the files in `<userFolder>/.n8n-files`. That folder's parent is the working directory, as in n8n's Docker image,
 * so workflows can use `.n8n-files/name.csv`.
 *
 * @returns once it serves requests
 * @throws {Error} with the end of n8n's log if it doesn't start
 */
export async function startN8n(
	installation: N8nInstallation,
	{ userFolder, packages = [], port, env = {} }: N8nServerOptions,
): Promise<N8nServer> {
	const folder = prepareUserFolder(userFolder);
	if (packages.length > 0) await installPackages(installation, folder, packages);

	const serverPort = port ?? (await freePort());
	const started = await startN8nProcess(installation, {
		folder,
		port: serverPort,
		command: ['start'],
		env: { N8N_WEBHOOK_URL: `http://127.0.0.1:${serverPort}/`, ...env },
	});
	return { ...started, client: createClient(started.url, installation) };
}

/**
 * Starts one n8n process: the main process, a worker, or a webhook process.
 *
 * @returns once it serves requests
 * @throws {Error} with the end of its log if it doesn't start
 */
export async function startN8nProcess(
	installation: N8nInstallation,
	{ folder, command, name = 'n8n', port, env = {} }: N8nProcessOptions,
): Promise<N8nProcess> {
	const serverPort = String(port ?? (await freePort()));
	const url = `http://127.0.0.1:${serverPort}`;
	const logFile = join(folder, `${name}.log`);
	const log = openSync(logFile, 'a');
	const child = spawn(installation.node, [installation.cli, ...command], {
		cwd: folder,
		env: {
			...(await n8nEnvironment(installation, folder)),
			N8N_PORT: serverPort,
			// A worker serves only this readiness endpoint.
			QUEUE_HEALTH_CHECK_PORT: serverPort,
			...env,
		},
		stdio: ['ignore', log, log],
		// A separate process group, because Ctrl+C in the terminal must not stop it before the caller is done with it.
		detached: process.platform !== 'win32',
	});
	closeSync(log);
	const stop = stopper(child);

	try {
		await waitUntilReady(url, child);
	} catch (error) {
		await stop();
		throw new Error(`${(error as Error).message} The end of its log:\n${tail(logFile)}`);
	}
	const kill = () => signalTree(child, 'SIGKILL');
	return { url, pid: child.pid!, logFile, stop, kill };
}

/**
 * Runs a command of n8n's command line to its end, such as `['export:workflow', '--all']`. n8n may be running at the same
 * time.
 *
 * @throws {ExecaError} with its output if it fails
 */
export async function runN8nCommand(
	installation: N8nInstallation,
	userFolder: string,
	command: string[],
): Promise<void> {
	const folder = prepareUserFolder(userFolder);
	await runCommand(installation.node, [installation.cli, ...command], {
		cwd: folder,
		env: await n8nEnvironment(installation, folder),
	});
}

/** n8n compares real paths when it decides which files a workflow may read. */
function prepareUserFolder(userFolder: string): string {
	mkdirSync(join(userFolder, '.n8n-files'), { recursive: true });
	return realpathSync(userFolder);
}

async function installPackages(
	installation: N8nInstallation,
	folder: string,
	packages: string[],
): Promise<void> {
	const nodes = join(folder, '.n8n', 'nodes');
	mkdirSync(nodes, { recursive: true });
	writeFileSync(join(nodes, 'package.json'), JSON.stringify({ name: 'installed-nodes', private: true }));
	const flags = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--no-progress'];
	await runCommand('npm', ['install', ...flags, ...packages], { cwd: nodes, env: installation.env });
}

/** Keeps out the user's own n8n settings, a test runner's NODE_ENV, and proxies between n8n and this machine. */
async function n8nEnvironment(installation: N8nInstallation, folder: string): Promise<NodeJS.ProcessEnv> {
	const foreign = /^((N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|NODES|CREDENTIALS|GENERIC)_.*|NODE_ENV|NODE_OPTIONS)$/;
	const inherited = Object.entries(installation.env).filter(([name]) => !foreign.test(name));
	const { NO_PROXY, no_proxy = NO_PROXY } = process.env;
	const unproxied = [no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
	return {
		...Object.fromEntries(inherited),
		NO_PROXY: unproxied,
		no_proxy: unproxied,
		N8N_USER_FOLDER: folder,
		N8N_RESTRICT_FILE_ACCESS_TO: join(folder, '.n8n-files'),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PROTOCOL: 'http',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		// The example broadcast has quiet hours, but runs at any hour here.
		GENERIC_TIMEZONE: zoneAtNoon(),
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DISABLED_MODULES: DISABLED_MODULES,
		// Each n8n process on the machine needs its own.
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		// The defaults, set explicitly because n8n otherwise warns that they will change.
		N8N_RUNNERS_TASK_TIMEOUT: '60',
		N8N_COMPRESSION_NODE_MAX_DECOMPRESSED_SIZE_BYTES: '268435456',
		N8N_COMPRESSION_NODE_MAX_ZIP_ENTRIES: '1000',
	};
}

/** /healthz responds before the database and the nodes are loaded, /healthz/readiness only afterwards. */
async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
	const look = async () => {
		if (child.exitCode !== null || child.signalCode !== null) {
			throw new Error(`n8n stopped while it started (${child.signalCode ?? `exit code ${child.exitCode}`}).`);
		}
		return (await fetch(`${url}/healthz/readiness`).catch(() => undefined))?.ok;
	};
	await poll('n8n did not get ready', READY_TIMEOUT, look, READY_INTERVAL);
}

function tail(file: string): string {
	return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-30).join('\n');
}
