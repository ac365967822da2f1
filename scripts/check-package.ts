// `npm run check-package`: the tarball as it would be published. Leaves it in `.cache/package`, which the release publishes.
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, relative, sep } from 'node:path';
import { check } from './lib/check';
import { runCommand } from './lib/command';
import { packPackage } from './lib/pack';
import { ROOT } from './lib/root';

/** Unpacked, in bytes: every n8n server that installs the package keeps it. */
const BUDGET = 540_000;
const SOURCES = [
	'nodes',
	'spec',
	'credentials',
	'icons',
	'package.json',
	'tsconfig.json',
	'gulpfile.js',
	'README.md',
	'LICENSE',
];
/** What the build makes of each source that ends up in the package. */
const BUILT: Record<string, string> = { '.ts': '.js', '.json': '.json', '.svg': '.svg' };
const OUT = join(ROOT, '.cache', 'package');

/**
 * Packs the same sources again as someone else would: in another folder, time zone, and language, and with private file
 * permissions. This process does it last, so that nothing has to be reset.
 */
async function packElsewhere(): Promise<string> {
	const elsewhere = mkdtempSync(join(tmpdir(), 'nativemsg-sources-'));
	process.umask(0o077);
	Object.assign(process.env, { TZ: 'Pacific/Apia', LC_ALL: 'tr_TR.UTF-8' });
	try {
		for (const source of SOURCES) {
			cpSync(join(ROOT, source), join(elsewhere, source), { recursive: true });
		}
		symlinkSync(join(ROOT, 'node_modules'), join(elsewhere, 'node_modules'), 'junction');
		return sha256(await packPackage(join(elsewhere, 'packed'), elsewhere));
	} finally {
		rmSync(elsewhere, { recursive: true, force: true });
	}
}

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** The files below a folder, as paths with slashes. */
const filesIn = (folder: string) =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
		.sort();

async function unpack(tarball: string): Promise<string> {
	await runCommand('tar', ['-xzf', tarball, '-C', OUT]);
	return join(OUT, 'package');
}

/**
 * The files that the sources should result in: each source except the READMEs, compiled or copied once, and nothing else.
 */
function expectedFiles(): string[] {
	const built = ['nodes', 'credentials', 'icons'].flatMap((folder) =>
		filesIn(join(ROOT, folder))
			.filter((file) => !file.endsWith('README.md'))
			.map((file) => {
				const extension = extname(file);
				return `dist/${folder}/${file.slice(0, -extension.length)}${BUILT[extension]}`;
			}),
	);
	return ['LICENSE', 'README.md', 'package.json', ...built].sort();
}

rmSync(OUT, { recursive: true, force: true });
const tarball = await packPackage(OUT);
const folder = await unpack(tarball);
const files = filesIn(folder);
const expected = expectedFiles();
const missing = expected.filter((file) => !files.includes(file));
const foreign = files.filter((file) => !expected.includes(file));
check('contains a file for each source', missing.length === 0, missing.join(', ') || `${files.length} files`);
check(
	'contains nothing but dist, README, LICENSE, and package.json',
	foreign.length === 0,
	foreign.join(', ') || undefined,
);

const size = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
check(`is at most ${BUDGET} bytes unpacked`, size <= BUDGET, `${size} bytes`);

const { n8n, dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[]; credentials: string[] };
	dependencies?: object;
};
const named = [...n8n.nodes, ...n8n.credentials].filter((file) => !files.includes(file));
check(
	'contains every node and credential that its package.json names',
	named.length === 0,
	named.join(', ') || undefined,
);
check('needs no other package at run time', Object.keys(dependencies).length === 0);

const readme = readFileSync(join(folder, 'README.md'), 'utf8');
const relativeLinks = (readme.match(/\]\((?!https:|#)[^)]*\)/g) ?? []).join(', ');
check(
	'its README, which npm shows without the other files, has no relative links',
	relativeLinks === '',
	relativeLinks || undefined,
);

const sum = sha256(tarball);
check(
	'is the same, byte for byte, if someone else packs it elsewhere',
	sum === (await packElsewhere()),
	`sha256 ${sum}`,
);
