import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './command';
import { withPinnedLinks } from './markdown/links';
import { repositoryOf, type Published } from './release';
import { ROOT } from './root';

/** The environment variable with the tarball to install, so that several scripts don't each pack their own. */
export const TARBALL = 'NATIVEMSG_TARBALL';

/** The output of `npm pack --json` for one package. */
interface PackReport {
	filename: string;
	files: Array<{ path: string }>;
}

/**
 * Builds dist, unless it is up to date.
 *
 * @throws {ExecaError} the compiler's own message
 */
export const buildPackage = (root = ROOT) =>
	runCommand(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts/lib/build.ts')], { cwd: root });

/**
 * Builds the package and packs it as npm publishes it. The same sources result in the same bytes on any machine: npm
 * keeps file permissions, so copies with fixed permissions are packed. The README's links lead to this version's files on
 * GitHub, because npm's page has no other files.
 *
 * @param folder where the tarball goes; created if missing
 * @param root the sources, with their development dependencies installed
 * @returns the tarball's path
 * @throws {ExecaError} the compiler's or npm's own message
 */
export async function packPackage(folder: string, root = ROOT): Promise<string> {
	mkdirSync(folder, { recursive: true });
	await buildPackage(root);
	const { files } = await pack(['--dry-run'], root);
	const copies = mkdtempSync(join(tmpdir(), 'nativemsg-pack-'));
	try {
		for (const { path } of files) {
			cpSync(join(root, path), join(copies, path));
			chmodSync(join(copies, path), 0o644);
		}
		pinReadme(copies);
		const { filename } = await pack(['--pack-destination', folder], copies);
		return join(folder, filename);
	} finally {
		rmSync(copies, { recursive: true, force: true });
	}
}

function pinReadme(folder: string): void {
	const read = (file: string) => readFileSync(join(folder, file), 'utf8');
	const manifest = JSON.parse(read('package.json')) as Published;
	writeFileSync(
		join(folder, 'README.md'),
		withPinnedLinks(read('README.md'), repositoryOf(manifest)!, `v${manifest.version}`),
	);
}

async function pack(args: string[], cwd: string): Promise<PackReport> {
	const [report] = JSON.parse(await runCommand('npm', ['pack', '--json', ...args], { cwd })) as PackReport[];
	return report;
}
