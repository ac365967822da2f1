// PostgreSQL and Redis for n8n's queue mode: on 127.0.0.1, in their own folder, which is deleted when they stop.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pRetry from 'p-retry';
import { runCommand } from '../../lib/command';
import { freePort, stopper } from '../../lib/process';

const READY_TIMEOUT = 30_000;
/** Debian keeps the programs of PostgreSQL outside of PATH. */
const DEBIAN = '/usr/lib/postgresql';
const USER = 'n8n';

/** A running database. */
export interface Database {
	/** n8n's settings for it. */
	env: NodeJS.ProcessEnv;
	stop(): Promise<void>;
}

/** The user that a program runs as; empty for the user of this process. */
interface User {
	uid?: number;
	gid?: number;
}

/** @returns the programs of both that aren't installed */
export function missingPrograms(): string[] {
	return ['initdb', 'postgres', 'redis-server'].filter((name) => find(name) === undefined);
}

/** @returns the path of a program, or undefined if it isn't installed */
function find(name: string): string | undefined {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
	const folders = [
		...(process.env.PATH ?? '').split(delimiter),
		...versions.map((version) => join(DEBIAN, version, 'bin')),
	];
	return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** @throws {Error} if the program isn't installed */
function pathOf(name: string): string {
	const path = find(name);
	if (!path) throw new Error(`There is no ${name} on this machine.`);
	return path;
}

/** PostgreSQL refuses to run as root; if this script runs as root, PostgreSQL runs as its own user. */
function unprivileged(): User {
	if (process.getuid?.() !== 0) return {};
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

export async function startPostgres(): Promise<Database> {
	const port = String(await freePort());
	const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
	const user = unprivileged();
	if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
	const options = { cwd: folder, ...user };
	const data = join(folder, 'data');
	const initialize = ['-D', data, '-A', 'trust', '-U', USER, '--no-sync', '-E', 'UTF8'];
	await runCommand(pathOf('initdb'), initialize, options);
	const settings = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: folder,
		fsync: 'off',
		max_connections: '200',
	};
	const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const stop = startServer(pathOf('postgres'), ['-D', data, '-p', port, ...flags], options, folder);
	const connection = ['-h', '127.0.0.1', '-p', port, '-U', USER];
	const create = [...connection, '-c', `CREATE DATABASE ${USER}`, 'postgres'];
	await whenReady('PostgreSQL', () => runCommand(pathOf('psql'), create));
	const env = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: port,
		DB_POSTGRESDB_DATABASE: USER,
		DB_POSTGRESDB_USER: USER,
	};
	return { env, stop };
}

export async function startRedis(): Promise<Database> {
	const port = String(await freePort());
	const folder = mkdtempSync(join(tmpdir(), 'redis-'));
	const flags = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
	const stop = startServer(pathOf('redis-server'), flags, { cwd: folder }, folder);
	await whenReady('Redis', () => runCommand(pathOf('redis-cli'), ['-p', port, 'ping']));
	return { env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: port }, stop };
}

function startServer(
	program: string,
	args: string[],
	options: User & { cwd: string },
	folder: string,
): Database['stop'] {
	const child = spawn(program, args, { ...options, stdio: 'ignore', detached: true });
	const stop = stopper(child);
	return async () => {
		await stop();
		rmSync(folder, { recursive: true, force: true });
	};
}

/** Retries until the server accepts it. */
async function whenReady(name: string, attempt: () => Promise<unknown>): Promise<void> {
	const often = { retries: Infinity, factor: 1, minTimeout: 100, maxRetryTime: READY_TIMEOUT };
	await pRetry(attempt, often).catch((error: Error) => {
		throw new Error(`${name} did not start: ${error.message}`);
	});
}
