import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/root';
import { cacheFolder, ensureN8n, N8N_VERSION } from './install';
import { startN8n } from './server';
import { tryLock } from '../lib/lock';
import { packPackage } from '../lib/pack';
import { withProgress } from '../lib/progress';
import { startSandboxProcess } from './sandbox';

const EXAMPLES = join(ROOT, 'examples');

/**
 * @typedef {object} Playground
 * @property {import('./server').N8nServer} n8n its client is signed in
 * @property {import('./sandbox').SandboxProcess} sandbox
 * @property {import('./client').Owner} owner the log-in of n8n; made up at each start
 * @property {any[]} workflows the saved examples
 * @property {{ id: string, name: string, type: string }[]} credentials the saved ones, to import further workflows with
 * @property {() => Promise<void>} restartN8n stops n8n and starts it anew on the same folder and port; `n8n` is then the new
 *   one
 * @property {() => Promise<void>} stop ends both processes
 */

/**
 * What a user has after installing this package: n8n with the packed package, a credential for each service
 * (here of the sandbox), the example workflows and their data. Installs n8n first, if need be.
 *
 * @param {string} name folder in n8n's cache folder, emptied first; one playground at a time may use it
 * @param {{ packages?: string[], env?: NodeJS.ProcessEnv }} [more] further packages and settings for n8n
 * @returns {Promise<Playground>}
 */
export async function startPlayground(name, { packages = [], env } = {}) {
	const installation = await ensureN8n();
	const folder = join(cacheFolder(), name);
	const unlock = tryLock(`${folder}.lock`);
	if (!unlock) throw new Error(`Another "${name}" is running on this machine. Stop it first.`);

	const started = [];
	const stop = async () => {
		for (const part of started.splice(0).reverse()) await part.stop();
		unlock();
	};
	try {
		rmSync(folder, { recursive: true, force: true });
		const tarball = await withProgress('Building and packing the package', () =>
			packPackage(join(folder, 'package')),
		);
		const userFolder = join(folder, 'user');
		copyData(join(userFolder, '.n8n-files'));

		await withProgress(`Starting n8n ${N8N_VERSION} and the sandbox`, () =>
			startAll(started, [
				startSandboxProcess(),
				startN8n(installation, { userFolder, packages: [tarball, ...packages], env }),
			]),
		);
		const [sandbox, n8n] = started;
		const owner = makeOwner();
		await n8n.client.signIn(owner);
		const credentials = await createCredentials(n8n.client, sandbox);
		const workflows = await importExamples(n8n.client, credentials);
		return {
			n8n,
			sandbox,
			owner,
			credentials,
			workflows,
			stop,
			async restartN8n() {
				await this.n8n.stop();
				const port = Number(new URL(this.n8n.url).port);
				this.n8n = await withProgress('Restarting n8n', () =>
					startN8n(installation, { userFolder, port, env }),
				);
				started.splice(1, 1, this.n8n);
				await this.n8n.client.signIn(owner);
			},
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/**
 * Waits for processes that start side by side, and notes the running ones in the same order, so that they can be stopped
 * even when another one failed.
 */
async function startAll(started, starting) {
	const outcomes = await Promise.allSettled(starting);
	for (const { value } of outcomes) if (value) started.push(value);
	const failure = outcomes.find(({ status }) => status === 'rejected');
	if (failure) throw failure.reason;
}

function copyData(target) {
	mkdirSync(target, { recursive: true });
	cpSync(join(EXAMPLES, 'data'), target, { recursive: true });
}

/** n8n wants a digit and a capital letter in a password. */
function makeOwner() {
	const password = `Demo1-${randomBytes(6).toString('hex')}`;
	return { email: 'demo@example.com', password, firstName: 'Demo', lastName: 'User' };
}

/** Under the names that the examples give them. */
async function createCredentials(client, { baseUrl, ottBaseUrl, token, apiKey, webhookSecret }) {
	const accounts = {
		'NativeMsg account': { service: 'nativeMsg', accessToken: token, webhookSecret, baseUrl },
		'NativeMessage account': {
			service: 'nativeMessage',
			authentication: 'apiKey',
			apiKey,
			nativeMessageUrl: ottBaseUrl,
		},
	};
	return await Promise.all(
		Object.entries(accounts).map(([name, data]) =>
			client.createCredential({ name, type: 'nativeMsgApi', data }),
		),
	);
}

async function importExamples(client, credentials) {
	const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));
	const examples = files.map((file) => JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')));
	return await Promise.all(examples.map((example) => client.importWorkflow(example, credentials)));
}
