// PostgreSQL and Redis as n8n's queue mode needs them: on 127.0.0.1, in a folder of their own, gone when they are stopped.
import { spawn, execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from '../../lib/command';
import { freePort, stopper } from '../../lib/process';

const READY_TIMEOUT = 30_000;
/** Debian keeps the programs of its PostgreSQL versions out of the PATH. */
const DEBIAN = '/usr/lib/postgresql';
const USER = 'n8n';

/** @returns {string[]} the programs of both that are not on this machine */
export function missingPrograms() {
	return ['initdb', 'postgres', 'redis-server'].filter((name) => find(name) === undefined);
}

/** @returns {string | undefined} the path of a program */
function find(name) {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
	const folders = [
		...process.env.PATH.split(delimiter),
		...versions.map((version) => join(DEBIAN, version, 'bin')),
	];
	return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** PostgreSQL refuses to run as root; where this script does, it runs as the user that came with it. */
function unprivileged() {
	if (process.getuid() !== 0) return {};
	const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

/**
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => Promise<void> }>} with n8n's settings for it
 */
export async function startPostgres() {
	const port = String(await freePort());
	const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
	const user = unprivileged();
	if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
	const options = { cwd: folder, ...user };
	const data = join(folder, 'data');
	await runCommand(
		find('initdb'),
		['-D', data, '-A', 'trust', '-U', USER, '--no-sync', '-E', 'UTF8'],
		options,
	);
	const settings = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: folder,
		fsync: 'off',
		max_connections: '200',
	};
	const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const stop = startServer(find('postgres'), ['-D', data, '-p', port, ...flags], options, folder);
	await until('PostgreSQL', () =>
		runCommand(find('psql'), [
			'-h',
			'127.0.0.1',
			'-p',
			port,
			'-U',
			USER,
			'-c',
			`CREATE DATABASE ${USER}`,
			'postgres',
		]),
	);
	const env = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: port,
		DB_POSTGRESDB_DATABASE: USER,
		DB_POSTGRESDB_USER: USER,
	};
	return { env, stop };
}

/**
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => Promise<void> }>} with n8n's settings for it
 */
export async function startRedis() {
	const port = String(await freePort());
	const folder = mkdtempSync(join(tmpdir(), 'redis-'));
	const flags = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
	const stop = startServer(find('redis-server'), flags, { cwd: folder }, folder);
	await until('Redis', () => runCommand(find('redis-cli'), ['-p', port, 'ping']));
	return { env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: port }, stop };
}

function startServer(program, args, options, folder) {
	const child = spawn(program, args, { ...options, stdio: 'ignore', detached: true });
	const stop = stopper(child);
	return async () => {
		await stop();
		rmSync(folder, { recursive: true, force: true });
	};
}

/** Tries until the server takes it. */
async function until(name, attempt) {
	const deadline = Date.now() + READY_TIMEOUT;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (Date.now() > deadline) throw new Error(`${name} did not start: ${error.message}`);
		}
		await sleep(100);
	}
}
