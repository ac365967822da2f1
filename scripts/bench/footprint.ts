import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../lib/command';
import { withProgress } from '../lib/progress';
import type { N8nClient } from '../n8n/client';
import type { BenchPlayground } from './bench-playground';
import { spreadOf } from './statistics';

const PACKAGE = 'n8n-nodes-nativemsg';
const LOAD = fileURLToPath(new URL('load.cjs', import.meta.url));
const LOADS = 9;
/** For comparison. */
export const KNOWN_NODES = ['n8n-nodes-base.httpRequest', 'n8n-nodes-base.telegram', 'n8n-nodes-base.twilio'];

/** What the package costs an n8n that doesn't use it. */
export async function measureFootprint(playground: BenchPlayground) {
	const forms = await withProgress('Form sizes', () => formSizes(playground.n8n.client));
	const loads = await withProgress('Package load time', () => loadTimes(playground));
	const spread = (part: 'ms' | 'dataMs' | 'formsMs') => spreadOf(loads.map((load) => load[part]));
	return {
		forms,
		loadMs: spread('ms'),
		loadDataMs: spread('dataMs'),
		loadFormsMs: spread('formsMs'),
		loadedFiles: loads[0].files,
	};
}

/** The description of each node as the editor gets it, as JSON. */
async function formSizes(client: N8nClient): Promise<Array<{ name: string; bytes: number }>> {
	const types = await client.request<Array<{ name: string }>>('GET', '/types/nodes.json');
	const sizes = new Map<string, number>();
	// A node with several versions has several entries; the editor gets them all.
	for (const type of types) {
		const bytes = Buffer.byteLength(JSON.stringify(type));
		sizes.set(type.name, (sizes.get(type.name) ?? 0) + bytes);
	}
	return [...sizes]
		.filter(([name]) => name.startsWith(`${PACKAGE}.`) || KNOWN_NODES.includes(name))
		.map(([name, bytes]) => ({ name, bytes }));
}

/** What load.cjs prints. */
interface Load {
	ms: number;
	dataMs: number;
	formsMs: number;
	files: number;
}

/** In a fresh process each time, as when n8n starts. */
async function loadTimes({
	n8n: { logFile },
	installation: { node, cache },
}: BenchPlayground): Promise<Load[]> {
	const folder = join(dirname(logFile), '.n8n', 'nodes', 'node_modules', PACKAGE);
	const env = { ...process.env, NODE_PATH: join(cache, 'n8n', 'node_modules') };
	const loads: Load[] = [];
	for (let load = 0; load < LOADS; load++) {
		loads.push(JSON.parse(await runCommand(node, [LOAD, folder], { env })) as Load);
	}
	return loads;
}
