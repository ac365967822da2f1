/**
 * Part of `npm run test:e2e`: the engine tests on the oldest n8n that the README names and on the one that all other
 * tests use, each with the Node.js versions it runs on.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from '../lib/command';
import { withProgress } from '../lib/progress';
import { ROOT } from '../lib/root';
import { cacheFolder, nodePackage } from '../n8n/install';

/** The README names it. */
const OLDEST = '2.11.1';
const CURRENT = 'installed';
const CACHE = join(dirname(cacheFolder()), 'engines');
const RESULTS = join(ROOT, '.cache', 'jest-results.json');
const TESTS = {
	all: [
		'test/node/operations',
		'test/node/transport',
		'test/node/badInput',
		'test/node/ott/operations',
		'test/node/ott/authentication',
		'test/node/ott/login',
		'test/node/wait/reply',
		'test/node/wait/textReply',
		'test/node/inputFiles',
		'test/node/draggedFields',
		'test/node/broadcast/combine',
		'test/node/sendOnce/sendOnce',
		'test/trigger/signature',
		'test/trigger/lifecycle',
		'test/trigger/receive',
		'test/upgrades',
	],
	core: ['test/node/operations', 'test/node/ott/operations', 'test/node/transport', 'test/trigger/signature'],
};
const RUNS = [
	{ core: OLDEST, node: 20, tests: TESTS.all },
	{ core: OLDEST, node: 22, tests: TESTS.core },
	{ core: OLDEST, node: 24, tests: TESTS.core },
	{ core: CURRENT, node: 22, tests: TESTS.core },
	{ core: CURRENT, node: 24, tests: TESTS.core },
];

for (const { core, node, tests } of RUNS) {
	const name = core === CURRENT ? 'the pinned n8n-core' : `n8n-core ${core}`;
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const flags = ['--config', await configFor(core), '--forceExit', '--json', `--outputFile=${RESULTS}`];
	try {
		await withProgress(`Engine tests with ${name} on Node ${node}`, async (progress) => {
			await runCommand(await nodeOf(node), [jest, ...flags, ...tests], { cwd: ROOT });
			progress.summarize(`${JSON.parse(readFileSync(RESULTS, 'utf8')).numPassedTests} passed`);
		});
	} catch (error) {
		console.error((error as Error).message);
		process.exit(1);
	}
}

/** The executable of a Node.js version: this one, or from npm. */
async function nodeOf(major: number): Promise<string> {
	if (Number(process.versions.node.split('.')[0]) === major) return process.execPath;
	const folder = join(CACHE, `node-${major}`);
	const executable = join(folder, 'node_modules', nodePackage(), 'bin', 'node');
	if (!existsSync(executable)) await install(folder, [`${nodePackage()}@${major}`]);
	return executable;
}

/** @returns the path of Jest's configuration for tests on that n8n-core */
async function configFor(core: string): Promise<string> {
	if (core === CURRENT) return join(ROOT, 'jest.config.js');
	const folder = join(CACHE, `n8n-core-${core}`);
	const modules = join(folder, 'node_modules');
	if (!existsSync(join(modules, 'n8n-core')))
		await install(folder, [`n8n-core@${core}`, 'reflect-metadata@0.2.2']);
	const { default: base } = (await import(join(ROOT, 'jest.config.js'))) as { default: object };
	const moduleNameMapper = {
		'^(n8n-core|n8n-workflow|reflect-metadata)$': join(modules, '$1'),
		'^n8n-core/(.*)$': join(modules, 'n8n-core', '$1'),
		'^@n8n/backend-network$': join(ROOT, 'test/support/noBackendNetwork.js'),
		'^@n8n/(.*)$': join(modules, '@n8n', '$1'),
	};
	// Mapped modules can't be shared.
	const own = { testEnvironmentOptions: { ownLibraries: true } };
	const file = join(ROOT, '.cache', `jest-n8n-core-${core}.json`);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, JSON.stringify({ ...base, ...own, rootDir: ROOT, moduleNameMapper }));
	return file;
}

async function install(folder: string, packages: string[]): Promise<void> {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
	const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress'];
	await runCommand('npm', ['install', ...flags, ...packages], { cwd: folder });
}
