// `npm run scan`: n8n's official scan for community packages, without the registry: scans the sources as a reviewer gets
// them from GitHub, and the packed tarball as npm would publish it. The scanner itself accepts published packages only.
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildScanConfig, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { runCommand } from './lib/command';
import { packPackage } from './lib/pack';
import { ROOT } from './lib/root';

// The scanner's rules need the ESLint version that it comes with.
const scanner = createRequire(import.meta.resolve('@n8n/scan-community-package/scanner/scanner.mjs'));
const { ESLint } = scanner('eslint') as typeof import('eslint');

interface Findings {
	files: number;
	errors: number;
	warnings: number;
	/** For people; empty if there are none. */
	details: string;
}

/**
 * The scanner's own analysis, which ignores inline configuration. Unlike the scanner's verdict, this one includes
 * warnings.
 */
async function findings(folder: string, patterns: string[]): Promise<Findings> {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
		errorOnUnmatchedPattern: false,
	});
	const results = await eslint.lintFiles(patterns);
	const sum = (key: 'errorCount' | 'warningCount') =>
		results.reduce((total, result) => total + result[key], 0);
	const formatter = await eslint.loadFormatter('stylish');
	return {
		files: results.length,
		errors: sum('errorCount'),
		warnings: sum('warningCount'),
		details: await formatter.format(results),
	};
}

async function unpackedTarball(): Promise<string> {
	const folder = join(ROOT, '.cache', 'scan');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const tarball = await packPackage(folder);
	await runCommand('tar', ['-xzf', tarball, '-C', folder], { cwd: folder });
	return join(folder, 'package');
}

const legs: Array<[name: string, folder: string, patterns: string[]]> = [
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
