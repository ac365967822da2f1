// `npm run lint`: who imports whom, n8n's strict lint, the newest n8n-nodes-base rules on the sources, and the same on the
// built form, and the terms in all texts (.textlintrc.json).
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_DESCRIPTIONS, writeBuiltDescriptions } from './lib/built-description';
import { runCommand } from './lib/command';
import { ROOT } from './lib/root';
import { buildPackage } from './lib/pack';
import { writeReadableTexts } from './lib/readable-texts';
import { runSteps } from './lib/steps';

/** What people write for people, beside the texts in the code. */
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

// What an aborted run left behind would be linted as a source.
rmSync(join(ROOT, BUILT_DESCRIPTIONS), { recursive: true, force: true });

await runSteps([
	['layers', () => bin('depcruise', ['--config', 'scripts/layers.cjs', ...LAYERED])],
	// The flag lets tests, sandbox and scripts have their own configuration; ESLint 10 does so by default.
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
	// After the build, which the texts of the forms are read from.
	['vocabulary', () => bin('textlint', [...PROSE, writeReadableTexts()])],
]);
