// `npm run lint`: checks imports between layers, n8n's strict lint, the latest n8n-nodes-base rules on the sources and on
// the built form, and the vocabulary of all texts (.textlintrc.json).
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_DESCRIPTIONS, writeBuiltDescriptions } from './lib/built-description';
import { runCommand } from './lib/command';
import { ROOT } from './lib/root';
import { buildPackage } from './lib/pack';
import { writeReadableTexts } from './lib/readable-texts';
import { runSteps } from './lib/steps';

/** Prose for people, in addition to the texts in the code. */
const PROSE = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'docs'];
const LAYERED = ['nodes', 'credentials', 'sandbox', 'scripts'];

const bin = (name: string, args: string[], env?: NodeJS.ProcessEnv) =>
	runCommand('npx', ['--no-install', name, ...args], { cwd: ROOT, env });
const nodesBase = (...files: string[]) =>
	bin('eslint', [
		'--no-config-lookup',
		'-c',
		'scripts/eslint/nodes-base.config.mjs',
		'--max-warnings',
		'0',
		...files,
	]);

// Leftovers of an aborted run would be linted as sources.
rmSync(join(ROOT, BUILT_DESCRIPTIONS), { recursive: true, force: true });

await runSteps([
	['layers', () => bin('depcruise', ['--config', 'scripts/layers.cjs', ...LAYERED])],
	// The flag gives tests, sandbox, and scripts their own configuration; ESLint 10 does so by default.
	[
		'n8n-node lint (strict)',
		() => bin('n8n-node', ['lint'], { ESLINT_FLAGS: 'unstable_config_lookup_from_file' }),
	],
	['eslint-plugin-n8n-nodes-base', () => nodesBase('nodes', 'credentials', 'package.json')],
	[
		'built description',
		async () => {
			await buildPackage();
			await nodesBase('--no-ignore', await writeBuiltDescriptions());
		},
	],
	// After the build, because the form texts are read from it.
	['vocabulary', () => bin('textlint', [...PROSE, writeReadableTexts()])],
]);
