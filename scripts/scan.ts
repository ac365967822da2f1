// `npm run scan`: n8n's official community-package scan, without the registry: the sources as a reviewer fetches them
// from GitHub, and the packed tarball as npm would publish it. The scanner itself accepts published packages only.
import { createRequire } from 'node:module';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './lib/command';
import { ROOT } from './lib/root';
import { packPackage } from './lib/pack';

const { buildScanConfig, SOURCE_FILE_PATTERNS } = await import(
	'@n8n/scan-community-package/scanner/scanner.mjs'
);
const scanner = createRequire(
	createRequire(import.meta.url).resolve('@n8n/scan-community-package/scanner/scanner.mjs'),
);
const { ESLint } = scanner('eslint');

/** The scanner's own analysis, which ignores inline configuration; its verdict leaves warnings out, this one does not. */
async function findings(folder, patterns) {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
		errorOnUnmatchedPattern: false,
	});
	const results = await eslint.lintFiles(patterns);
	const sum = (key) => results.reduce((total, result) => total + result[key], 0);
	const formatter = await eslint.loadFormatter('stylish');
	return {
		files: results.length,
		errors: sum('errorCount'),
		warnings: sum('warningCount'),
		details: await formatter.format(results),
	};
}

async function unpackedTarball() {
	const folder = join(ROOT, '.cache', 'scan');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const tarball = await packPackage(folder);
	await runCommand('tar', ['-xzf', tarball, '-C', folder], { cwd: folder });
	return join(folder, 'package');
}

const legs = [
	['source', ROOT, SOURCE_FILE_PATTERNS],
	['tarball', await unpackedTarball(), ['**/*.js', 'package.json']],
];
let clean = true;
for (const [name, folder, patterns] of legs) {
	const { files, errors, warnings, details } = await findings(folder, patterns);
	process.stdout.write(
		`${details}scan of the ${name}: ${files} files, ${errors} errors, ${warnings} warnings\n`,
	);
	clean &&= files > 0 && errors === 0 && warnings === 0;
}
process.exit(clean ? 0 : 1);
