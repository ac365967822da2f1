import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../lib/command';
import { ROOT } from '../lib/root';
import { cacheFolder } from '../n8n/install';

const FOLDER = join(ROOT, 'test', 'bench', 'n8n-nodes-plain');

/** Packs the nodes that the benchmark compares with. @returns the tarball's path */
export async function packPlainNodes(): Promise<string> {
	const target = join(cacheFolder(), 'bench-packages');
	mkdirSync(target, { recursive: true });
	const report = await runCommand('npm', ['pack', '--json', '--pack-destination', target], { cwd: FOLDER });
	const [{ filename }] = JSON.parse(report) as [{ filename: string }];
	return join(target, filename);
}
