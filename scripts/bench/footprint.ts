import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../lib/command';
import { withProgress } from '../lib/progress';
import { spreadOf } from './statistics';

const PACKAGE = 'n8n-nodes-nativemsg';
const LOAD = fileURLToPath(new URL('load.cjs', import.meta.url));
const LOADS = 9;
/** For scale. */
export const KNOWN_NODES = ['n8n-nodes-base.httpRequest', 'n8n-nodes-base.telegram', 'n8n-nodes-base.twilio'];

/**
 * What the package costs an n8n in which it is only installed.
 *
 * @param {import('../n8n/playground').Playground & { installation: object }} playground
 */
export async function measureFootprint({ n8n, installation }) {
	const forms = await withProgress('Form sizes', () => formSizes(n8n.client));
	const loadMs = await withProgress('Package load time', () => loadTimes(n8n, installation));
	return { forms, loadMs: spreadOf(loadMs) };
}

/** @returns {Promise<{ name: string, bytes: number }[]>} the description of each node as the editor gets it, as JSON */
async function formSizes(client) {
	const types = await client.request('GET', '/types/nodes.json');
	const sizes = new Map();
	// Of a node with several versions there are several entries; the editor gets them all.
	for (const type of types) {
		const bytes = Buffer.byteLength(JSON.stringify(type));
		sizes.set(type.name, (sizes.get(type.name) ?? 0) + bytes);
	}
	return [...sizes]
		.filter(([name]) => name.startsWith(`${PACKAGE}.`) || KNOWN_NODES.includes(name))
		.map(([name, bytes]) => ({ name, bytes }));
}

/** In a fresh process each time, as when n8n starts. */
async function loadTimes({ logFile }, { node, cache }) {
	const folder = join(dirname(logFile), '.n8n', 'nodes', 'node_modules', PACKAGE);
	const env = { ...process.env, NODE_PATH: join(cache, 'n8n', 'node_modules') };
	const times = [];
	for (let load = 0; load < LOADS; load++) {
		times.push(Number(await runCommand(node, [LOAD, folder], { env })));
	}
	return times;
}
