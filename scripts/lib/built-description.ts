import { createRequire } from 'node:module';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatted } from './formatted';
import { ROOT } from './root';

/** A folder, relative to the package's root. */
export const BUILT_DESCRIPTIONS = join('.cache', 'built-description');

/**
 * Writes what each built node shows in the editor as one literal source file. Linters read source text only, so they
 * are blind to everything that is shared, spread or derived; in this file they see the form as the user gets it.
 *
 * @returns {Promise<string>} the folder
 */
export async function writeBuiltDescriptions() {
	const require = createRequire(join(ROOT, 'package.json'));
	for (const file of require('./package.json').n8n.nodes) {
		const [, path, name] = /^dist\/(nodes\/.*?)([^/]+)\.node\.js$/.exec(file);
		const { description } = new (require(join(ROOT, file))[name])();
		const source = `export class ${name} implements INodeType {
			description: INodeTypeDescription = ${JSON.stringify(description)};
		}`;
		const target = join(ROOT, BUILT_DESCRIPTIONS, path);
		mkdirSync(target, { recursive: true });
		const written = join(target, `${name}.node.ts`);
		writeFileSync(written, await formatted(written, source));
	}
	return BUILT_DESCRIPTIONS;
}
