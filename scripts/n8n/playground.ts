import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from '../lib/lock';
import { packPackage, TARBALL } from '../lib/pack';
import { withProgress } from '../lib/progress';
import { ROOT } from '../lib/root';
import type { Credential, N8nClient, Owner, SavedWorkflow, Workflow } from './client';
import { cacheFolder, ensureN8n, N8N_VERSION } from './install';
import { startModelServer, type ModelServer } from './model-server';
import { startSandboxProcess, type SandboxProcess } from './sandbox';
import { runN8nCommand, startN8n, type N8nServer } from './server';

const EXAMPLES = join(ROOT, 'examples');

export interface Playground {
	/** Its client is signed in. */
	n8n: N8nServer;
	sandbox: SandboxProcess;
	/** The language model for the examples' AI agents. */
	model: ModelServer;
	/** The login of n8n; generated at each start. */
	owner: Owner;
	/** The saved examples. */
	workflows: SavedWorkflow[];
	/** The saved credentials, for importing more workflows. */
	credentials: Credential[];
	/** Runs a command of n8n's command line on the same data. */
	runCommand(command: string[]): Promise<void>;
	/** Restarts n8n in the same folder and on the same port; `n8n` is then the new process. */
	restartN8n(): Promise<void>;
	/** Stops n8n and its servers. */
	stop(): Promise<void>;
}

export interface PlaygroundOptions {
	/** Tarballs of additional packages. */
	packages?: string[];
	/** Additional settings for n8n. */
	env?: NodeJS.ProcessEnv;
	/** Puts this package into a folder among n8n's packages. Default: it is packed and installed as users do. */
	build?: (folder: string) => Promise<void>;
}

/**
 * What a user has after installing this package: n8n with this package, a credential for each service (here, for the
 * sandbox) and for a language model, the example workflows, and their data. Installs n8n first if necessary.
 *
 * @param name of a folder in n8n's cache folder, which is emptied first; only one playground at a time may use it
 */
export async function startPlayground(
	name: string,
	{ packages = [], env, build }: PlaygroundOptions = {},
): Promise<Playground> {
	const installation = await ensureN8n();
	const folder = join(cacheFolder(), name);
	const unlock = await tryLock(`${folder}.running`);
	if (!unlock) throw new Error(`"${name}" is already running on this machine. Stop it first.`);

	const started: Array<{ stop(): Promise<void> }> = [{ stop: unlock }];
	const stop = async () => {
		for (const part of started.splice(0).reverse()) await part.stop();
	};
	try {
		rmSync(folder, { recursive: true, force: true });
		const userFolder = join(folder, 'user');
		const building = <T>(work: () => Promise<T>) => withProgress('Building the package', work);
		const ownPackage: string[] = [];
		if (build) {
			await building(() => build(join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-nativemsg')));
		} else {
			const pack = () => building(() => packPackage(join(folder, 'package')));
			ownPackage.push(process.env[TARBALL] ?? (await pack()));
		}
		copyData(join(userFolder, '.n8n-files'));

		const start = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
			const part = await starting;
			started.push(part);
			return part;
		};
		const model = await start(startModelServer());
		const [sandbox, n8n] = await withProgress(`Starting n8n ${N8N_VERSION} and the sandbox`, () =>
			all([
				start(startSandboxProcess()),
				start(startN8n(installation, { userFolder, packages: [...ownPackage, ...packages], env })),
			]),
		);
		const owner = makeOwner();
		await n8n.client.signIn(owner);
		const credentials = await createCredentials(n8n.client, sandbox, model);
		const workflows = await importExamples(n8n.client, credentials);
		const playground: Playground = {
			n8n,
			sandbox,
			model,
			owner,
			credentials,
			workflows,
			stop,
			runCommand: (command) => runN8nCommand(installation, userFolder, command),
			async restartN8n() {
				await playground.n8n.stop();
				const port = Number(new URL(playground.n8n.url).port);
				playground.n8n = await start(startN8n(installation, { userFolder, port, env }));
				await playground.n8n.client.signIn(owner);
			},
		};
		return playground;
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Where the editor is and how to sign in. */
export function signInHint({ n8n, owner }: Playground): string {
	return `
The editor is open:   ${n8n.url}
Sign in with          ${owner.email}
Password              ${owner.password}
`;
}

/** Like Promise.all, but waits for all of them before it throws, so nothing starts after the failure was handled. */
async function all<T extends readonly unknown[]>(
	starting: readonly [...{ [Part in keyof T]: Promise<T[Part]> }],
): Promise<T> {
	await Promise.allSettled(starting);
	return (await Promise.all(starting)) as unknown as T;
}

function copyData(target: string): void {
	mkdirSync(target, { recursive: true });
	cpSync(join(EXAMPLES, 'data'), target, { recursive: true });
}

/** n8n requires a digit and a capital letter in a password. */
function makeOwner(): Owner {
	const password = `Demo1-${randomBytes(6).toString('hex')}`;
	return { email: 'demo@example.com', password, firstName: 'Demo', lastName: 'User' };
}

/** With the names that the examples use. */
async function createCredentials(
	client: N8nClient,
	{ baseUrl, ottBaseUrl, token, apiKey, webhookSecret }: SandboxProcess,
	model: ModelServer,
): Promise<Credential[]> {
	const type = 'nativeMsgApi';
	const nativeMessage = { service: 'nativeMessage', authentication: 'apiKey', nativeMessageUrl: ottBaseUrl };
	const accounts: Array<Parameters<N8nClient['createCredential']>[0]> = [
		{
			name: 'NativeMsg account',
			type,
			data: { service: 'nativeMsg', accessToken: token, webhookSecret, baseUrl },
		},
		{ name: 'NativeMessage account', type, data: { ...nativeMessage, apiKey } },
		{ name: 'OpenAI account', type: 'openAiApi', data: { apiKey: model.apiKey, url: model.url } },
	];
	return await Promise.all(accounts.map((account) => client.createCredential(account)));
}

async function importExamples(client: N8nClient, credentials: Credential[]): Promise<SavedWorkflow[]> {
	const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));
	const examples = files.map((file) => JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as Workflow);
	return await Promise.all(examples.map((example) => client.importWorkflow(example, credentials)));
}
