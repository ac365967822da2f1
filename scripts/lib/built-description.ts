import { createRequire } from 'node:module';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { formatted } from './formatted';
import { ROOT } from './root';

/** A folder, relative to the package's root. */
export const BUILT_DESCRIPTIONS = join('.cache', 'built-description');

/**
 * Writes what each built node shows in the editor as one literal source file. Linters read source text only, so they
 * don't see anything that is shared, spread, or derived. In this file, they see the form as users get it.
 *
 * @returns the folder
 */
export async function writeBuiltDescriptions(): Promise<string> {
	const require = createRequire(join(ROOT, 'package.json'));
	const { n8n } = require('./package.json') as { n8n: { nodes: string[] } };
	for (const file of n8n.nodes) {
		const name = basename(file, '.node.js');
		const exported = require(join(ROOT, file)) as Record<string, new () => INodeType>;
		const { description } = new exported[name]();
		const source = `export class ${name} implements INodeType {
			description: INodeTypeDescription = ${JSON.stringify(description)};
		}`;
		const written = join(ROOT, BUILT_DESCRIPTIONS, dirname(file).replace(/^dist./, ''), `${name}.node.ts`);
		mkdirSync(dirname(written), { recursive: true });
		writeFileSync(written, await formatted(written, source));
	}
	return BUILT_DESCRIPTIONS;
}
